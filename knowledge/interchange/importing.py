"""Bringing a file of entries in: looked at from end to end first, then put in some at a time.

Each batch is embedded before its transaction opens and committed with its vectors. So the network
is never locked for longer than some rows take to write, no process that searches has to embed what
is new, and a run that was cut short goes on where it stopped: what is in already is unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from knowledge import vectors
from knowledge.database import Database
from knowledge.interchange.changes import Change, planned, put
from knowledge.interchange.content import AT_A_TIME
from knowledge.interchange.fault import Fault
from knowledge.interchange.files import Source, records
from knowledge.interchange.judging import AS_IT_IS, Judge, Judged, Options, Verdict
from knowledge.interchange.record import Record
from knowledge.interchange.row import Row, understood
from knowledge.interchange.seen import Seen
from knowledge.models import EntryStatus
from knowledge.search import Engine
from knowledge.semantic import Embedder

BATCH = 100
"""Entries embedded and committed at a time: what a run that is cut short has to do again."""

Kind = TypeVar("Kind")
Progress = Callable[[str, int, int | None], None]
"""Hears the stage (CHECKING or IMPORTING), rows done, and rows to do where that is known."""
CHECKING = "Checking"
IMPORTING = "Importing"


@dataclass(frozen=True)
class Report:
    """What a file would do, or has done. Counts are of rows; `imported` of those really put in.

    `refused`: nothing was imported, because of what is amiss.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    imported: int = 0
    refused: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing of the file is left out."""
        return not self.refused and self.left_out == 0


@dataclass(frozen=True)
class Order:
    """A file and what is to be done with it.

    With an `engine` that is up to date near-duplicates are looked for; `names` are the members,
    whom no entry may name.
    """

    source: Source
    options: Options = AS_IT_IS
    engine: Engine | None = None
    names: Sequence[str] = ()
    progress: Progress | None = None


def examine(database: Database, order: Order) -> Report:
    """What importing the file would do; nothing is changed. Raises FileUnreadable."""
    with Seen() as seen:
        return _Run(database, order, seen).examined()


def bring_in(
    database: Database, order: Order, *, embedder: Embedder | None, now: datetime
) -> Report:
    """Examine the file, then import it, unless something is amiss and `keep_good` is not set.

    Raises FileUnreadable before anything is imported.
    """
    with Seen() as seen:
        run = _Run(database, order, seen)
        report = run.examined()
        return report if report.refused else run.imported(report, embedder, now=now)


class _Run:
    """One import: the file is read once to look at it, and once more to take it in."""

    def __init__(self, database: Database, order: Order, seen: Seen) -> None:
        self._database = database
        self._order = order
        self._seen = seen
        with database.reading() as session:
            self._judge = Judge(session, seen, order.options, order.engine, order.names)

    def examined(self) -> Report:
        counts = dict.fromkeys(Verdict, 0)
        faults: list[Fault] = []
        broken = False
        for some in _batches(records(self._order.source), AT_A_TIME):
            heads = [fault for record in some if record.header for fault in record.faults]
            broken = broken or any(fault.kind.stops for fault in heads)
            faults += heads
            for one in self._judged([record for record in some if not record.header]):
                counts[one.verdict] += 1
                faults += one.faults
            self._tell(CHECKING, sum(counts.values()), None)
        left_out = counts[Verdict.LEFT_OUT]
        return Report(
            rows=sum(counts.values()),
            new=counts[Verdict.NEW],
            changed=counts[Verdict.CHANGED],
            unchanged=counts[Verdict.UNCHANGED],
            left_out=left_out,
            refused=broken or (left_out > 0 and not self._order.options.keep_good),
            faults=tuple(faults),
        )

    def imported(self, report: Report, embedder: Embedder | None, *, now: datetime) -> Report:
        done = 0
        for some in _batches(self._needed(), BATCH):
            done += self._put_in(some, embedder, now)
            self._tell(IMPORTING, done, report.new + report.changed)
        return replace(report, imported=done)

    def _judged(self, some: Sequence[Record]) -> list[Judged]:
        with self._database.reading() as session:
            judged = self._judge.judged(session, some)
        for record, one in zip(some, judged, strict=True):
            if one.verdict is Verdict.LEFT_OUT:
                self._seen.leave_out(record.row)
        return judged

    def _needed(self) -> Iterator[tuple[str, Row]]:
        """The rows that change anything, each with its entry's id: the file, read once more."""
        good = (
            record
            for record in records(self._order.source)
            if not record.header and not self._seen.left_out(record.row)
        )
        for some in _batches(good, AT_A_TIME):
            rows = [understood(record)[0] for record in some]
            plans = self._planned([(self._judge.id_of(row), row) for row in rows])
            yield from ((plan.wanted.id, plan.row) for plan in plans)

    def _planned(self, rows: Sequence[tuple[str, Row]]) -> list[Change]:
        with self._database.reading() as session:
            return planned(session, rows, self._order.options)

    def _put_in(
        self, rows: Sequence[tuple[str, Row]], embedder: Embedder | None, now: datetime
    ) -> int:
        wanted = [plan.wanted for plan in self._planned(rows)]
        live = [one.wording for one in wanted if one.status is EntryStatus.LIVE]
        made = {} if embedder is None else vectors.made(embedder, live)
        expected = {wording.entry_id: wording.digest for wording in live}
        with self._database.writing() as session:
            done = put(session, rows, self._order.options, now=now)
            if embedder is not None:
                # Somebody may have changed an entry meanwhile: its vectors are made elsewhere.
                stand = [
                    wording
                    for wording in vectors.wordings_of(session, list(expected))
                    if wording.digest == expected[wording.entry_id]
                ]
                vectors.write(session, embedder.name, stand, made)
        return done

    def _tell(self, stage: str, done: int, total: int | None) -> None:
        if self._order.progress is not None:
            self._order.progress(stage, done, total)


def _batches(things: Iterable[Kind], size: int) -> Iterator[list[Kind]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
