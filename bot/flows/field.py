"""One field of a form: how a typed answer is read, and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot import days
from bot.flows.meaning import number, plain
from bot.messages import FieldKind, FormField
from bot.wording import forms as words
from knowledge.text import normalise

_CHOOSING = {FieldKind.CHOICE, FieldKind.CHOICES}
_ALL = {"all", "all of them", "all of these", "everything", "everyone", "everybody"}
_ALL_BUT = re.compile(r"(?:all|everyone|everybody)(?: of them)? (?:but|except|without) (.+)")
_BETWEEN = (r"[,;\n]", r"[,;\n&+]|\band\b")
"""What stands between answers: the second only where it is no part of an answer's own words."""


@dataclass(frozen=True)
class Reading:
    """What an answer was read as; with a `problem` there is none to keep. `note` is told."""

    values: tuple[str, ...] = ()
    problem: str = ""
    note: str = ""


def typed(field: FormField, text: str, *, today: date) -> Reading:
    """An answer as somebody typed it, not blank."""
    match field.kind:
        case FieldKind.LINE | FieldKind.LINES | FieldKind.DATE:
            values = tidied(field, (text,), today=today)
            problem = wrong(field, values)
            if problem:
                return Reading(problem=problem)
            return Reading(values, note=_read_back(field, text, values[0]))
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return picked(field, text)
        case _:
            assert_never(field.kind)


def is_an_answer_on_offer(field: FormField, text: str) -> bool:
    """The very words of a choice, which then mean that choice even where they are a command."""
    return field.kind in _CHOOSING and plain(text) in _labels(field)


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
            return "" if day(values[0]) else _no_date(values[0])
        case _:
            assert_never(field.kind)


def _no_date(value: str) -> str:
    """Why that is no date: there may be no such day."""
    beyond = days.beyond(value)
    return words.no_such_day(*beyond) if beyond is not None else words.NOT_A_DATE


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


def _labels(field: FormField) -> dict[str, str]:
    return {plain(choice.label): choice.value for choice in field.choices}


def picked(field: FormField, text: str) -> Reading:
    """Those of the choices that were typed: by number, by name, “all”, “all but 2 and 5”."""
    one = field.kind is FieldKind.CHOICE
    found = _values_in(field, text, several=not one)
    if found is None:
        return Reading(problem=words.PICK_ONE if one else words.PICK_SOME)
    if None in found:
        return Reading(problem=words.no_such_number(len(field.choices)))
    order = [choice.value for choice in field.choices]
    return Reading(tuple(value for value in order if value in found))


def _values_in(field: FormField, text: str, *, several: bool) -> list[str | None] | None:
    """The values that were picked, None among them for a number too high; None for no pick."""
    whole = _value(field, text)
    if whole is not None:
        return whole
    if not several:
        return None
    if plain(text) in _ALL:
        return [choice.value for choice in field.choices]
    if but := _ALL_BUT.fullmatch(plain(text)):
        left_out = _values_in(field, but[1], several=True)
        return left_out and _all_but(field, left_out)
    numbers = re.fullmatch(r"[\d\s,;&+.]+", re.sub(r"\band\b", " ", plain(text)))
    if numbers:
        return [_numbered(field, int(each[:4])) for each in re.findall(r"\d+", text)[:100]]
    for between in _BETWEEN:
        parts = [_value(field, part) for part in re.split(between, text) if plain(part)]
        if parts and None not in parts:
            return [value for part in parts if part is not None for value in part]
    return None


def _all_but(field: FormField, left_out: list[str | None]) -> list[str | None]:
    if None in left_out:
        return left_out
    return [choice.value for choice in field.choices if choice.value not in left_out]


def _value(field: FormField, text: str) -> list[str | None] | None:
    index = number(text)
    if index is not None:
        return [_numbered(field, index)]
    value = _labels(field).get(plain(text))
    return [value] if value is not None else None


def _numbered(field: FormField, index: int) -> str | None:
    return field.choices[index - 1].value if 1 <= index <= len(field.choices) else None
