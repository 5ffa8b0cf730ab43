"""A zone with its rules, as calendar files carry it (VTIMEZONE).

Where the clocks change by one rule a year, such as the last Sunday of March, the rule is told:
every calendar program follows it for ever. Other zones get their changes one by one.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

YEARS = 12
"""For how many years the changes must follow a rule, and are told where they follow none."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """The clocks go from one offset to another; `at` as they showed until then."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    @property
    def rule(self) -> tuple[int, int, int, int, int]:
        """Month, weekday, which of them (-1 the last), and when."""
        last = calendar.monthrange(self.at.year, self.at.month)[1]
        week = -1 if self.at.day + 7 > last else (self.at.day - 1) // 7 + 1
        return self.at.month, self.at.weekday(), week, self.at.hour, self.at.minute


def zone(name: str, first: date) -> Timezone:
    """The zone's rules from the year before that day on."""
    changes = _changes(name, first.year - 1)
    if not changes:
        return _without_changes(name, first)
    by_kind = {kind: [one for one in changes if one.daylight is kind] for kind in (True, False)}
    if any(len({(one.rule, one.after) for one in some}) != 1 for some in by_kind.values()):
        return Timezone.from_tzid(name, first_date=first, last_date=date(first.year + YEARS, 1, 1))
    made = Timezone()
    made.add("tzid", name)
    for some in (by_kind[False], by_kind[True]):
        made.add_component(_yearly(some[0]))
    return made


def _yearly(one: Change) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if one.daylight else TimezoneStandard()
    month, weekday, week, _, _ = one.rule
    part.add("dtstart", one.at)
    part.add("tzoffsetfrom", one.before)
    part.add("tzoffsetto", one.after)
    part.add("tzname", one.name)
    part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday=f"{week}{_DAYS[weekday]}"))
    return part


def _without_changes(name: str, first: date) -> Timezone:
    there = datetime(first.year, 1, 1, tzinfo=ZoneInfo(name))
    part = TimezoneStandard()
    part.add("dtstart", datetime(first.year - 1, 1, 1))  # noqa: DTZ001 - local by its format
    part.add("tzoffsetfrom", there.utcoffset())
    part.add("tzoffsetto", there.utcoffset())
    part.add("tzname", there.tzname() or name)
    made = Timezone()
    made.add("tzid", name)
    made.add_component(part)
    return made


@lru_cache(maxsize=64)
def _changes(name: str, year: int) -> tuple[Change, ...]:
    there = ZoneInfo(name)
    at = datetime(year, 1, 1, tzinfo=UTC)
    end = datetime(year + YEARS, 1, 1, tzinfo=UTC)
    found = []
    while at < end:
        after = at + timedelta(days=1)
        if at.astimezone(there).utcoffset() != after.astimezone(there).utcoffset():
            found.append(_change(at, after, there))
        at = after
    return tuple(found)


def _change(early: datetime, late: datetime, there: ZoneInfo) -> Change:
    """The change between two instants, to the minute."""
    before = early.astimezone(there).utcoffset()
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) // timedelta(minutes=2) * timedelta(minutes=1)
        same = middle.astimezone(there).utcoffset() == before
        early, late = (middle, late) if same else (early, middle)
    local = late.astimezone(there)
    was, now = before or timedelta(), local.utcoffset() or timedelta()
    shown = (late + was).replace(tzinfo=None)
    return Change(shown, was, now, local.tzname() or "", bool(local.dst()))
