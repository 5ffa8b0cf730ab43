"""Days as officers type them: 3 December, 3/12/2026, 2026-12-03, tomorrow, next Friday, 2 weeks."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import feasts

HOME = ZoneInfo("Europe/London")
"""Where every council of the network is, so what "today" means."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_DAY_ALONE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_SPAN = re.compile(r"(?:(\d{1,3}|an?) )?(day|week|fortnight|month|year)s?")
_COUNTED = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        1,
    )
}
_COUNTED |= {"a couple of": "2", "couple of": "2", "a few": "3", "half a year": "6 months"}
_BEFORE = re.compile(
    r"(?:(?:say|maybe|perhaps|probably|ok|okay|yes|please|let['’]?s say|let['’]?s|make it|make that"
    r"|how about|what about|ask me|not before|on|by|until|till|for|in|from|around|about) )+"
)
_AFTERWARDS = re.compile(
    r"(?:['’]s time|s['’] time|['’]s| time| please| thanks| thank you| or so| then| instead"
    r"| would be (?:good|better|fine)| is (?:good|better|fine)| from (?:now|today)| ahead)+"
)
_A_LEAP_YEAR = 2028
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_FULL_NAMES = frozenset(
    """
    january february march april june july august sept september october november december
    monday tues tuesday weds wednesday thur thurs thursday friday saturday sunday
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Missing:
    """A day that its month does not have. `year` where the month has it in other years."""

    day: int
    month: int
    last: int
    year: int | None = None


def today(now: datetime) -> date:
    return now.astimezone(HOME).date()


def read(text: str, *, today: date) -> date | None:
    """The day that was typed, day before month; None where it is none.

    Without a year it is the next such day, today included; a weekday is the next one after today. A
    time is counted from today: 10 days, a fortnight, in three months.
    """
    words = _bare(text)
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    weekday = _which(words.removeprefix("next ").removeprefix("this "), _WEEKDAYS)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    named = feasts.named(words, today=today)
    return named or _dated(words, today) or _span(words, today)


def missing(text: str) -> Missing | None:
    """Why a date is none: its month has no such day, as 31 April; None where that is not why."""
    parts = _parts(_without_weekday(_bare(text)))
    if parts is None:
        return None
    year, month, day = parts
    if not 1 <= month <= 12 or day < 1 or (year is not None and not 1 <= year <= 9999):
        return None
    last = calendar.monthrange(year or _A_LEAP_YEAR, month)[1]
    if day <= last:
        return None
    in_a_leap_year = day <= calendar.monthrange(_A_LEAP_YEAR, month)[1]
    return Missing(day, month, last, year if in_a_leap_year else None)


def _bare(text: str) -> str:
    """The words of a day alone, in small letters: "say next monday, please" is "next monday"."""
    words = " ".join(text.casefold().replace(",", " ").split()).strip(" .!?")
    before = _BEFORE.match(words)
    words = words[before.end() :] if before else words
    for word, number in _COUNTED.items():
        words = re.sub(rf"^{word}(?= |$)", number, words)
    named = words.startswith("new year")  # "new year's day" has nothing to take off
    after = None if named else re.search(rf"{_AFTERWARDS.pattern}$", words)
    words = words[: after.start()] if after else words
    return words.removeprefix("the ").strip(" .")


def _span(words: str, today: date) -> date | None:
    """A time from today on: 2 weeks, a fortnight."""
    found = _SPAN.fullmatch(words)
    if found is None:
        return None
    count = int(found[1]) if found[1] and found[1].isdecimal() else 1
    match found[2]:
        case "month":
            return _months_on(today, count)
        case "year":
            return _months_on(today, 12 * count)
        case unit:
            return today + timedelta(days=count * _DAYS_IN[unit])


def _months_on(day: date, count: int) -> date:
    """The same day of a later month, or the last day of a shorter one."""
    years, month = divmod(day.month - 1 + count, 12)
    there = (_day(day.year + years, month + 1, each) for each in range(day.day, 27, -1))
    return next((one for one in there if one), date(day.year + years, month + 1, min(day.day, 28)))


def _which(word: str, names: list[str]) -> int | None:
    short = word[:3]
    known = word == short or word in _FULL_NAMES
    return names.index(short) if known and short in names else None


def _without_weekday(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest.removeprefix("the ") if rest and _which(first, _WEEKDAYS) is not None else words


def _dated(words: str, today: date) -> date | None:
    words = _without_weekday(words)
    if found := _DAY_ALONE.fullmatch(words):
        return _next_month_with(int(found[1]), today)
    parts = _parts(words)
    return _next(*parts, today) if parts is not None else None


def _parts(words: str) -> tuple[int | None, int, int] | None:
    """Year (None where none is given), month and day, whether or not there is such a day."""
    if found := _ISO.fullmatch(words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.fullmatch(words):
        return _year(found[3]), int(found[2]), int(found[1])
    if found := _DAY_MONTH.fullmatch(words):
        day, name, year = found.groups()
    elif found := _MONTH_DAY.fullmatch(words):
        name, day, year = found.groups()
    else:
        return None
    month = _which(name, _MONTHS)
    return (_year(year), month + 1, int(day)) if month is not None else None


def _year(typed: str | None) -> int | None:
    return int(typed) + (2000 if len(typed) == 2 else 0) if typed is not None else None


def _next_month_with(day: int, today: date) -> date | None:
    months = range(today.year * 12 + today.month - 1, today.year * 12 + today.month + 2)
    days = (_day(month // 12, month % 12 + 1, day) for month in months)
    return next((one for one in days if one is not None and one >= today), None)


def _next(year: int | None, month: int, day: int, today: date) -> date | None:
    if year is not None:
        return _day(year, month, day)
    years = range(today.year, today.year + 9)  # 29 February comes every four years, at most eight
    days = (_day(year, month, day) for year in years)
    return next((day for day in days if day is not None and day >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
