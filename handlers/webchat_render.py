"""Deliveries as the web chat's templates show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import assert_never
from zoneinfo import ZoneInfo

from bot import wording
from bot.delivery import Delivery
from bot.messages import Choice, Choices, EntryCard, Form, Link, Outgoing, Text
from handlers.pages import fragment
from handlers.webchat_form import Sheet, sheet

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

    `at` is told once for messages that came together: with the last of them. A `form` that can be
    filled in has a `sheet`.
    """

    ref: str
    said: str | None
    paragraphs: tuple[Paragraph, ...]
    card: EntryCard | None
    choices: tuple[Choice, ...]
    at: Moment | None
    form: Form | None = None
    sheet: Sheet | None = None
    link: Link | None = None


def turns(
    deliveries: Sequence[Delivery], zone: ZoneInfo, forms: Sequence[Form] = ()
) -> tuple[Turn, ...]:
    """`forms` are those that are open: the last copy of each can be filled in, and no other."""
    shown = tuple(
        _turn(delivery, None if _goes_on(delivery, after) else moment(delivery.created_at, zone))
        for delivery, after in zip_longest(deliveries, deliveries[1:])
    )
    last = {turn.form.ref: turn.ref for turn in shown if turn.form is not None}
    current = {last[form.ref]: form for form in forms if form.ref in last}
    return tuple(
        replace(turn, sheet=sheet(turn.form, current[turn.ref], turn.ref))
        if turn.form is not None and turn.ref in current
        else turn
        for turn in shown
    )


def _goes_on(delivery: Delivery, after: Delivery | None) -> bool:
    return (
        after is not None
        and after.prompt is None
        and after.created_at - delivery.created_at < timedelta(minutes=1)
    )


def _turn(delivery: Delivery, at: Moment | None) -> Turn:
    text, card = _words(delivery.content)
    form = delivery.content if isinstance(delivery.content, Form) else None
    return Turn(
        ref=delivery.ref,
        said=delivery.prompt,
        paragraphs=_paragraphs(text),
        card=card,
        choices=delivery.content.choices if form is None else (),
        at=at,
        form=form,
        link=delivery.content.link if isinstance(delivery.content, Text) else None,
    )


def _words(content: Outgoing) -> tuple[str, EntryCard | None]:
    match content:
        case Text() | Choices():
            return content.text, None
        case EntryCard():
            return content.note, content
        case Form():
            return content.note, None
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


def as_html(deliveries: Sequence[Delivery], zone: ZoneInfo, forms: Sequence[Form] = ()) -> str:
    """The same turns as the whole page shows, for a page that is open already."""
    return fragment("turns.html", turns=turns(deliveries, zone, forms), latest="")
