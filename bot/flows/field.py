"""One field of a form: how a typed answer is read, and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot import days
from bot.flows import picking
from bot.flows.numbers import number, plain
from bot.flows.pages import MORE
from bot.messages import FieldKind, FormField
from bot.wording import forms as words
from knowledge.text import normalise

_CHOOSING = {FieldKind.CHOICE, FieldKind.CHOICES}
_TYPED = {FieldKind.LINE, FieldKind.LINES}
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n")
_OFTEN_ASKED = "problem"


@dataclass(frozen=True)
class Reading:
    """What an answer was read as. `note` is told.

    With a `problem` it is no answer; `values` beside it are kept so that nothing typed is lost.
    `more` asks for the next page of the choices.
    """

    values: tuple[str, ...] = ()
    problem: str = ""
    note: str = ""
    more: bool = False


def typed(field: FormField, text: str, *, today: date, page: int = 0) -> Reading:
    """An answer as somebody typed it, not blank, to the `page` of choices that they saw."""
    match field.kind:
        case FieldKind.LINE | FieldKind.LINES | FieldKind.DATE:
            values = tidied(field, (text,), today=today)
            problem = wrong(field, values)
            if problem:
                return Reading(values if too_long(field, values) else (), problem)
            return Reading(values, note=_read_back(field, text, values[0]))
        case FieldKind.CHOICE | FieldKind.CHOICES:
            values, problem = picking.picked(field, text, page)
            more = MORE in values
            return Reading(tuple(one for one in values if one != MORE), problem, more=more)
        case _:
            assert_never(field.kind)


def is_an_answer_on_offer(field: FormField, text: str) -> bool:
    """The very words of a choice, which then mean that choice even where they are a command."""
    return field.kind in _CHOOSING and plain(text) in picking.labels(field)


def too_long(field: FormField, values: tuple[str, ...]) -> bool:
    """Whether an answer in words has more than fits."""
    return field.kind in _TYPED and bool(values) and len(values[0]) > field.longest


def is_perhaps_a_question(field: FormField, text: str) -> bool:
    """Whether an answer may have been meant for the bot: a challenge's problem is often put so."""
    typed = field.kind in _TYPED and not field.asks and not field.name.startswith(_OFTEN_ASKED)
    return typed and text.rstrip().endswith("?")


def start_of(text: str, longest: int) -> str:
    """As much of a text as fits: to the end of a sentence, or of a word where that loses half."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if found.end() <= longest]
    if ends and ends[-1] * 2 >= longest:
        return text[: ends[-1]].strip()
    if text[longest].isspace():
        return text[:longest].strip()
    words_that_fit = text[:longest].rsplit(maxsplit=1)
    return words_that_fit[0] if len(words_that_fit) > 1 else text[:longest]


def means_the_start(text: str) -> bool:
    """Whether the only choice beside an answer that was too long is picked."""
    return number(text) == 1 or plain(text) == plain(words.KEEP_START)


def tidied(field: FormField, values: Iterable[str], *, today: date) -> tuple[str, ...]:
    """The values without what is blank; a line in one line, a date as it is kept."""
    said = tuple(dict.fromkeys(value.strip() for value in values if normalise(value)))
    match field.kind:
        case FieldKind.LINE:
            return tuple(" ".join(value.split()) for value in said[:1])
        case FieldKind.LINES:
            return said[:1]
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return said
        case FieldKind.DATE:
            return tuple(_as_kept(value, today) for value in said[:1])
        case _:
            assert_never(field.kind)


def wrong(field: FormField, values: tuple[str, ...]) -> str:
    """What is wrong with an answer, in a sentence; "" where nothing is."""
    if not values:
        return words.NEEDED if field.required else ""
    match field.kind:
        case FieldKind.LINE | FieldKind.LINES:
            length = len(values[0])
            return words.too_long(length, field.longest) if length > field.longest else ""
        case FieldKind.CHOICE:
            return "" if len(values) == 1 and _all_known(field, values) else words.PICK_ONE
        case FieldKind.CHOICES:
            return "" if _all_known(field, values) else words.PICK_SOME
        case FieldKind.DATE:
            return "" if day(values[0]) else not_a_day(values[0])
        case _:
            assert_never(field.kind)


def not_a_day(text: str, otherwise: str = words.NOT_A_DATE) -> str:
    """Why a text is no date, in a sentence."""
    none = days.missing(text)
    return words.no_such_day(none.day, none.month, none.last, none.year) if none else otherwise


def day(value: str) -> date | None:
    """The day that a kept date stands for."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def spoken(field: FormField) -> str:
    """The answer so far as a person would read it; "" where there is none."""
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            labels = {choice.value: choice.label for choice in field.choices}
            return ", ".join(labels.get(value, value) for value in field.values)
        case FieldKind.DATE:
            found = day("".join(field.values))
            return f"{found:%A} {found.day} {found:%B %Y}" if found else "".join(field.values)
        case FieldKind.LINE | FieldKind.LINES:
            return "".join(field.values)
        case _:
            assert_never(field.kind)


def _as_kept(value: str, today: date) -> str:
    found = days.read(value, today=today)
    return found.isoformat() if found is not None else value


def _read_back(field: FormField, text: str, value: str) -> str:
    """A date that was not typed as a date is kept: so that a wrong reading is seen at once."""
    found = day(value) if field.kind is FieldKind.DATE else None
    return words.read_as(found) if found is not None and text.strip() != value else ""


def _all_known(field: FormField, values: Iterable[str]) -> bool:
    return set(values) <= {choice.value for choice in field.choices}
