"""A roster: a table of people, as somebody keeps it in a spreadsheet. Read here, judged elsewhere.

The first row names the columns: name, role, job, seniority, nation, themes, set. Rows are counted
as a spreadsheet counts them; a line is the line of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.wording import roster as wording
from knowledge.interchange.tables import Line

_NEAR = 80
"""How alike (0 to 100) an unknown column must be to one of ours to be taken for a slip."""


class Column(StrEnum):
    NAME = "name"
    ROLE = "role"
    JOB = "job"
    SENIORITY = "seniority"
    NATION = "nation"
    THEMES = "themes"
    SET = "set"


_ALSO = {
    "full name": Column.NAME,
    "member": Column.NAME,
    "job title": Column.JOB,
    "work": Column.JOB,
    "grade": Column.SENIORITY,
    "level": Column.SENIORITY,
    "country": Column.NATION,
    "theme": Column.THEMES,
    "interests": Column.THEMES,
    "learning set": Column.SET,
}
_KNOWN = {one.value: one for one in Column} | _ALSO


@dataclass(frozen=True)
class Amiss:
    """What is amiss, in a sentence. Row 0 is the file as a whole; `stops`: the row is left out, or
    for the file, everything. Else it is only told.
    """

    row: int
    line: int | None
    column: str
    sentence: str
    stops: bool = True


@dataclass(frozen=True)
class Row:
    """One person as they were typed; what is not said is empty."""

    row: int
    line: int | None
    cells: dict[Column, str]

    def __getitem__(self, column: Column) -> str:
        return self.cells.get(column, "")

    @property
    def themes(self) -> tuple[str, ...]:
        """The names in the cell: one a line, or parted by semicolons, bars or commas."""
        parts = re.split(r"[;|\r\n]+", self[Column.THEMES])
        if len(parts) == 1:
            parts = parts[0].split(",")
        return tuple(dict.fromkeys(one for one in map(str.strip, parts) if one))

    def amiss(self, column: Column, sentence: str, *, stops: bool = True) -> Amiss:
        return Amiss(self.row, self.line, column.value, sentence, stops)


@dataclass(frozen=True)
class Roster:
    rows: tuple[Row, ...]
    amiss: tuple[Amiss, ...] = ()

    @property
    def unreadable(self) -> bool:
        """Something is amiss with the whole file."""
        return any(one.stops and one.row == 0 for one in self.amiss)


def read(lines: Iterable[Line]) -> Roster:
    """All rows that are not empty, and what is amiss with the table as such."""
    rest = iter(lines)
    header = next((line for line in rest if any(map(str.strip, line.texts))), None)
    if header is None:
        return Roster((), (Amiss(0, None, "", wording.EMPTY),))
    meant = [_KNOWN.get(plain(name)) for name in header.texts]
    amiss = list(_of_header(header.texts, meant))
    rows = []
    for line in rest:
        texts = [" ".join(text.split()) if "\n" not in text else text for text in line.texts]
        if not any(map(str.strip, texts)):
            continue
        cells = {one: text.strip() for one, text in zip(meant, texts, strict=False) if one}
        rows.append(Row(line.row, line.line, cells))
        over = [text for text in texts[len(meant) :] if text.strip()]
        if over:
            amiss.append(Amiss(line.row, line.line, "", wording.cells_over(over[0])))
    return Roster(tuple(rows), tuple(amiss))


def _of_header(names: Sequence[str], meant: Sequence[Column | None]) -> Iterator[Amiss]:
    for number, (name, one) in enumerate(zip(names, meant, strict=True)):
        if one is not None and one in meant[:number]:
            yield Amiss(0, None, name, wording.COLUMN_TWICE)
        if one is None and name.strip():
            likely = process.extractOne(
                plain(name), list(_KNOWN), scorer=fuzz.ratio, score_cutoff=_NEAR
            )
            said = wording.column_misspelt(likely[0]) if likely else wording.COLUMN_UNKNOWN
            yield Amiss(0, None, name.strip(), said, stops=likely is not None)
    if Column.NAME not in meant:
        yield Amiss(0, None, "", wording.NO_NAME_COLUMN)


def plain(words: str) -> str:
    """As a name of a column or a choice is compared."""
    return " ".join(words.split()).casefold()
