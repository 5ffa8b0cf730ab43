"""Choices as they are typed: by their numbers, or by their names, slips of the pen forgiven."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.flows.numbers import digits, number, plain
from bot.flows.pages import MORE, page, paged
from bot.messages import FieldKind, FormField
from bot.wording import forms as words

_ALL = {"all", "all of them", "all of these", "everything", "everyone", "everybody"}
_ALL_BUT = re.compile(r"(?:all|everyone|everybody)(?: of them)? (?:but|except|without) (.+)")
_MORE = {"more", "next", "m"}
_BETWEEN = (r"[,;\n]", r"[,;\n&+]|\band\b")
"""What stands between answers: the second only where it is no part of an answer's own words."""
_NEAR_ENOUGH = 80.0
"""rapidfuzz score, 0 to 100: as for the names of themes in `knowledge.themes`."""
_SHORTEST_TO_CORRECT = 4
_WORD = re.compile(r"\w+")

Values = list[str | None]


def picked(field: FormField, text: str, on_page: int | None = None) -> tuple[tuple[str, ...], str]:
    """The values that were picked, in the field's order and MORE at the end, or what is wrong.

    Without a page, all of the choices were shown with their numbers.
    """
    one = field.kind is FieldKind.CHOICE
    shown = field if on_page is None else replace(field, choices=page(field, on_page))
    found = _values_in(field, shown, labels(field, on_page), digits(text))
    if found is None:
        return (), words.PICK_ONE if one else words.PICK_SOME
    if None in found:
        return (), words.no_such_number(len(shown.choices))
    order = [*(choice.value for choice in field.choices), MORE]
    return tuple(value for value in order if value in found), ""


def labels(field: FormField, on_page: int | None = 0) -> dict[str, str]:
    """What an answer may be called, by its plain words."""
    names = {plain(one.label): one.value for one in (*field.also, *field.choices)}
    if on_page is None or not paged(field):
        return names
    last = page(field, on_page)[-1]
    return {**dict.fromkeys(_MORE, MORE), plain(last.label): MORE, **names}


def _values_in(
    field: FormField, shown: FormField, names: dict[str, str], text: str
) -> Values | None:
    """The values that were picked, None among them for a number too high; None for no pick.

    Numbers are those of the page that is shown, names those of all; names are read with slips where
    they are many enough to have others as well.
    """
    several = field.kind is FieldKind.CHOICES
    whole = _value(names, shown, text, slips=False)
    if whole is not None:
        return whole
    if not several:
        return None
    if plain(text) in _ALL:
        return [choice.value for choice in field.choices]
    if but := _ALL_BUT.fullmatch(plain(text)):
        left_out = _values_in(field, shown, names, but[1])
        return left_out and _all_but(field, left_out)
    numbers = re.fullmatch(r"[\d\s,;&+.]+", re.sub(r"\band\b", " ", plain(text)))
    if numbers:
        return [_numbered(shown, int(each[:4])) for each in re.findall(r"\d+", text)[:100]]
    for slips in (False, True) if field.also else (False,):
        for between in _BETWEEN:
            parts = [part for part in re.split(between, text) if plain(part)]
            values = [_value(names, shown, part, slips=slips) for part in parts]
            if values and None not in values:
                return [value for part in values if part is not None for value in part]
    return None


def _all_but(field: FormField, left_out: Values) -> Values:
    if None in left_out:
        return left_out
    return [choice.value for choice in field.choices if choice.value not in left_out]


def _value(names: dict[str, str], shown: FormField, text: str, *, slips: bool) -> Values | None:
    index = number(text)
    if index is not None:
        return [_numbered(shown, index)]
    value = names.get(plain(text))
    if value is None and slips:
        value = _likely(names, plain(text))
    return [value] if value is not None else None


def _likely(names: dict[str, str], said: str) -> str | None:
    """The one that is meant: its name with a slip or two, or some whole words of it alone."""
    if len(said) < _SHORTEST_TO_CORRECT:
        return None
    best = process.extractOne(said, list(names), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    if best is not None:
        return names[best[0]]
    said_words = set(_WORD.findall(said))
    holding = {value for name, value in names.items() if said_words <= set(_WORD.findall(name))}
    return holding.pop() if len(holding) == 1 else None


def _numbered(shown: FormField, index: int) -> str | None:
    return shown.choices[index - 1].value if 1 <= index <= len(shown.choices) else None
