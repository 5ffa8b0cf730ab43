"""What is said about a file of entries, and about the network's own ones."""

from __future__ import annotations

from typing import assert_never

from knowledge.interchange.checking import Remark, RemarkKind
from knowledge.interchange.fault import Fault, FaultKind
from knowledge.interchange.files import Format
from knowledge.interchange.importing import Report

NOTHING_IN_IT = "The file holds no entries."
NOTHING_AMISS = "Nothing is amiss."
NAMES_FOUND = (
    "Entries must not tell who said something, or for which council. Please put neutral words in "
    "place of the names and addresses found."
)


def place(fault: Fault, kind: Format) -> str:
    """Where it is: as a spreadsheet counts, or as the entries of a JSON or YAML file stand."""
    if fault.row == 0:
        return "The file"
    where = f"Row {fault.row}" if kind in (Format.CSV, Format.XLSX) else f"Entry {fault.row}"
    if fault.line is not None and (fault.line != fault.row or where.startswith("Entry")):
        where += f" (line {fault.line})"
    return f"{where}, {fault.column}" if fault.column else where


def amiss(fault: Fault) -> str:  # noqa: C901 (one line for each kind: a table, not a path)
    """What is amiss, in one sentence that follows its place and a colon."""
    value, about = fault.value, fault.about
    match fault.kind:
        case FaultKind.NO_PROBLEM_COLUMN:
            return "there is no column called “problem”. The first row must name the columns."
        case FaultKind.COLUMN_UNKNOWN:
            return "this is nothing that an entry holds, so it is not read."
        case FaultKind.COLUMN_MISSPELT:
            return f"did you mean “{about[0]}”? Please rename it: as it is, it cannot be read."
        case FaultKind.COLUMN_TWICE:
            return "this is there twice."
        case FaultKind.CELLS_OVER:
            return f"“{value}” stands outside the named columns. A comma may lack its quotes."
        case FaultKind.WRONG_SHAPE:
            return "this should be a text, or a list of texts where an entry may have several."
        case FaultKind.ENCODING_GUESSED:
            return (
                "it is not UTF-8, so it was read as Windows-1252. Please look at letters with "
                "accents, pound signs and quotes; or save it again as “CSV UTF-8”."
            )
        case FaultKind.OTHER_SHEETS:
            return f"it has several sheets; only the first one, “{value}”, is read."
        case FaultKind.CELL_FULL:
            return (
                "this cell holds 32,767 characters, as many as Excel can. Its end may be missing."
            )
        case FaultKind.PROBLEM_MISSING:
            return "the problem is missing."
        case FaultKind.SOLUTION_MISSING:
            return "there is no solution. An entry needs one at least (or the status “draft”)."
        case FaultKind.TOO_LONG:
            return f"this is longer than {fault.number:,} characters (“{value}”)."
        case FaultKind.UNKEEPABLE:
            return "this has a character in it that cannot be kept, one that nobody can see."
        case FaultKind.THEME_UNKNOWN:
            return f"there is no theme called “{value}”.{_perhaps(about)}"
        case FaultKind.THEME_LIKE_ANOTHER:
            return f"the new theme “{value}” looks much like “{about[0]}”."
        case FaultKind.STATUS_UNKNOWN:
            return f"“{value}” is no status. It can be live, draft or retired."
        case FaultKind.DATE_UNREADABLE:
            return (
                f"“{value}” is no date that I can read. Write the day first, like 31/3/2023 or "
                "31 March 2023, or 2023-03-31."
            )
        case FaultKind.ID_TWICE:
            return f"the id “{value}” is there already, at {fault.number}."
        case FaultKind.PROBLEM_TWICE:
            return f"the same problem is there already, at {fault.number}."
        case FaultKind.DUPLICATE:
            return f"the network has this very problem already, as the entry “{about[0]}”."
        case FaultKind.NEAR_DUPLICATE:
            return f"this says nearly the same as the entry “{about[0]}”: {about[1]}"
        case FaultKind.IDENTITY:
            return f"{_listed(about)} may tell who said it, or for which council."
        case FaultKind.UNFIT:
            return value
        case _:
            assert_never(fault.kind)


def remark(one: Remark) -> str:
    """What a moderator should look at in an entry of the network."""
    named = f"{one.entry_id} (“{one.problem}”)"
    match one.kind:
        case RemarkKind.NO_THEME:
            return f"{named} stands under no theme."
        case RemarkKind.NO_SOLUTION:
            return f"{named} has no solution."
        case RemarkKind.IDENTITY:
            return f"{named}: {_listed(one.about)} may tell who said it, or for which council."
        case RemarkKind.NEAR_DUPLICATE:
            return f"{named} says nearly the same as {one.about[0]} (“{one.about[1]}”)."
        case _:
            assert_never(one.kind)


def summary(report: Report, *, done: bool) -> str:
    """The counts in a sentence or two. `done` is False for a look that changes nothing."""
    if report.rows == 0 and not report.refused:
        return NOTHING_IN_IT
    parts = (
        f"{_entries(report.rows)} read: {report.new:,} new, {report.changed:,} changed, "
        f"{report.unchanged:,} as they were, {report.left_out:,} with something amiss."
    )
    if not done:
        return parts
    if report.refused:
        return f"{parts} Nothing was imported."
    return f"{parts} {report.imported:,} imported."


def _perhaps(names: tuple[str, ...]) -> str:
    return f" Did you mean {' or '.join(f'“{name}”' for name in names)}?" if names else ""


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{one}”" for one in words)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"
