"""A set that meets, for tests of nudges: its members, its sessions, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import members
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.learning_sets import sets
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetFacilitator
from bot.members import Role
from bot.messages import Channel, Outgoing, from_json
from bot.nudges.record import NudgeRow
from bot.nudges.round import Rounds
from bot.nudges.thermostat import THERMOSTAT, Thermostat
from knowledge.database import Database

LONDON = ZoneInfo("Europe/London")
LONG_AGO = datetime(2026, 1, 1, tzinfo=LONDON)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A local time in London."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@dataclass
class Rhythm:
    database: Database
    rules: Thermostat = THERMOSTAT
    set_id: int = 0
    known: dict[str, int] = field(default_factory=dict)

    def member(
        self, name: str, role: Role = Role.OFFICER, *, channel: Channel = Channel.SLACK
    ) -> int:
        """Welcomed, and in the set."""
        with self.database.writing() as session:
            if not self.set_id:
                self.set_id = sets.create(session, "North", now=LONG_AGO).id
            member = members.add(session, name, role, now=LONG_AGO)
            member.welcomed_at = LONG_AGO
            members.connect(session, member, channel, f"T1:{name}", now=LONG_AGO)
            sets.add_member(session, self.set_id, member.id, now=LONG_AGO)
            self.known[name] = member.id
            return member.id

    def facilitates(self, member_id: int) -> None:
        with self.database.writing() as session:
            session.add(SetFacilitator(set_id=self.set_id, member_id=member_id))

    def meets(self, on: date, hour: time = time(10), code: str = "M2X", link: str = "") -> int:
        """A session to which all are invited."""
        with self.database.writing() as session:
            meeting = SetSession(
                set_id=self.set_id,
                code=code,
                uid=code,
                starts_on=on,
                starts_at=hour,
                minutes=120,
                zone="Europe/London",
                link=link,
                planned_at=LONG_AGO,
                changed_at=LONG_AGO,
            )
            session.add(meeting)
            session.flush()
            for member_id in sets.members_of(session, self.set_id):
                session.add(Seat(session_id=meeting.id, member_id=member_id))
            return meeting.id

    def seat(self, session_id: int, member_id: int, **changes: object) -> None:
        with self.database.writing() as session:
            seat = session.get_one(Seat, (session_id, member_id))
            for name, value in changes.items():
                setattr(seat, name, value)

    def round(self, now: datetime) -> tuple[str, ...]:
        """What a fresh process decides then: kind and fate, the latest decided."""
        before = len(self.rows())
        Rounds(self.database, LONDON, self.rules).go(now)
        return tuple(f"{row.kind} {row.reason or row.fate}" for row in self.rows()[before:])

    def rows(self) -> Sequence[NudgeRow]:
        with self.database.reading() as session:
            return session.scalars(select(NudgeRow).order_by(NudgeRow.id)).all()

    def queued(self) -> tuple[Outgoing, ...]:
        with self.database.reading() as session:
            rows = session.scalars(
                select(DeliveryRow)
                .where(DeliveryRow.status == DeliveryStatus.WAITING)
                .order_by(DeliveryRow.id)
            )
            return tuple(from_json(row.content) for row in rows)

    def said(self, member_id: int, now: datetime) -> None:
        """The member wrote something."""
        with self.database.writing() as session:
            to = members.addresses(session, (member_id,))[member_id]
            members.used(session, *to, now=now)
