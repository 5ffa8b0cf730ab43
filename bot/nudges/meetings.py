"""Sessions as nudges see them: with the one before and the one after, and when each nudge is due.

All times are promised in the session's own zone and found out anew each time, so that neither a
change of the clocks nor a move of the session leaves an old time behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Function, Over, Time, func, select, true, union
from sqlalchemy.orm import Session

from bot.learning_sets.models import LearningSet, SetFacilitator, SetMember
from bot.learning_sets.sessions import SessionStatus, SetSession, WriteUp
from bot.nudges.kinds import Kind
from bot.nudges.window import Some, Window
from bot.working_days import MORNING

Value = TypeVar("Value")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
AFTER_THE_END = timedelta(hours=2)
"""When thanks come: people have left the room, and it is still the same day."""
REFLECT_BEFORE = 3
"""Days."""
CATCH_UP_FOR = timedelta(days=21)
LONGEST_AFTER = timedelta(days=90)
"""How long after a session anything of it may still be due: a late write-up, half of a long gap."""
SHORTEST_GAP = 6
"""Days between two sessions from which on asking half way is worth it."""


@dataclass(frozen=True)
class Meeting:
    """A planned session. `before` is the day of the set's last one, `after` when the next starts.

    `written_at`: when its write-up was first there.
    """

    id: int
    code: str
    set_id: int
    set_name: str
    starts_on: date
    starts_at: time
    minutes: int
    zone: str
    place: str
    link: str
    before: date | None
    after_on: date | None
    after_at: time | None
    written_at: datetime | None

    @property
    def promised(self) -> str:
        """Its local start, as it stands in keys."""
        return f"{self.starts_on}T{self.starts_at:%H:%M}"

    @property
    def starts(self) -> datetime:
        """In UTC. Of an hour that comes twice when clocks go back, the first."""
        return self._local(self.starts_on, self.starts_at)

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def next_starts(self) -> datetime | None:
        if self.after_on is None or self.after_at is None:
            return None
        return self._local(self.after_on, self.after_at)

    def _local(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def _morning(self, days: int) -> datetime:
        """The morning of the day so many days after the session, before it where negative."""
        return self._local(self.starts_on + days * DAY, MORNING)

    def moments(self) -> Mapping[Kind, tuple[datetime, datetime]]:
        """When each of its nudges falls due, and from when on it helps nobody. Both in UTC."""
        starts, ends = self.starts, self.ends
        found = {
            Kind.DAY_BEFORE: (self._morning(-1), starts - HOUR),
            Kind.HOUR_BEFORE: (starts - HOUR, starts),
            Kind.FACILITATOR_DIGEST: (starts - HOUR, ends),
            Kind.AFTERWARDS: (ends + AFTER_THE_END, self._local(self.starts_on + DAY, time(0))),
            Kind.DAY_AFTER: (self._morning(1), self._before_next(self._morning(8))),
        }
        if self.before is not None:
            found[Kind.REFLECT] = (self._morning(-REFLECT_BEFORE), starts - HOUR)
        if self.written_at is not None:
            due = max(ends + AFTER_THE_END, self.written_at)
            found[Kind.CATCH_UP] = (due, self._before_next(due + CATCH_UP_FOR))
        if self.after_on is not None and (self.after_on - self.starts_on).days >= SHORTEST_GAP:
            half = self._morning((self.after_on - self.starts_on).days // 2)
            found[Kind.HALF_WAY] = (half, self._before_next(half + 5 * DAY))
        return {kind: (due, end) for kind, (due, end) in found.items() if due < end}

    def _before_next(self, latest: datetime) -> datetime:
        return min(latest, self.next_starts or latest)


def meetings(session: Session, window: Window, some: Some | None = None) -> tuple[Meeting, ...]:
    """The planned sessions of which some nudge may be due in a window, soonest first.

    With `some`, only those of sets that these members are in or facilitate.
    """
    planned = (
        select(
            SetSession.id,
            _beside(func.lag(SetSession.starts_on, type_=Date)).label("before"),
            _beside(func.lead(SetSession.starts_on, type_=Date)).label("after_on"),
            _beside(func.lead(SetSession.starts_at, type_=Time)).label("after_at"),
        )
        .where(SetSession.status == SessionStatus.PLANNED, _of(some))
        .subquery()
    )
    rows = session.execute(
        select(
            SetSession.id,
            SetSession.code,
            SetSession.set_id,
            LearningSet.name,
            SetSession.starts_on,
            SetSession.starts_at,
            SetSession.minutes,
            SetSession.zone,
            SetSession.place,
            SetSession.link,
            planned.c.before,
            planned.c.after_on,
            planned.c.after_at,
            WriteUp.written_at,
        )
        .join(planned, planned.c.id == SetSession.id)
        .join(LearningSet, LearningSet.id == SetSession.set_id)
        .outerjoin(WriteUp, WriteUp.session_id == SetSession.id)
        .where(
            SetSession.starts_on >= window.since.date() - LONGEST_AFTER,
            SetSession.starts_on <= window.until.date() + (REFLECT_BEFORE + 1) * DAY,
        )
        .order_by(SetSession.starts_on, SetSession.id)
    )
    return tuple(Meeting(*columns) for columns in map(tuple, rows))


def _of(some: Some | None) -> ColumnElement[bool]:
    if some is None:
        return true()
    inside = select(SetMember.set_id).where(some.has(SetMember.member_id))
    leading = select(SetFacilitator.set_id).where(some.has(SetFacilitator.member_id))
    return SetSession.set_id.in_(union(inside, leading))


def _beside(shifted: Function[Value]) -> Over[Value]:
    """Of the session before or after in the same set."""
    order = (SetSession.starts_on, SetSession.starts_at, SetSession.id)
    return shifted.over(partition_by=SetSession.set_id, order_by=order)
