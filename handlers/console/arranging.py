"""The boxes that say when and where a session is, and what is read in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot import days, times
from bot.flows.field import not_a_day
from bot.learning_sets import planning
from bot.learning_sets.session_errors import (
    InThePast,
    LengthUnfit,
    NoSuchTime,
    PlaceUnfit,
    SessionError,
    TooFarAhead,
)
from bot.learning_sets.sessions import Arrangement
from bot.wording import facilitating as words
from bot.wording import forms
from bot.wording import sessions as session_words
from handlers.console.sheet import Box, Kind, Posted

BOXES = (
    Box("on", words.ON, "Of a series, the first day.", Kind.DATE),
    Box("at", words.AT, words.AT_HINT),
    Box("length", words.LENGTH, words.LENGTH_HINT),
    Box("place", "Where is it? (optional)", "A room or an address."),
    Box("link", "Is there a link to join by? (optional)", "It begins with https://."),
)
_WHERE: Mapping[type[SessionError], str] = {
    InThePast: "on",
    TooFarAhead: "on",
    NoSuchTime: "at",
    LengthUnfit: "length",
    PlaceUnfit: "place",
}


@dataclass(frozen=True)
class Read:
    """The arrangement, or what is wrong with it, by the box that it is about."""

    arrangement: Arrangement | None
    problems: Mapping[str, str]


def read(posted: Posted, zone: str, *, now: datetime) -> Read:
    on, problems = _day(posted.one("on"), now)
    at = times.read(posted.one("at"))
    if at is None:
        problems["at"] = words.NOT_A_TIME if posted.one("at").strip() else forms.NEEDED
    length = posted.one("length").strip()
    minutes = times.minutes(length) if length else planning.USUALLY
    if minutes is None:
        problems["length"] = words.NOT_A_LENGTH
    if on is None or at is None or minutes is None:
        return Read(None, problems)
    wanted = Arrangement(on, at, minutes, zone, posted.one("place"), posted.one("link"))
    try:
        return Read(planning.checked(wanted, now=now), {})
    except SessionError as refusal:
        return Read(None, at_box(refusal))


def _day(text: str, now: datetime) -> tuple[date | None, dict[str, str]]:
    if not text.strip():
        return None, {"on": forms.NEEDED}
    on = days.read(text, today=days.today(now))
    if on is None:
        return None, {"on": not_a_day(text, session_words.NOT_A_DAY)}
    return on, {}


def at_box(refusal: SessionError) -> dict[str, str]:
    """What was refused, at the box that it is about."""
    where = next((box for kind, box in _WHERE.items() if isinstance(refusal, kind)), "on")
    return {where: refusal.sentence}


def as_posted(one: Arrangement) -> dict[str, tuple[str, ...]]:
    """An arrangement as its boxes show it."""
    return {
        "on": (one.starts_on.isoformat(),),
        "at": (f"{one.starts_at:%H:%M}",),
        "length": (f"{one.minutes} minutes",),
        "place": (one.place,),
        "link": (one.link,),
    }
