"""Entries as mappings of texts and lists: what JSON and YAML files have in common.

Every single value is a text here, so that an id 007 stays one and "no" is no truth value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from knowledge.interchange.content import Content
from knowledge.interchange.fault import Fault, FaultKind, quoted
from knowledge.interchange.record import Cell, Field, Record, column, likely_column


class Odd(Enum):
    """A value that no entry holds: a mapping, a list in a list, true or false."""

    ODD = auto()


Single = str | None | Odd
Value = Single | tuple[Single, ...]
Pairs = Sequence[tuple[str, Value]]


def document(content: Content, themes: Mapping[str, str]) -> dict[str, object]:
    """One entry; `themes` are their names by id. All keys are there: a missing one says nothing."""
    named = [themes[theme_id] for theme_id in content.themes]
    written: dict[str, object] = {
        "id": content.id,
        "problem": content.problem,
        "solutions": list(content.solutions),
        "theme": named[0] if named else None,
    }
    if len(named) > 1:
        written["themes"] = named
    written |= {
        "phrases": list(content.phrases),
        "source": content.source,
        "source_date": content.source_date.isoformat() if content.source_date else None,
        "status": content.status.value,
    }
    if content.retired:
        written["retired_solutions"] = list(content.retired)
    return written


def record(row: int, pairs: Pairs | None, seen: set[str], line: int | None = None) -> Record:
    """One item of a file's list; None is one that is no mapping.

    `seen` collects the keys that are told to be unknown, so that each is told once.
    """
    if pairs is None:
        return Record(row, line, faults=(Fault(FaultKind.WRONG_SHAPE, row, line=line),))
    cells: dict[Field, tuple[Cell, ...]] = {}
    faults: list[Fault] = []
    for name, value in pairs:
        meant = column(name)
        if meant is None:
            faults += _unknown(row, name, seen, line)
            continue
        found = _cells(name, value, listed=meant.field.listed)
        if found is None:
            faults.append(Fault(FaultKind.WRONG_SHAPE, row, quoted(name), line=line))
        elif meant.field is Field.THEMES and meant.field in cells:
            cells[meant.field] = _together(cells[meant.field], found)
        elif meant.field in cells:
            faults.append(Fault(FaultKind.COLUMN_TWICE, row, quoted(name), line=line))
        else:
            cells[meant.field] = found
    return Record(row, line, cells, tuple(faults))


def _unknown(row: int, name: str, seen: set[str], line: int | None) -> list[Fault]:
    likely = likely_column(name)
    if likely:
        return [Fault(FaultKind.COLUMN_MISSPELT, row, quoted(name), about=(likely,), line=line)]
    if name in seen:
        return []
    seen.add(name)
    return [Fault(FaultKind.COLUMN_UNKNOWN, row, quoted(name), line=line)]


def _cells(name: str, value: Value, *, listed: bool) -> tuple[Cell, ...] | None:
    """None where the value has the wrong shape."""
    if value is None:
        return ()
    if isinstance(value, str):
        if listed and name.endswith("s"):  # `theme: A` is one theme; `solutions: A` a slip
            return None
        return (Cell(name, value),)
    if isinstance(value, Odd) or not listed:
        return None
    texts = [text for text in value if isinstance(text, str)]
    if len(texts) < len(value):
        return None
    return tuple(Cell(f"{name}, item {n}", text) for n, text in enumerate(texts, start=1))


def _together(first: tuple[Cell, ...], second: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """`theme` names the main one of `themes`, wherever the two stand."""
    main, more = sorted((first, second), key=len)
    return (*main, *(cell for cell in more if cell.text not in {one.text for one in main}))
