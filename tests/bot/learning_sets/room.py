"""A set that meets: its people, its sessions, and a facilitator who is none of its members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot import members
from bot.learning_sets import commitments, reflections, sets
from bot.learning_sets.commitment import Commitment, Outcome, Readers, Sharing
from bot.learning_sets.reflections import NewReflection
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import SetSession
from bot.members import Role
from knowledge.database import Database

NAMES = ("Asha", "Ben Ode", "Ben Lisle", "Cara")


@dataclass
class Room:
    """`people` by name; `sessions` by code; `now` is when things happen."""

    database: Database
    now: datetime
    set_id: int
    people: dict[str, int]
    sessions: dict[str, int]

    def meets(self, code: str, on: date, *, at: time = time(10), minutes: int = 120) -> int:
        with self.database.writing() as session:
            one = SetSession(
                set_id=self.set_id,
                code=code,
                uid=f"{code}@sample",
                starts_on=on,
                starts_at=at,
                minutes=minutes,
                zone="Europe/London",
                planned_at=self.now,
                changed_at=self.now,
            )
            session.add(one)
            session.flush()
            self.sessions[code] = one.id
            return one.id

    def sits(self, name: str, code: str, rsvp: Rsvp | None, attended: bool | None = None) -> None:
        with self.database.writing() as session:
            session.merge(
                Seat(
                    session_id=self.sessions[code],
                    member_id=self.people[name],
                    rsvp=rsvp,
                    answered_at=self.now if rsvp is not None else None,
                    attended=attended,
                )
            )

    def tries(
        self,
        name: str,
        what: str,
        sharing: Sharing,
        *,
        outcome: Outcome | None = None,
        learning: str = "",
    ) -> Commitment:
        """Commits to it, lets others read it, and says how it went."""
        me, readers = self.people[name], self.readers(sharing)
        with self.database.writing() as session:
            made = commitments.commit(
                session, me, what, check_back_on=self.now.date(), now=self.now
            )
            commitments.let_read(
                session, me, made.id, readers, what=what, learning="", now=self.now
            )
            if outcome is not None:
                commitments.tell(
                    session,
                    me,
                    made.id,
                    outcome,
                    learning=learning,
                    sharing=sharing,
                    set_id=readers.set_id,
                    now=self.now,
                )
            return made

    def reflects(self, name: str, words: str, sharing: Sharing, code: str = "") -> int:
        session_id = self.sessions[code] if code else None
        new = NewReflection(words, Readers(sharing, self.set_id), session_id)
        with self.database.writing() as session:
            return reflections.write(session, self.people[name], new, now=self.now).id

    def readers(self, sharing: Sharing) -> Readers:
        return Readers(sharing, self.set_id if sharing is Sharing.SET else None)


def room(database: Database, now: datetime, names: tuple[str, ...] = NAMES) -> Room:
    """A set called North, which Fay facilitates."""
    with database.writing() as session:
        set_id = sets.create(session, "North", now=now).id
        people = {}
        for name in names:
            people[name] = members.add(session, name, Role.OFFICER, now=now).id
            sets.add_member(session, set_id, people[name], now=now)
        people["Fay"] = members.add(session, "Fay", Role.OFFICER, now=now).id
        session.add(sets.SetFacilitator(set_id=set_id, member_id=people["Fay"]))
    return Room(database, now, set_id, people, {})
