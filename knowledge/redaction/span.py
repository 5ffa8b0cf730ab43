"""What was found where: spans in Python code points, and how overlapping ones are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """In the order of weight: where two overlap, the earlier kind is kept."""

    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    POSTCODE = "postcode"
    ROLE = "role"
    PERSON = "person"
    COUNCIL = "council"
    PROJECT = "project"


@dataclass(frozen=True)
class Span:
    """Characters start to end of a text; `neutral` is a wording that could stand there instead."""

    start: int
    end: int
    kind: Kind
    neutral: str


@dataclass(frozen=True)
class Find:
    """A span that has not yet met the others."""

    start: int
    end: int
    kind: Kind


_WEIGHT = {kind: place for place, kind in enumerate(Kind)}


def settled(finds: Iterable[Find]) -> tuple[Find, ...]:
    """The finds without overlaps, in the order of the text.

    Contact details hold whole addresses, so they win; otherwise the longer find does, because a
    name inside a longer one ("Kent" in "Kent Green") was only half seen.
    """
    kept: list[Find] = []
    for find in sorted(set(finds), key=_rank):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    return tuple(sorted(kept, key=lambda find: find.start))


def _rank(find: Find) -> tuple[bool, int, int, int]:
    contact = _WEIGHT[find.kind] <= _WEIGHT[Kind.POSTCODE]
    return not contact, find.start - find.end, _WEIGHT[find.kind], find.start
