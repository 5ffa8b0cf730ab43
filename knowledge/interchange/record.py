"""A row of a file as it was read: texts and where each stands, not yet understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process

from knowledge.interchange.fault import Fault

_NEAR = 75.0
"""rapidfuzz score, 0 to 100, from which another column's name was probably meant."""


class Field(StrEnum):
    """What an entry holds, in the order of a file's columns."""

    ID = "id"
    PROBLEM = "problem"
    SOLUTIONS = "solutions"
    THEMES = "themes"
    PHRASES = "phrases"
    SOURCE = "source"
    SOURCE_DATE = "source date"
    STATUS = "status"
    RETIRED = "retired solutions"

    @property
    def listed(self) -> bool:
        """Whether an entry may have several."""
        return self in _LISTED

    @property
    def key(self) -> str:
        """Its name in JSON and YAML."""
        return self.value.replace(" ", "_")


_LISTED = frozenset({Field.SOLUTIONS, Field.THEMES, Field.PHRASES, Field.RETIRED})
_NUMBERED = re.compile(r"(.+?)(?: (\d+))?")
_NAMES = {
    name: one
    for one in Field
    for name in (one.value, one.value.removesuffix("s") if one in _LISTED else one.value)
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One text; `column` is how the file calls its place."""

    column: str
    text: str


@dataclass(frozen=True)
class Record:
    """One row. A field that is missing from `cells` was not given: it stays as it is.

    The `header` of a table comes as a record only where something about it is to be told.
    """

    row: int
    line: int | None = None
    cells: Mapping[Field, tuple[Cell, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    header: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """What a header means; `split` where one cell may hold several texts, one a line."""

    field: Field
    split: bool


def column(header: str) -> Column | None:
    """What a column or key of that name holds: `Solution 2`, `source_date`, `Themes`."""
    name, number = _parts(header)
    found = _NAMES.get(name)
    if found is None or (number and not found.listed):
        return None
    return Column(found, split=found.listed and not number and name == found.value)


def likely_column(header: str) -> str:
    """The column that a misspelt header probably means; empty where none is near."""
    name, number = _parts(header)
    best = process.extractOne(name, list(_NAMES), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if best is None:
        return ""
    return f"{best[0]} {number}" if number and _NAMES[best[0]].listed else str(best[0])


def _parts(header: str) -> tuple[str, str]:
    plain = " ".join(re.sub(r"[_\-]+", " ", header).lower().split())
    found = _NUMBERED.fullmatch(plain)
    return (found[1], found[2] or "") if found else (plain, "")
