"""A row of a file, understood: what it says an entry is, apart from what the network holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge import phrases, text
from knowledge.interchange.content import Content
from knowledge.interchange.dates import british
from knowledge.interchange.fault import Fault, FaultKind, quoted
from knowledge.interchange.record import Cell, Field, Record
from knowledge.models import EntryStatus
from knowledge.text import normalise

_LONGEST = {
    Field.ID: 1_000,  # the network says what an id may be; this only keeps a book out of an id
    Field.PROBLEM: text.LONGEST,
    Field.SOLUTIONS: text.LONGEST,
    Field.RETIRED: text.LONGEST,
    Field.PHRASES: phrases.LONGEST,
    Field.THEMES: 200,
    Field.SOURCE: 2_000,
}
"""Characters that a field may have: what is searched, or what a card can show."""
_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")
"""What PostgreSQL cannot store, and what is no character at all."""


@dataclass(frozen=True)
class Row:
    """`given` are the fields that the file speaks of; the others stay as they are.

    `themes` are as written. An empty `id` is one that is not given.
    """

    number: int
    line: int | None
    given: frozenset[Field]
    id: str = ""
    problem: str = ""
    solutions: tuple[Cell, ...] = ()
    themes: tuple[Cell, ...] = ()
    phrases: tuple[Cell, ...] = ()
    source: str = ""
    source_date: date | None = None
    status: EntryStatus | None = None
    retired: tuple[Cell, ...] = ()

    def over(self, held: Content | None, entry_id: str, theme_ids: Sequence[str]) -> Content:
        """The entry as it would be. `theme_ids` are those of `themes`, in order."""
        before = held or Content(entry_id, "")
        given = self.given
        solutions = _texts(self.solutions) if Field.SOLUTIONS in given else before.solutions
        dated = self.source_date if Field.SOURCE_DATE in given else before.source_date
        return replace(
            before,
            problem=self.problem if Field.PROBLEM in given else before.problem,
            solutions=solutions,
            themes=tuple(dict.fromkeys(theme_ids)) if Field.THEMES in given else before.themes,
            phrases=_once(self.phrases) if Field.PHRASES in given else before.phrases,
            source=self.source if Field.SOURCE in given else before.source,
            source_date=dated,
            status=self.status or before.status,
            retired=_retired(before, solutions, _texts(self.retired)),
        )


def understood(record: Record) -> tuple[Row, tuple[Fault, ...]]:
    """What a record says, and all that is amiss with it by itself."""
    faults = [*record.faults, *_unfit_texts(record)]
    dated, status = _single(record, Field.SOURCE_DATE), _single(record, Field.STATUS)
    day = british(dated.text) if dated else None
    if dated and day is None:
        faults.append(_fault(FaultKind.DATE_UNREADABLE, record, dated))
    stands = _status(status)
    if status and stands is None:
        faults.append(_fault(FaultKind.STATUS_UNKNOWN, record, status))
    problem = _single(record, Field.PROBLEM)
    named, source = _single(record, Field.ID), _single(record, Field.SOURCE)
    row = Row(
        number=record.row,
        line=record.line,
        given=frozenset(record.cells),
        id=named.text.strip() if named else "",
        problem=problem.text if problem else "",
        solutions=record.cells.get(Field.SOLUTIONS, ()),
        themes=tuple(
            Cell(cell.column, cell.text.strip())
            for cell in record.cells.get(Field.THEMES, ())
            if cell.text.strip()
        ),
        phrases=record.cells.get(Field.PHRASES, ()),
        source=source.text if source else "",
        source_date=day,
        status=stands,
        retired=record.cells.get(Field.RETIRED, ()),
    )
    return row, tuple(faults)


def _unfit_texts(record: Record) -> Iterator[Fault]:
    for one, cells in record.cells.items():
        for cell in cells:
            if _UNKEEPABLE.search(cell.text):
                yield _fault(FaultKind.UNKEEPABLE, record, cell)
            most = _LONGEST.get(one)
            if most is not None and len(cell.text) > most:
                yield replace(_fault(FaultKind.TOO_LONG, record, cell), number=most)


def _fault(kind: FaultKind, record: Record, cell: Cell) -> Fault:
    return Fault(kind, record.row, cell.column, quoted(cell.text), line=record.line)


def _single(record: Record, one: Field) -> Cell | None:
    return next((cell for cell in record.cells.get(one, ()) if normalise(cell.text)), None)


def _status(cell: Cell | None) -> EntryStatus | None:
    said = cell.text.strip().lower() if cell else ""
    return next((one for one in EntryStatus if one.value == said), None)


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells)


def _once(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_texts(cells)))


def _retired(before: Content, solutions: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """A solution that is no longer given is retired, not lost; one that is given again is back."""
    kept = before.retired
    if solutions != before.solutions:
        gone = (text for text in before.solutions if text not in solutions)
        kept = tuple(text for text in (*before.retired, *gone) if text not in solutions)
    return (*kept, *(text for text in named if text not in kept))
