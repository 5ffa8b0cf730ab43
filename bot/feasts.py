"""Days that go by a name: Easter, Christmas, new year, the end of a month."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

_EASTER_MONDAY = timedelta(days=1)
_END_OF = re.compile(r"end of (?:the |this )?(next )?(week|month|year)")
_NEXT = re.compile(r"next (week|month|year)")
_FRIDAY = 4


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar: the anonymous algorithm (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, odd_centuries = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leaps, odd_years = divmod(rest, 4)
    weekday = (32 + 2 * odd_centuries + 2 * leaps - epact - odd_years) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


_NAMED: dict[str, Callable[[int], date]] = {
    "easter": easter,
    "easter sunday": easter,
    "easter monday": lambda year: easter(year) + _EASTER_MONDAY,
    "good friday": lambda year: easter(year) - timedelta(days=2),
    "christmas": _fixed(12, 25),
    "xmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new year": _fixed(1, 1),
    "new year's day": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
}
_LASTS_UNTIL = {
    "easter": "easter monday",
    "easter sunday": "easter monday",
    "christmas": "boxing day",
    "xmas": "boxing day",
    "christmas day": "boxing day",
}
"""The last of the holidays that go by that name, so that "after Easter" is a Tuesday."""


def named(words: str, *, today: date) -> date | None:
    """The next day of that name, today included: "easter", "after christmas", "end of the month".

    `words` are in small letters, one space between them.
    """
    after = words.startswith("after ")
    name = words.removeprefix("after ").removeprefix("the ").replace("’", "'")
    if name in _NAMED:
        day = _NAMED[_LASTS_UNTIL.get(name, name) if after else name]
        later = timedelta(days=1 if after else 0)
        return _first(today, (day(year) + later for year in (today.year, today.year + 1)))
    if after:
        return None
    return _end(words.removeprefix("the "), today) or _start(words, today)


def _first(today: date, days: Iterable[date]) -> date | None:
    return next((day for day in days if day >= today), None)


def _end(words: str, today: date) -> date | None:
    found = _END_OF.fullmatch(words)
    if found is None:
        return None
    following, unit = bool(found[1]), found[2]
    match unit:
        case "week":
            friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
            return friday + timedelta(days=7 if following else 0)
        case "month":
            months = today.year * 12 + today.month - 1 + following
            year, month = divmod(months, 12)
            return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
        case _:
            return date(today.year + following, 12, 31)


def _start(words: str, today: date) -> date | None:
    """Of the next week its Monday, of a month or year the first day."""
    found = _NEXT.fullmatch(words)
    if found is None:
        return None
    match found[1]:
        case "week":
            return today + timedelta(days=7 - today.weekday())
        case "month":
            year, month = divmod(today.year * 12 + today.month, 12)
            return date(year, month + 1, 1)
        case _:
            return date(today.year + 1, 1, 1)
