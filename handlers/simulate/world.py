"""The made-up network: sets, their people and sessions, on a database that is gone afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import event
from sqlalchemy.orm import Session

import migrations
from bot import habits, members
from bot.habits import Nation
from bot.learning_sets import planning, sets
from bot.learning_sets.planning import MOST_AHEAD
from bot.learning_sets.sessions import Arrangement, SetSession
from bot.learning_sets.sets import SetFacilitator
from bot.members import Role
from bot.messages import Channel
from handlers.simulate.people import Person, Temper
from handlers.simulate.promises import Promises
from handlers.simulate.rest import HOME
from knowledge.database import Database

BEGINS = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
"""A Monday before the clocks go forward: a year from there holds both changes."""
_FRIDAY = 4
_CHANNELS = (Channel.WEB, Channel.WHATSAPP, Channel.SLACK)
_TIMES = tuple(
    time(hour, minute)
    for hour, minute in ((8, 30), (9, 0), (10, 0), (10, 0), (11, 30), (13, 15), (14, 0), (16, 30))
)
_QUIET = ((time(19), time(8)), (time(21), time(7)), (time(17, 30), time(9, 30)), (time(0), time(0)))
USUAL_QUIET, USUAL_LIMIT = (time(19), time(8)), 3


@dataclass(frozen=True)
class Circle:
    """A set: its people, the first of whom facilitates it, and the first and last member's id."""

    set_id: int
    people: Sequence[Person]

    @property
    def first(self) -> int:
        return self.people[0].member_id

    @property
    def last(self) -> int:
        return self.people[-1].member_id


@contextmanager
def database() -> Iterator[Database]:
    """Empty and migrated. Nobody minds what a power cut would do to it."""
    with TemporaryDirectory() as folder:
        made = Database(f"sqlite:///{Path(folder) / 'simulated.db'}")
        event.listen(made.engine, "connect", _in_haste)
        try:
            migrations.upgrade(made)
            yield made
        finally:
            made.close()


def _in_haste(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def people(count: int, tempers: Sequence[Temper], dice: random.Random) -> list[Person]:
    return [_person(number, dice.choice(tempers), dice) for number in range(1, count + 1)]


def _person(number: int, temper: Temper, dice: random.Random) -> Person:
    channel = dice.choice(_CHANNELS)
    return Person(
        f"Member {number}",
        channel,
        f"{channel.value}:{number}",
        dice.choices(tuple(Nation), (6, 2, 2, 2))[0],
        dice.choices(_QUIET, (8, 1, 1, 1))[0],
        dice.choices((USUAL_LIMIT, 0, 1, 2, 5, 10), (16, 0.2, 1, 1, 1, 1))[0],
        temper,
    )


def settle(
    session: Session, everybody: Sequence[Person], count: int, *, now: datetime
) -> list[Circle]:
    """Makes them members in so many sets; whoever is over is in none."""
    for person in everybody:
        _join(session, person, now)
    size = max(1, len(everybody) // count)
    return [
        _circle(session, number, everybody[number * size : (number + 1) * size], now)
        for number in range(count)
    ]


def _join(session: Session, person: Person, now: datetime) -> None:
    member = members.add(session, person.name, Role.OFFICER, now=now)
    member.welcomed_at = now
    members.connect(session, member, person.channel, person.address, now=now)
    person.member_id = member.id
    if person.nation is not Nation.ENGLAND:  # what nobody chose is England's
        habits.choose_nation(session, member.id, person.nation)
    if person.quiet != USUAL_QUIET:
        habits.choose_quiet_hours(session, member.id, person.quiet)
    if person.limit != USUAL_LIMIT:
        habits.choose_nudges_a_week(session, member.id, person.limit)


def _circle(session: Session, number: int, own: Sequence[Person], now: datetime) -> Circle:
    made = sets.create(session, f"Set {number + 1}", now=now)
    for person in own:
        sets.add_member(session, made.id, person.member_id, now=now)
    session.add(SetFacilitator(set_id=made.id, member_id=own[0].member_id))
    session.flush()
    return Circle(made.id, own)


def days(weeks: int, dice: random.Random, *, now: datetime, until: datetime) -> list[date]:
    """Of one set's sessions: always the same weekday, so many weeks apart."""
    first = now.astimezone(HOME).date() + timedelta(days=dice.randrange(1, 7 * weeks))
    first += timedelta(days=7 - first.weekday() if first.weekday() > _FRIDAY else 0)
    last = until.astimezone(HOME).date()
    count = max(1, (last - first).days // (7 * weeks) + 1)
    return [first + number * timedelta(weeks=weeks) for number in range(min(count, MOST_AHEAD))]


def plan_sessions(
    session: Session,
    circle: Circle,
    days: Sequence[date],
    promises: Promises,
    dice: random.Random,
    *,
    now: datetime,
) -> Sequence[SetSession]:
    """A set's series, always at the same hour. Its members are invited."""
    wanted = Arrangement(
        days[0],
        dice.choice(_TIMES),
        dice.choice((90, 120, 180)),
        HOME.key,
        link="https://meet.example/set",
    )
    planned = planning.plan(session, None, circle.set_id, wanted, days=days, now=now)
    for one in planned:
        note(promises, one, now=now)
    return planned


def note(promises: Promises, one: SetSession, *, now: datetime) -> None:
    """From now on the session is promised for that time, or for none."""
    local = f"{one.starts_on}T{one.starts_at:%H:%M}" if one.planned else None
    promises.codes[one.code] = one.id
    promises.promise(one.id, since=now, local=local, starts=one.starts)
