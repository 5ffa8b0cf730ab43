"""Rows held against the network: what each would do there, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.duplicates import near_duplicates
from knowledge.entries import NewEntry, check
from knowledge.errors import KnowledgeError
from knowledge.interchange.content import Content, contents
from knowledge.interchange.fault import Fault, FaultKind, quoted
from knowledge.interchange.record import Cell, Field, Record
from knowledge.interchange.row import Row, understood
from knowledge.interchange.seen import Seen, id_for
from knowledge.models import Entry, EntryStatus
from knowledge.redaction import find_identifiers
from knowledge.search import Engine
from knowledge.text import normalise
from knowledge.themes import theme_index

_LIKE_ANOTHER = 88.0
"""rapidfuzz score from which a new theme's name looks like a slip in an old one's."""


_NO_MATTER_ONCE_IN = frozenset({FaultKind.TOO_LONG, FaultKind.PROBLEM_TWICE})
"""What the network holds already stays, whatever a file would not be allowed to bring in now."""


_NOT_READABLE = frozenset({FaultKind.UNKEEPABLE, FaultKind.WRONG_SHAPE})


@dataclass(frozen=True)
class Options:
    """What an import may do.

    `keep_good` takes the good rows of a file that has bad ones; `as_drafts` holds new entries back
    for a moderator; `new_themes` makes the themes that the network lacks; `names_read` says that
    somebody has read the names and addresses found in the texts and lets them in.
    """

    keep_good: bool = False
    as_drafts: bool = False
    new_themes: bool = False
    names_read: bool = False


AS_IT_IS = Options()


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Judged:
    verdict: Verdict
    faults: tuple[Fault, ...]


class Judge:
    """Judges a file's rows in their order. `names` are the members whom no entry may name."""

    def __init__(
        self,
        session: Session,
        seen: Seen,
        options: Options,
        engine: Engine | None,
        names: Sequence[str] = (),
    ) -> None:
        self._seen = seen
        self._options = options
        self._engine = engine
        self._names = tuple(names)
        self._themes = theme_index(session)
        self._new_themes: list[str] = []
        problems = session.execute(
            select(Entry.id, Entry.problem).where(Entry.status != EntryStatus.RETIRED)
        )
        seen.know((row.id, row.problem) for row in problems.yield_per(1000))

    def judged(self, session: Session, records: Sequence[Record]) -> list[Judged]:
        """Some hundreds of records at a time."""
        rows = [understood(record) for record in records]
        # What no database can store must not even be asked for; what has no shape says nothing.
        ids = [self.id_of(row) for row, faults in rows if not _not_readable(faults)]
        held = contents(session, [entry_id for entry_id in ids if entry_id])
        return [
            Judged(Verdict.LEFT_OUT, faults)
            if _not_readable(faults)
            else self._judged(session, row, faults, held.get(self.id_of(row)))
            for row, faults in rows
        ]

    def id_of(self, row: Row) -> str:
        """The entry that a row means: by its id, else by its problem. Empty where it has neither.

        What the network knew when the judge began counts, so that both readings of a file agree.
        """
        if row.id or not row.problem:
            return row.id
        known = self._seen.entries_with(row.problem)
        return known[0] if known else id_for(row.problem)

    def _judged(
        self, session: Session, row: Row, found: Sequence[Fault], held: Content | None
    ) -> Judged:
        faults = [*found, *self._amiss_themes(row), *self._said_before(row)]
        theme_ids = [self._themes.id_of(cell.text) or cell.text for cell in row.themes]
        row = wanted(row, held, self._options)
        content = row.over(held, self.id_of(row), theme_ids)
        if held == content:
            faults = [fault for fault in faults if fault.kind not in _NO_MATTER_ONCE_IN]
            if not any(fault.kind.stops for fault in faults):
                return Judged(Verdict.UNCHANGED, tuple(faults))
        faults += self._missing(row, content)
        faults += self._there_already(session, row, held, content)
        faults += self._identities(row, held)
        if any(fault.kind.stops for fault in faults):
            return Judged(Verdict.LEFT_OUT, tuple(faults))
        return Judged(Verdict.NEW if held is None else Verdict.CHANGED, tuple(faults))

    def _amiss_themes(self, row: Row) -> Iterator[Fault]:
        for cell in row.themes:
            if self._themes.id_of(cell.text) is not None:
                continue
            if not self._options.new_themes:
                yield _fault(FaultKind.THEME_UNKNOWN, row, cell, self._themes.near(cell.text))
            elif cell.text not in self._new_themes:
                yield from self._like_another(row, cell)
                self._new_themes.append(cell.text)

    def _like_another(self, row: Row, cell: Cell) -> Iterator[Fault]:
        names = [*self._themes.names.values(), *self._new_themes]
        near = process.extractOne(
            cell.text, names, scorer=fuzz.ratio, processor=str.lower, score_cutoff=_LIKE_ANOTHER
        )
        if near is not None:
            yield _fault(FaultKind.THEME_LIKE_ANOTHER, row, cell, (near[0],))

    def _said_before(self, row: Row) -> Iterator[Fault]:
        entry_id = self.id_of(row)
        first = self._seen.row_with_id(entry_id, row.number) if entry_id else None
        if first is not None and row.id:
            yield replace(_of(FaultKind.ID_TWICE, row, Field.ID, row.id), number=first)
            return
        if first is None and row.problem and row.status is not EntryStatus.RETIRED:
            first = self._seen.row_with_problem(row.problem, row.number)
        if first is not None:
            told = _of(FaultKind.PROBLEM_TWICE, row, Field.PROBLEM, row.problem)
            yield replace(told, number=first)

    def _missing(self, row: Row, content: Content) -> Iterator[Fault]:
        if not normalise(content.problem):
            yield _of(FaultKind.PROBLEM_MISSING, row, Field.PROBLEM)
            return
        if not content.solutions and content.status is EntryStatus.LIVE:
            yield _of(FaultKind.SOLUTION_MISSING, row, Field.SOLUTIONS)
        try:
            check(new_entry(content))
        except KnowledgeError as error:
            field = str(error.fields.get("field", ""))
            yield Fault(FaultKind.UNFIT, row.number, field, str(error), line=row.line)

    def _there_already(
        self, session: Session, row: Row, held: Content | None, content: Content
    ) -> Iterator[Fault]:
        if not content.problem or content.status is EntryStatus.RETIRED:
            return
        if held is not None and held.problem == content.problem:
            return
        same = [one for one in self._seen.entries_with(content.problem) if one != content.id]
        if same:
            yield replace(
                _of(FaultKind.DUPLICATE, row, Field.PROBLEM, content.problem), about=(same[0],)
            )
        elif self._engine is not None:
            for entry in near_duplicates(session, self._engine, content.problem):
                if entry.id != content.id:
                    told = _of(FaultKind.NEAR_DUPLICATE, row, Field.PROBLEM, content.problem)
                    yield replace(told, about=(entry.id, quoted(entry.problem)))
                    return

    def _identities(self, row: Row, held: Content | None) -> Iterator[Fault]:
        if self._options.names_read:
            return
        read = set() if held is None else {held.problem, held.source}
        read |= set() if held is None else {*held.solutions, *held.phrases, *held.retired}
        texts = [Cell(Field.PROBLEM, row.problem), Cell(Field.SOURCE, row.source)]
        texts += [*row.solutions, *row.phrases, *row.retired]
        for cell in texts:
            if not cell.text or cell.text in read:
                continue
            spans = find_identifiers(cell.text, self._names)
            if spans:
                found = dict.fromkeys(quoted(cell.text[s.start : s.end]) for s in spans)
                yield _fault(FaultKind.IDENTITY, row, cell, tuple(found))


def wanted(row: Row, held: Content | None, options: Options) -> Row:
    """The row with the status that the options ask for; what a moderator published stays so."""
    if not options.as_drafts:
        return row
    return replace(row, status=EntryStatus.DRAFT if held is None else held.status)


def new_entry(content: Content) -> NewEntry:
    return NewEntry(
        id=content.id,
        problem=content.problem,
        solutions=content.solutions,
        themes=content.themes,
        phrases=content.phrases,
        source=content.source,
        source_date=content.source_date,
        status=content.status,
    )


def _not_readable(faults: Sequence[Fault]) -> bool:
    return any(fault.kind in _NOT_READABLE for fault in faults)


def _fault(kind: FaultKind, row: Row, cell: Cell, about: tuple[str, ...] = ()) -> Fault:
    return Fault(kind, row.number, cell.column, quoted(cell.text), about, line=row.line)


def _of(kind: FaultKind, row: Row, column: str, value: str = "") -> Fault:
    return Fault(kind, row.number, column, quoted(value), line=row.line)
