"""`als knowledge import`, `export` and `check`: files of entries, in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot import members
from bot.settings import Settings
from bot.wording import importing as wording
from handlers import clock
from handlers.cli import Refused, current_database, err, out, settings
from handlers.entry_files import format_named, opened, unfinished
from handlers.matching import embedder
from knowledge.database import Database
from knowledge.interchange import checking, exporting, importing
from knowledge.interchange.content import Choice
from knowledge.interchange.fault import Fault, FaultKind
from knowledge.interchange.files import Format
from knowledge.interchange.importing import Order, Report
from knowledge.interchange.judging import Options
from knowledge.models import Base, EntryStatus
from knowledge.search import Engine
from knowledge.semantic import Embedder
from knowledge.themes import theme_named

_READ_THEM = "If you have read them and they may stay: --names-read"
_KEEP_GOOD = "To import the others all the same: --keep-good"

FileArgument = Annotated[str, typer.Argument(help="The file; - for standard input or output.")]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Where the file's name does not say it.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
NewThemes = Annotated[bool, typer.Option(help="Make the themes that the network does not have.")]
NamesRead = Annotated[
    bool, typer.Option("--names-read", help="The names found have been read and may stay.")
]
Told = Callable[[str, int, int | None], None]


class Which(StrEnum):
    LIVE = "live"
    DRAFT = "draft"
    RETIRED = "retired"
    ALL = "all"


def register(app: typer.Typer) -> None:
    app.command("import")(import_)
    app.command()(export)
    app.command()(check)


def import_(
    file: FileArgument,
    kind: FormatOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="Import the good rows of a file with bad ones.")
    ] = False,
    as_drafts: Annotated[
        bool, typer.Option("--as-drafts", help="Hold new entries back for a moderator.")
    ] = False,
    new_themes: NewThemes = False,
    names_read: NamesRead = False,
    as_json: JsonOption = False,
) -> None:
    """Add and change entries from a CSV, Excel, JSON or YAML file.

    The whole file is looked at first; where something is amiss, nothing is imported.
    """
    options = Options(keep_good, as_drafts, new_themes, names_read)
    read = settings()
    with opened(file, kind) as source, current_database(read) as database:
        model = _model(read)
        with _progress() as told:
            order = Order(source, options, _engine(database, model), _names(database), told)
            if dry_run:
                report = importing.examine(database, order)
            else:
                report = importing.bring_in(database, order, embedder=model, now=clock.now())
    _tell(report, source.format, file, done=not dry_run, as_json=as_json)


def check(
    file: Annotated[
        str | None, typer.Argument(help="A file; without one, the network's own entries.")
    ] = None,
    kind: FormatOption = None,
    names_read: NamesRead = False,
    as_json: JsonOption = False,
) -> None:
    """Say what is amiss in a file (needs no database), or in what the network knows."""
    if file is None:
        _check_network(as_json=as_json)
        return
    options = Options(new_themes=True, names_read=names_read)
    with opened(file, kind) as source, _throw_away() as database, _progress() as told:
        report = importing.examine(database, Order(source, options, progress=told))
    _tell(report, source.format, file, done=False, as_json=as_json)


def export(
    file: FileArgument,
    kind: FormatOption = None,
    theme: Annotated[str | None, typer.Option(help="Only the entries under this theme.")] = None,
    status: Annotated[Which, typer.Option(help="Only these entries.")] = Which.ALL,
) -> None:
    """Write the entries to a CSV, Excel, JSON or YAML file."""
    written_as = kind or format_named(file)
    with current_database(settings()) as database, database.reading() as session:
        shelf = None if theme is None else theme_named(session, theme)
        if theme is not None and shelf is None:
            raise Refused(f"There is no theme called “{theme}”. See: als chat, then type themes")
        chosen = None if status is Which.ALL else EntryStatus(status.value)
        choice = Choice(None if shelf is None else shelf.id, chosen)
        with unfinished(file) as target, _progress() as told:
            written = exporting.export(
                session,
                target,
                written_as,
                choice,
                progress=lambda done, total: told("Exporting", done, total),
            )
    err.print(f"{written:,} exported.")


def _check_network(*, as_json: bool) -> None:
    read = settings()
    with current_database(read) as database:
        engine, names = _engine(database, _model(read)), _names(database)
        with database.reading() as session, _progress() as told:
            found = list(
                checking.remarks(
                    session,
                    engine,
                    names,
                    progress=lambda done, total: told("Checking", done, total),
                )
            )
    if as_json:
        listed = [
            {"kind": one.kind.value, "entry": one.entry_id, "sentence": wording.remark(one)}
            for one in found
        ]
        sys.stdout.write(json.dumps({"problems": listed}, ensure_ascii=False) + "\n")
    else:
        for one in found:
            out.print(wording.remark(one), markup=False)
        if not found:
            out.print(wording.NOTHING_AMISS)
    if found:
        raise typer.Exit(1)


def _tell(report: Report, kind: Format, file: str, *, done: bool, as_json: bool) -> None:
    """Prints all that was found and ends with 1 where anything of the file is left out."""
    if as_json:
        document = _document(report, kind, file, done=done)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        for fault in report.faults:
            out.print(_sentence(fault, kind), markup=False)
        out.print(wording.summary(report, done=done))
        _hint(report, done=done)
    if not report.clean:
        raise typer.Exit(1)


def _hint(report: Report, *, done: bool) -> None:
    if any(fault.kind is FaultKind.IDENTITY for fault in report.faults):
        out.print(f"{wording.NAMES_FOUND} {_READ_THEM}")
    if done and report.refused and report.new + report.changed and report.left_out:
        out.print(_KEEP_GOOD)


def _sentence(fault: Fault, kind: Format) -> str:
    told = "" if fault.kind.stops else "(only to tell) "
    return f"{told}{wording.place(fault, kind)}: {wording.amiss(fault)}"


def _document(report: Report, kind: Format, file: str, *, done: bool) -> dict[str, object]:
    return {
        "file": file,
        "format": kind.value,
        "dry_run": not done,
        "rows": report.rows,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "left_out": report.left_out,
        "imported": report.imported,
        "refused": report.refused,
        "problems": [
            {
                "row": fault.row,
                "line": fault.line,
                "column": fault.column,
                "kind": fault.kind.value,
                "stops": fault.kind.stops,
                "sentence": wording.amiss(fault),
            }
            for fault in report.faults
        ],
    }


@contextmanager
def _throw_away() -> Iterator[Database]:
    database = Database("sqlite://")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on standard error; none where that is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = not err.is_terminal
    with Progress(*columns, console=err, transient=True, disable=hidden) as progress:
        task = progress.add_task("", total=None)

        def told(stage: str, done: int, total: int | None) -> None:
            progress.update(task, description=stage, completed=done, total=total)

        yield told


def _model(read: Settings) -> Embedder | None:
    model, why = embedder(read)
    if why:
        err.print(f"Matching by words alone. {why}", markup=False)
    return model


def _engine(database: Database, model: Embedder | None) -> Engine:
    engine = Engine(model)
    with database.reading() as session:
        engine.refresh(session)
    return engine


def _names(database: Database) -> Sequence[str]:
    """The members, whom no entry may name."""
    with database.reading() as session:
        return [row.name for row in members.listed(session) if row.name]
