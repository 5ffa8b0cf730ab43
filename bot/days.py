"""Days as officers type them: 3 December, 3/12/2026, 2026-12-03, tomorrow, next Friday, 2 weeks."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/London")
"""Where every council of the network is, so what "today" means."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_SPAN = re.compile(r"(?:(\d{1,3}|an?|one) )?(day|week|fortnight|month)s?")
_LONG = {4: 30, 6: 30, 9: 30, 11: 30}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_FULL_NAMES = frozenset(
    """
    january february march april june july august sept september october november december
    monday tues tuesday weds wednesday thur thurs thursday friday saturday sunday
    """.split()  # noqa: SIM905
)


def today(now: datetime) -> date:
    return now.astimezone(HOME).date()


def read(text: str, *, today: date) -> date | None:
    """The day that was typed, day before month; None where it is none.

    Without a year it is the next such day, today included; a weekday is the next one after today.
    """
    words = " ".join(text.casefold().replace(",", " ").split()).strip(" .")
    words = words.removeprefix("on ").removeprefix("by ")
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    weekday = _which(words.removeprefix("next ").removeprefix("this "), _WEEKDAYS)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    first, _, rest = words.partition(" ")
    return _dated(rest if rest and _which(first, _WEEKDAYS) is not None else words, today)


def ahead(text: str, *, today: date) -> date | None:
    """The same, and also how long from today: 10 days, a fortnight, 3 months."""
    words = " ".join(text.casefold().split()).strip(" .")
    for before in ("until ", "till ", "for ", "in "):
        words = words.removeprefix(before)
    found = _SPAN.fullmatch(words)
    if found is None:
        return read(words, today=today)
    count = int(found[1]) if found[1] and found[1].isdecimal() else 1
    unit = found[2]
    if unit == "month":
        return _months_on(today, count)
    return today + timedelta(days=count * _DAYS_IN[unit])


def beyond(text: str) -> tuple[int, int, int] | None:
    """The day, the month and how many days that month has, where it has no such day: 31 April."""
    words = " ".join(text.casefold().replace(",", " ").split()).strip(" .")
    words = words.removeprefix("on ").removeprefix("by ")
    if found := _ISO.fullmatch(words):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _NUMBERS.fullmatch(words):
        day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
    elif found := _DAY_MONTH.fullmatch(words):
        day, month, year = int(found[1]), (_which(found[2], _MONTHS) or -1) + 1, int(found[3] or 0)
    else:
        return None
    if not 1 <= month <= 12:
        return None
    leap = year == 0 or calendar.isleap(year + (2000 if year < 100 else 0))
    longest = 29 if month == 2 and leap else (28 if month == 2 else _LONG.get(month, 31))
    return (day, month, longest) if day > longest else None


def _months_on(day: date, count: int) -> date:
    """The same day of a later month, or the last day of a shorter one."""
    years, month = divmod(day.month - 1 + count, 12)
    there = (_day(day.year + years, month + 1, each) for each in range(day.day, 27, -1))
    return next((one for one in there if one), date(day.year + years, month + 1, min(day.day, 28)))


def _which(word: str, names: list[str]) -> int | None:
    short = word[:3]
    known = word == short or word in _FULL_NAMES
    return names.index(short) if known and short in names else None


def _dated(words: str, today: date) -> date | None:
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        return _next(found[3], int(found[2]), int(found[1]), today)
    if found := _DAY_MONTH.fullmatch(words):
        day, name, year = found.groups()
    elif found := _MONTH_DAY.fullmatch(words):
        name, day, year = found.groups()
    else:
        return None
    month = _which(name, _MONTHS)
    return _next(year, month + 1, int(day), today) if month is not None else None


def _next(year: str | None, month: int, day: int, today: date) -> date | None:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    years = range(today.year, today.year + 9)  # 29 February comes every four years, at most eight
    days = (_day(year, month, day) for year in years)
    return next((day for day in days if day is not None and day >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
