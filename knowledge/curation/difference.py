"""What changed between two texts, word by word, and between two contents, part by part."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.curation.content import Content

_WORD = re.compile(r"\s*\S+|\s+$")


class Mark(StrEnum):
    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Stretch:
    """Words with the blanks before them."""

    mark: Mark
    text: str


class Part(StrEnum):
    PROBLEM = "problem"
    SOLUTION = "solution"
    ORDER = "order"
    THEMES = "themes"
    SOURCE = "source"
    SOURCE_DATE = "source date"
    REVIEW_BY = "review by"
    STATUS = "status"


@dataclass(frozen=True)
class Difference:
    """One part that changed. `solution_id` says which solution."""

    part: Part
    stretches: tuple[Stretch, ...]
    solution_id: int | None = None


def difference(before: str, after: str) -> tuple[Stretch, ...]:
    """The words of both: those that stayed, and where they differ the deleted ones first.

    Joined without the inserted ones they are `before`, without the deleted ones `after`.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    found: list[Stretch] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Stretch(Mark.SAME, "".join(old[a:b])))
            continue
        found += _stretch(Mark.DELETED, old[a:b])
        found += _stretch(Mark.INSERTED, new[c:d])
    return tuple(found)


def differences(before: Content | None, after: Content) -> tuple[Difference, ...]:
    """The parts that changed, in the order of a card; of what is new, everything is inserted."""
    return tuple(_differences(before, after))


def _differences(before: Content | None, after: Content) -> Iterator[Difference]:
    old, new = _parts(before), _parts(after)
    yield from _part(Part.PROBLEM, old, new)
    yield from _solutions(before, after)
    for part in (Part.THEMES, Part.SOURCE, Part.SOURCE_DATE, Part.REVIEW_BY, Part.STATUS):
        yield from _part(part, old, new)


def _part(part: Part, old: dict[Part, str], new: dict[Part, str]) -> Iterator[Difference]:
    was, now_is = old.get(part, ""), new[part]
    if was != now_is:
        yield Difference(part, difference(was, now_is))


def _solutions(before: Content | None, after: Content) -> Iterator[Difference]:
    old = {one.id: one.text for one in (before.shown if before else ())}
    new = {one.id: one.text for one in after.shown}
    for solution_id in (*new, *(one for one in old if one not in new)):
        was, now_is = old.get(solution_id, ""), new.get(solution_id, "")
        if was != now_is:
            yield Difference(Part.SOLUTION, difference(was, now_is), solution_id)
    stayed_before = [one for one in old if one in new]
    stayed_after = [one for one in new if one in old]
    if stayed_before != stayed_after:
        was = "\n".join(old[one] for one in stayed_before)
        yield Difference(Part.ORDER, difference(was, "\n".join(new[one] for one in stayed_after)))


def _parts(content: Content | None) -> dict[Part, str]:
    if content is None:
        return {}
    return {
        Part.PROBLEM: content.problem,
        Part.THEMES: ", ".join(content.themes),
        Part.SOURCE: content.source,
        Part.SOURCE_DATE: _day(content.source_date),
        Part.REVIEW_BY: _day(content.review_by),
        Part.STATUS: content.status.value,
    }


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B %Y}"


def _stretch(mark: Mark, words: list[str]) -> list[Stretch]:
    return [Stretch(mark, "".join(words))] if words else []
