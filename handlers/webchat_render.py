"""Deliveries as the web chat's templates show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import assert_never
from zoneinfo import ZoneInfo

from bot import wording
from bot.delivery import Delivery
from bot.messages import Choice, Choices, EntryCard, Outgoing, Text
from handlers.pages import fragment

WELSH = wording.WELSH.split("\n\n")[0]


@dataclass(frozen=True)
class Moment:
    """A time as people here write it, and as a machine reads it."""

    words: str
    iso: str


@dataclass(frozen=True)
class Paragraph:
    """Words, and their language where it is not the page's: a screen reader changes its voice."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Turn:
    """What a member said, where they said something, and one message of the bot.

    `at` is told once for messages that came together: with the last of them.
    """

    ref: str
    said: str | None
    paragraphs: tuple[Paragraph, ...]
    card: EntryCard | None
    choices: tuple[Choice, ...]
    at: Moment | None


def turns(deliveries: Sequence[Delivery], zone: ZoneInfo) -> tuple[Turn, ...]:
    return tuple(
        _turn(delivery, None if _goes_on(delivery, after) else moment(delivery.created_at, zone))
        for delivery, after in zip_longest(deliveries, deliveries[1:])
    )


def _goes_on(delivery: Delivery, after: Delivery | None) -> bool:
    return (
        after is not None
        and after.prompt is None
        and after.created_at - delivery.created_at < timedelta(minutes=1)
    )


def _turn(delivery: Delivery, at: Moment | None) -> Turn:
    text, card = _words(delivery.content)
    return Turn(
        ref=delivery.ref,
        said=delivery.prompt,
        paragraphs=_paragraphs(text),
        card=card,
        choices=delivery.content.choices,
        at=at,
    )


def _words(content: Outgoing) -> tuple[str, EntryCard | None]:
    match content:
        case Text() | Choices():
            return content.text, None
        case EntryCard():
            return content.note, content
        case _:
            assert_never(content)


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    parts = (part.strip() for part in text.split("\n\n"))
    return tuple(Paragraph(part, "cy" if part == WELSH else "") for part in parts if part)


def moment(at: datetime, zone: ZoneInfo) -> Moment:
    local = at.astimezone(zone)
    words = f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"
    return Moment(words, local.isoformat(timespec="seconds"))


def latest(shown: Sequence[Turn]) -> str:
    """The ref of the turn to show first: the last one that the member began, to be read down."""
    begun = [turn.ref for turn in shown if turn.said is not None]
    return begun[-1] if begun else (shown[-1].ref if shown else "")


def as_html(deliveries: Sequence[Delivery], zone: ZoneInfo) -> str:
    """The same turns as the whole page shows, for a page that is open already."""
    return fragment("turns.html", turns=turns(deliveries, zone), latest="")
