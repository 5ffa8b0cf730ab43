"""When somebody wants to be left in peace: as the checker reads it by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from handlers.simulate.people import Person

HOME = ZoneInfo("Europe/London")
_SATURDAY = 5


@cache
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv=nation, years=year))


def on_bank_holiday(person: Person, at: datetime) -> bool:
    day = at.astimezone(HOME).date()
    return day in bank_holidays(person.nation.value, day.year)


def in_quiet_hours(person: Person, at: datetime) -> bool:
    """By the clock on the wall; a weekend is quiet all day."""
    local = at.astimezone(HOME)
    begins, ends = person.quiet
    if local.weekday() >= _SATURDAY:
        return True
    now = local.time()
    return begins <= now < ends if begins <= ends else now >= begins or now < ends


def resting(person: Person, at: datetime) -> bool:
    return in_quiet_hours(person, at) or on_bank_holiday(person, at)


def rest_ends(person: Person, at: datetime) -> datetime:
    """The first moment from then on at which they do not rest. In UTC."""
    if not resting(person, at):
        return at
    day = at.astimezone(HOME).date()
    while True:
        for begins in sorted((person.quiet[1], time(0))):
            moment = datetime.combine(day, begins, HOME).astimezone(UTC)
            if moment >= at and not resting(person, moment):
                return moment
        day += timedelta(days=1)
