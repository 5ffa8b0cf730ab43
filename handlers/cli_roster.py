"""`als members import`: a table of people, as somebody keeps it in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, BinaryIO

import typer
from sqlalchemy.orm import Session

from bot.invitations import INVITATION_LASTS
from bot.learning_sets import enrolling, roster
from bot.learning_sets.enrolling import Code, Judged
from bot.learning_sets.roster import Amiss, Roster
from bot.wording import roster as wording
from handlers import clock
from handlers.cli import Refused, current_database, out, settings
from handlers.entry_files import STANDARD, opened, unfinished
from knowledge.interchange import csv_file
from knowledge.interchange.files import Format
from knowledge.interchange.tables import escaped

_KEEP_GOOD = "To add the others all the same: --keep-good"
_OWN_EYES = 0o600


def register(members_app: typer.Typer) -> None:
    members_app.command("import")(import_)


def import_(
    file: Annotated[str, typer.Argument(help="A CSV file; - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="Add the good rows of a file with bad ones.")
    ] = False,
    codes: Annotated[
        str, typer.Option("--invitations", help="A CSV file to write, with a code for each.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Add members from a table with the columns name, role, job, seniority, nation, themes, set.

    The whole file is looked at first; where something is amiss, nobody is added.
    """
    if as_json and codes == STANDARD:
        raise Refused("Both cannot be written to standard output: name a file for --invitations.")
    with current_database(settings()) as database:
        people = read(file)
        if dry_run:
            with database.reading() as session:
                judged = enrolling.judge(session, people)
        else:
            with database.writing() as session:
                judged = enrolling.judge(session, people)
                if judged.clean or (keep_good and judged.good):
                    _enrol(session, judged, codes)
    done = not dry_run and (judged.clean or (keep_good and bool(judged.good)))
    _tell(judged, file, dry_run=dry_run, done=done, as_json=as_json)
    if done and codes and codes != STANDARD and not as_json:
        out.print(
            f"{len(judged.new)} codes are in {codes}; each works once, for "
            f"{INVITATION_LASTS.days} days.",
            markup=False,
        )


def read(file: str) -> Roster:
    """The table in a CSV file. Raises Refused, FileUnreadable."""
    with opened(file, Format.CSV) as source:
        guessed = csv_file.is_guessed(source.file)
        found = roster.read(csv_file.lines(source.file))
    if not guessed:
        return found
    told = Amiss(0, None, "", wording.ENCODING_GUESSED, stops=False)
    return Roster(found.rows, (told, *found.amiss))


def _enrol(session: Session, judged: Judged, codes: str) -> None:
    """The codes are in their file before they count: nobody could ask for them again."""
    made = enrolling.enrol(session, judged, invite=bool(codes), now=clock.now())
    if codes:
        with unfinished(codes) as target:
            _write(target, made)


def _write(target: BinaryIO, codes: Sequence[Code]) -> None:
    os.fchmod(target.fileno(), _OWN_EYES)
    with _as_text(target) as text:
        writer = csv.writer(text)
        writer.writerow(("name", "code", "what to send to the bot"))
        for one in codes:
            writer.writerow((escaped(one.name), one.code, f"join {one.code}"))


@contextmanager
def _as_text(target: BinaryIO) -> Iterator[io.TextIOWrapper]:
    text = io.TextIOWrapper(target, "utf-8-sig", newline="")
    yield text
    text.flush()
    text.detach()


def _tell(judged: Judged, file: str, *, dry_run: bool, done: bool, as_json: bool) -> None:
    """Prints all that was found and ends with 1 where anybody is left out."""
    if as_json:
        document = _document(judged, file, dry_run=dry_run, done=done)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        _print(judged, dry_run=dry_run, done=done)
    if not judged.clean:
        raise typer.Exit(1)


def _print(judged: Judged, *, dry_run: bool, done: bool) -> None:
    for one in judged.amiss:
        told = "" if one.stops else "(only to tell) "
        out.print(f"{told}{_place(one)}: {one.sentence}", markup=False)
    known = len(judged.good) - len(judged.new)
    said = wording.summary(judged.rows, len(judged.new), known, judged.left_out)
    if not dry_run:
        said += f" {wording.added(len(judged.new)) if done else wording.NOTHING_ADDED}"
    out.print(said)
    if not dry_run and not done and judged.good:
        out.print(_KEEP_GOOD)


def _place(one: Amiss) -> str:
    if one.row == 0:
        return f"The file, {one.column}" if one.column else "The file"
    where = f"Row {one.row}"
    if one.line is not None and one.line != one.row:
        where += f" (line {one.line})"
    return f"{where}, {one.column}" if one.column else where


def _document(judged: Judged, file: str, *, dry_run: bool, done: bool) -> dict[str, object]:
    return {
        "file": file,
        "dry_run": dry_run,
        "rows": judged.rows,
        "new": len(judged.new),
        "known": len(judged.good) - len(judged.new),
        "left_out": judged.left_out,
        "added": len(judged.new) if done else 0,
        "refused": not dry_run and not done,
        "problems": [
            {
                "row": one.row,
                "line": one.line,
                "column": one.column,
                "sentence": one.sentence,
                "stops": one.stops,
            }
            for one in judged.amiss
        ],
    }
