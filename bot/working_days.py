"""Working days and mornings in the network's own time, whatever the clocks do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WorksOn = Callable[[date], bool]
"""Whether people work on a day. Bank holidays come in here."""

MORNING = time(9, 30)
OPENS, CLOSES = time(8), time(18)
"""Hours of a working day in which a message that the bot starts disturbs nobody."""
_SATURDAY = 5


def weekdays(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < _SATURDAY


def days_later(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same local time so many days later, in UTC."""
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, local.time(), zone).astimezone(UTC)


def next_morning(at: datetime, zone: ZoneInfo, works_on: WorksOn = weekdays) -> datetime:
    """The first 9:30 of a working day that is not before `at`, in UTC."""
    day = at.astimezone(zone).date()
    while True:
        morning = datetime.combine(day, MORNING, zone).astimezone(UTC)
        if morning >= at and works_on(day):
            return morning
        day += timedelta(days=1)


def in_hours(at: datetime, zone: ZoneInfo, works_on: WorksOn = weekdays) -> bool:
    """Whether people are at work then."""
    local = at.astimezone(zone)
    return works_on(local.date()) and OPENS <= local.time() < CLOSES
