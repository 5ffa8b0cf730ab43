"""When a member is left in peace: quiet hours, weekends, their nation's bank holidays, a mute.

Rules over time alone, in local time: what the clock on the wall shows decides, so in an hour that
comes twice when clocks go back both halves are alike. Instants come and go in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from bot.habits import Habits, Nation
from bot.working_days import weekdays

_LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""Whoever is muted for longer than that is muted for good."""
_SECOND = timedelta(seconds=1)
_DAYS_AHEAD = 7


@dataclass(frozen=True)
class Days:
    """The days of a nation."""

    nation: Nation

    def bank_holiday(self, day: date) -> bool:
        return day in _bank_holidays(self.nation, day.year)

    def works_on(self, day: date) -> bool:
        """Neither a weekend nor a bank holiday."""
        return weekdays(day) and not self.bank_holiday(day)


@lru_cache(maxsize=256)
def _bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv=nation.value, years=year))


@dataclass(frozen=True)
class Kept:
    """Which times of rest are kept: all of them, unless a trial leaves one out."""

    quiet_hours: bool = True
    weekends: bool = True
    bank_holidays: bool = True
    mutes: bool = True


ALL = Kept()


def allowed(
    at: datetime,
    habits: Habits,
    zone: ZoneInfo,
    *,
    muted_until: datetime | None = None,
    kept: Kept = ALL,
) -> bool:
    """Whether the member may be disturbed then."""
    if kept.mutes and muted_until is not None and at < muted_until:
        return False
    local = at.astimezone(zone)
    if not _free(local.date(), habits, kept):
        return False
    return not (kept.quiet_hours and _in_quiet_hours(local.time(), habits))


def first_allowed(
    at: datetime,
    habits: Habits,
    zone: ZoneInfo,
    *,
    muted_until: datetime | None = None,
    kept: Kept = ALL,
) -> datetime:
    """The first instant, not before `at`, at which the member may be disturbed. In UTC."""
    if kept.mutes and muted_until is not None:
        at = max(at, muted_until)
    at = min(at, _LATEST).astimezone(UTC)
    if allowed(at, habits, zone, kept=kept):
        return at
    day = at.astimezone(zone).date()
    while True:
        if _free(day, habits, kept):
            for moment in sorted(_turns(day, (habits.quiet_until, time(0)), zone)):
                if moment >= at and allowed(moment, habits, zone, kept=kept):
                    return moment
        day += timedelta(days=1)


def allowed_until(at: datetime, habits: Habits, zone: ZoneInfo, *, kept: Kept = ALL) -> datetime:
    """When a time at which the member may be disturbed ends, at the latest in a week. In UTC."""
    day = at.astimezone(zone).date()
    for _ in range(_DAYS_AHEAD):
        for moment in sorted(_turns(day, (habits.quiet_from, time(0)), zone)):
            if moment > at and not allowed(moment, habits, zone, kept=kept):
                return moment
        day += timedelta(days=1)
    return at.astimezone(UTC) + timedelta(days=_DAYS_AHEAD)


def notice_time(
    at: datetime,
    habits: Habits,
    zone: ZoneInfo,
    *,
    before: datetime | None = None,
    muted_until: datetime | None = None,
) -> datetime:
    """When a notice may leave: once the rest is over. If what it tells of comes `before` that, a
    mute does not hold it; if it comes before the quiet hours end, nothing does.
    """
    for until in (muted_until, None):
        first = first_allowed(at, habits, zone, muted_until=until)
        if before is None or first < before:
            return first
    return at.astimezone(UTC)


def _free(day: date, habits: Habits, kept: Kept) -> bool:
    if kept.weekends and not weekdays(day):
        return False
    return not (kept.bank_holidays and Days(habits.nation).bank_holiday(day))


def _in_quiet_hours(at: time, habits: Habits) -> bool:
    start, end = habits.quiet_from, habits.quiet_until
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def _turns(day: date, times: tuple[time, ...], zone: ZoneInfo) -> Iterator[datetime]:
    """Every instant of a day at which quiet may begin or end at such times, in UTC.

    A time that comes twice when clocks go back stands twice, and the change itself is among them.
    """
    for at in times:
        for fold in (0, 1):
            moment = datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC)
            if moment.astimezone(zone).date() == day:
                yield moment
    if (change := _clock_change(day, zone)) is not None:
        yield change


@lru_cache(maxsize=1024)
def _clock_change(day: date, zone: ZoneInfo) -> datetime | None:
    """When the clocks change on that day, in UTC; None where they do not."""
    early, late = (
        datetime.combine(day + timedelta(days=n), time(0), zone).astimezone(UTC) for n in (0, 1)
    )
    before = early.astimezone(zone).utcoffset()
    if late.astimezone(zone).utcoffset() == before:
        return None
    while late - early > _SECOND:
        middle = early + ((late - early) // _SECOND // 2) * _SECOND
        same = middle.astimezone(zone).utcoffset() == before
        early, late = (middle, late) if same else (early, middle)
    return late
