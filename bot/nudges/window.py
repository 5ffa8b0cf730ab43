"""What a look at the plan covers: whose nudges, and due until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from bot.working_days import MORNING

LOOKBACK = timedelta(days=35)
"""How far back the first look of a process goes: longer than any nudge stays useful."""


@dataclass(frozen=True)
class Window:
    """Nudges that fall due until then, and were of use after `since`. `zone` is the network's."""

    since: datetime
    until: datetime
    zone: ZoneInfo

    def holds(self, due: datetime, useless_at: datetime) -> bool:
        return due <= self.until and useless_at > self.since

    def morning(self, day: date) -> datetime:
        """When a day's nudges fall due, in UTC."""
        return datetime.combine(day, MORNING, self.zone).astimezone(UTC)

    @property
    def first_day(self) -> date:
        return self.since.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        return self.until.astimezone(self.zone).date()


@dataclass(frozen=True)
class Some:
    """Some members: those whose numbers lie between two, both included."""

    first: int
    last: int

    def has(self, member_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        return member_id.between(self.first, self.last)
