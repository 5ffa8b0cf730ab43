"""Entries as a table of texts, one a row: what CSV and Excel files have in common.

Several solutions, themes or phrases stand in numbered columns, so that any text can be a cell. A
file from elsewhere may have them in one cell, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.interchange.content import Content, Most
from knowledge.interchange.fault import Fault, FaultKind, quoted
from knowledge.interchange.record import Cell, Column, Field, Record, column, likely_column

_FORMULA = re.compile(r"(?s)'*[=+\-@\t\r\n＝＋－＠].*")
_ESCAPED = re.compile(r"(?s)'+[=+\-@\t\r\n＝＋－＠].*")
_EXCEL_CELL = 32_767
"""Characters of a cell in Excel; a text of just that length was probably cut there."""


@dataclass(frozen=True)
class Line:
    """The texts of one row of a table; `line` is the line of the file that it ends on."""

    row: int
    texts: Sequence[str]
    line: int | None = None


def escaped(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `unescaped` gives it back."""
    return f"'{text}" if _FORMULA.fullmatch(text) else text


def unescaped(text: str) -> str:
    return text[1:] if _ESCAPED.fullmatch(text) else text


def header(most: Most) -> list[str]:
    """The names of the columns for entries that hold at most so much."""
    names: list[str] = []
    for one in Field:
        if not one.listed:
            names.append(one.value)
        # One column at least, so that an empty list is said and not merely left out.
        elif wide := max(_width(most, one), one is not Field.RETIRED):
            names += [f"{one.value.removesuffix('s')} {n}" for n in range(1, wide + 1)]
    return names


def cells(content: Content, most: Most, themes: Mapping[str, str]) -> list[str]:
    """One entry's row under `header`; `themes` are their names by id."""
    lists = {
        Field.SOLUTIONS: content.solutions,
        Field.THEMES: tuple(themes[theme_id] for theme_id in content.themes),
        Field.PHRASES: content.phrases,
        Field.RETIRED: content.retired,
    }
    single = {
        Field.ID: content.id,
        Field.PROBLEM: content.problem,
        Field.SOURCE: content.source,
        Field.SOURCE_DATE: content.source_date.isoformat() if content.source_date else "",
        Field.STATUS: content.status.value,
    }
    row: list[str] = []
    for one in Field:
        if one.listed:
            wide = max(_width(most, one), one is not Field.RETIRED)
            row += [*lists[one], *[""] * (wide - len(lists[one]))]
        else:
            row.append(single[one])
    return row


def records(lines: Iterable[Line]) -> Iterator[Record]:
    """The rows under the first one, which names the columns; empty rows are passed over.

    What is amiss with the columns comes as a record of its own, row 1 without cells.
    """
    rest = iter(lines)
    named = next((line for line in rest if any(map(str.strip, line.texts))), None)
    if named is None:
        yield Record(1, faults=(Fault(FaultKind.NO_PROBLEM_COLUMN, 1),), header=True)
        return
    meant = [column(name) for name in named.texts]
    faults = tuple(_of_header(named, meant))
    if faults:
        yield Record(named.row, named.line, faults=faults, header=True)
    for line in rest:
        if any(map(str.strip, line.texts)):
            yield _record(line, named.texts, meant)


def _record(line: Line, names: Sequence[str], meant: Sequence[Column | None]) -> Record:
    found: dict[Field, list[Cell]] = {one.field: [] for one in meant if one is not None}
    faults: list[Fault] = []
    for name, one, text in zip(names, meant, _padded(line.texts, len(meant)), strict=True):
        if one is not None and text.strip():
            found[one.field] += _in_cell(name.strip(), one, text)
        if len(text) == _EXCEL_CELL:
            faults.append(Fault(FaultKind.CELL_FULL, line.row, name.strip(), line=line.line))
    over = [text for text in line.texts[len(meant) :] if text.strip()]
    if over:
        value = quoted(over[0])
        faults.append(Fault(FaultKind.CELLS_OVER, line.row, value=value, line=line.line))
    given = {one: tuple(texts) for one, texts in found.items()}
    return Record(line.row, line.line, given, tuple(faults))


def _in_cell(name: str, one: Column, text: str) -> list[Cell]:
    if not one.split:
        return [Cell(name, text)]
    parts = re.split(r"[;\r\n]+" if one.field is Field.THEMES else r"[\r\n]+", text)
    return [Cell(name, part.strip()) for part in parts if part.strip()]


def _of_header(named: Line, meant: Sequence[Column | None]) -> Iterator[Fault]:
    seen: set[Field] = set()
    for name, one in zip(named.texts, meant, strict=True):
        shown = quoted(name)
        if one is None and shown:
            likely = likely_column(name)
            kind = FaultKind.COLUMN_MISSPELT if likely else FaultKind.COLUMN_UNKNOWN
            yield Fault(kind, named.row, shown, about=(likely,) if likely else ())
        elif one is not None and one.field in seen and not one.field.listed:
            yield Fault(FaultKind.COLUMN_TWICE, named.row, shown)
        seen |= {one.field} if one else set()
    if not seen & {Field.PROBLEM, Field.ID}:
        yield Fault(FaultKind.NO_PROBLEM_COLUMN, named.row)


def _padded(texts: Sequence[str], width: int) -> list[str]:
    return [*texts[:width], *[""] * (width - len(texts))]


def _width(most: Most, one: Field) -> int:
    widths = {
        Field.SOLUTIONS: most.solutions,
        Field.THEMES: most.themes,
        Field.PHRASES: most.phrases,
        Field.RETIRED: most.retired,
    }
    return widths[one]
