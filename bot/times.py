"""Times of day and lengths as officers type them: 10, 10:30, 2pm, noon; 2 hours, 90 minutes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from enum import Enum
from zoneinfo import ZoneInfo

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?)?(?:\s*o['’]?clock)?")
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_HOURS = re.compile(
    r"(?:(\d{1,2})(?:[.,](\d))?|(an?|one|two|three|half an)) ?(?:h|hrs?|hours?)"
    r"(?: ?(?:and )?(a half|\d{1,2}) ?(?:m|mins?|minutes?)?)?"
)
_MINUTES = re.compile(r"(\d{1,3}) ?(?:m|mins?|minutes?)")
_SPELT = {"a": 60, "an": 60, "one": 60, "two": 120, "three": 180, "half an": 30}


class Odd(Enum):
    """What is odd about a local time on a night when the clocks change."""

    TWICE = "twice"
    NEVER = "never"


def read(text: str) -> time | None:
    """The time of day that was typed; None where it is none. "2" is two in the night, "2pm" not."""
    words = " ".join(text.casefold().split()).removeprefix("at ").strip(" .")
    if words in _NAMED:
        return _NAMED[words]
    found = _TIME.fullmatch(words)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def minutes(text: str) -> int | None:
    """How many minutes a length has; None where it is none. A bare number up to 8 is hours."""
    words = " ".join(text.casefold().split()).strip(" .")
    if words.isdecimal() and len(words) <= 3:
        number = int(words)
        return number * 60 if number <= 8 else number
    if found := _MINUTES.fullmatch(words):
        return int(found[1])
    found = _HOURS.fullmatch(words)
    if found is None:
        return None
    whole = _SPELT[found[3]] if found[3] else int(found[1]) * 60 + int(found[2] or 0) * 6
    more = 30 if found[4] == "a half" else int(found[4] or 0)
    return whole + more


def odd(day: date, at: time, zone: ZoneInfo) -> Odd | None:
    """Whether the clocks show that time twice on that day, or never."""
    first, second = (datetime.combine(day, at, zone).replace(fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return None
    there = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return Odd.TWICE if there == datetime.combine(day, at) else Odd.NEVER
