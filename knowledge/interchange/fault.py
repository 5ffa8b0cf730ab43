"""What is amiss in a file of entries, and where. The sentences stand in `bot.wording.importing`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_SHOWN = 80
"""Characters of a cell that a fault quotes: enough to know it again."""


class FaultKind(StrEnum):
    NO_PROBLEM_COLUMN = "no problem column"
    COLUMN_UNKNOWN = "column unknown"
    COLUMN_MISSPELT = "column misspelt"
    COLUMN_TWICE = "column twice"
    CELLS_OVER = "cells over"
    WRONG_SHAPE = "wrong shape"
    ENCODING_GUESSED = "encoding guessed"
    OTHER_SHEETS = "other sheets"
    CELL_FULL = "cell full"
    PROBLEM_MISSING = "problem missing"
    SOLUTION_MISSING = "solution missing"
    TOO_LONG = "too long"
    UNKEEPABLE = "unkeepable character"
    THEME_UNKNOWN = "theme unknown"
    THEME_LIKE_ANOTHER = "theme like another"
    STATUS_UNKNOWN = "status unknown"
    DATE_UNREADABLE = "date unreadable"
    ID_TWICE = "id twice"
    PROBLEM_TWICE = "problem twice"
    DUPLICATE = "duplicate of an entry"
    NEAR_DUPLICATE = "near-duplicate of an entry"
    IDENTITY = "identity"
    UNFIT = "unfit"

    @property
    def stops(self) -> bool:
        """Whether a row with it is left out; the others are only told."""
        return self not in _TOLD


_TOLD = frozenset(
    {
        FaultKind.COLUMN_UNKNOWN,
        FaultKind.ENCODING_GUESSED,
        FaultKind.OTHER_SHEETS,
        FaultKind.CELL_FULL,
        FaultKind.THEME_LIKE_ANOTHER,
        FaultKind.NEAR_DUPLICATE,
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` is as a spreadsheet counts (its header is row 1), or the number of the entry in a JSON
    or YAML file; 0 is the file as a whole. `line` is the line of the file where it is known.

    `value` quotes the file, cut short. `about` is what the kind speaks of: the theme or column
    proposed, the entry that is there already, the row that was first.
    """

    kind: FaultKind
    row: int
    column: str = ""
    value: str = ""
    about: tuple[str, ...] = ()
    number: int = 0
    line: int | None = None


def quoted(text: str) -> str:
    """A cell's text in one line, short enough for a sentence."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
