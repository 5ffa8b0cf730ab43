"""A set called North, which Fay facilitates: what its pages have to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from starlette.testclient import TestClient

from bot import members
from bot.app import Network
from bot.challenges.codes import DIGITS, LETTERS
from bot.learning_sets import commitments, reflections, seats, sets
from bot.learning_sets.commitment import Outcome, Readers, Sharing
from bot.learning_sets.reflections import NewReflection
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import Arrangement, SetSession
from bot.learning_sets.write_ups import Said, write
from bot.members import Role
from handlers import clock

NAMES = ("Asha Wren", "Ben Ode", "Cara Finch", "Dev Plum", "Ewan Reed", "Gita Moss", "Hal Birch")


@dataclass
class North:
    """The set, its members by name, and what time it is."""

    network: Network
    set_id: int
    people: dict[str, int]
    fay: int
    now: datetime
    called: str = ""

    @property
    def name(self) -> str:
        return f"North{self.called}"

    @property
    def first(self) -> str:
        return next(iter(self.people))

    def code(self, code: str) -> str:
        """Of this set alone, where several share a database."""
        if not self.called:
            return code
        letter, digit = divmod(self.set_id, len(DIGITS))
        return f"{code}{DIGITS[digit]}{LETTERS[letter]}"

    @property
    def path(self) -> str:
        return f"/console/sets/{self.set_id}"

    def meets(
        self, code: str, in_days: int, *, at: time = time(10), came: int | None = None
    ) -> SetSession:
        """A session in so many days; `came`: attendance was taken, and the first so many came."""
        with self.network.database.writing() as session:
            one = SetSession(
                set_id=self.set_id,
                code=code,
                uid=f"{code}-sample",
                sequence=0,
                edition=1,
                planned_at=self.now,
                changed_at=self.now,
            )
            on = (self.now + timedelta(days=in_days)).date()
            one.arrangement = Arrangement(on, at, 120, "Europe/London", "Town Hall")
            session.add(one)
            session.flush()
            for number, member_id in enumerate(self.people.values()):
                attended = None if came is None else number < came
                rsvp = Rsvp.YES if number < 3 else None
                session.add(
                    Seat(session_id=one.id, member_id=member_id, rsvp=rsvp, attended=attended)
                )
            return one

    def tries(self, name: str, what: str, sharing: Sharing, outcome: Outcome | None = None) -> None:
        set_id = self.set_id if sharing is Sharing.SET else None
        with self.network.database.writing() as session:
            me = self.people[name]
            made = commitments.commit(
                session, me, what, check_back_on=self.now.date(), now=self.now
            )
            readers = Readers(sharing, set_id)
            commitments.let_read(
                session, me, made.id, readers, what=what, learning="", now=self.now
            )
            if outcome is not None:
                commitments.tell(
                    session,
                    me,
                    made.id,
                    outcome,
                    learning="Begin small.",
                    sharing=sharing,
                    set_id=set_id,
                    now=self.now,
                )

    def reflects(self, name: str, words: str, sharing: Sharing) -> None:
        new = NewReflection(words, Readers(sharing, self.set_id))
        with self.network.database.writing() as session:
            reflections.write(session, self.people[name], new, now=self.now)

    def wrote_up(self, code: str, explored: str, ideas: str = "") -> None:
        with self.network.database.writing() as session:
            write(session, self.fay, code, Said(explored, ideas), seen=0, now=self.now)

    def grid(self, session_id: int) -> dict[str, bool | None]:
        with self.network.database.reading() as session:
            return {one.name: one.attended for one in seats.grid(session, session_id)}

    def session(self, session_id: int) -> SetSession:
        with self.network.database.reading() as session:
            return session.get_one(SetSession, session_id)

    def edition(self) -> int:
        with self.network.database.reading() as session:
            view = sets.view(session, self.set_id)
        assert view is not None
        return view.edition


def north(network: Network, fay: int, *, called: str = "") -> North:
    """`called` tells it and its members from others of the same database."""
    now = clock.now()
    long_ago = now - timedelta(days=90)
    with network.database.writing() as session:
        people = {
            name: members.add(session, name, Role.OFFICER, now=long_ago).id
            for name in (f"{one}{called}" for one in NAMES)
        }
        made = sets.create(
            session,
            f"North{called}",
            purpose="To get partners round the table.",
            members=people.values(),
            facilitators=(fay,),
            now=long_ago,
        )
        return North(network, made.id, people, fay, now, called)


def workday(today: date, after: int) -> date:
    """A Tuesday at least so many days on, in no bank holiday of England's: not in these months."""
    day = today + timedelta(days=after)
    while day.weekday() != 1 or day.month in (1, 5, 8, 12) or (day.month in (3, 4)):
        day += timedelta(days=1)
    return day


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def posts(browser: TestClient, path: str, form: dict[str, str | list[str]]) -> tuple[int, str]:
    """The status, and where it leads or what is shown."""
    answer = browser.post(path, data=form)
    return answer.status_code, answer.headers.get("location", answer.text)
