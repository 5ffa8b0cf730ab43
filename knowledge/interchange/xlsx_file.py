"""Excel workbooks, row by row: the first sheet is read, and texts are only ever texts."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO, Protocol, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.errors import ExportUnfit, FileUnreadable
from knowledge.interchange.fault import Fault, FaultKind, quoted
from knowledge.interchange.record import Record
from knowledge.interchange.tables import Line, records

LONGEST_CELL = 32_767
"""Characters (UTF-16 code units) of a cell, and columns of a sheet: Excel's own limits."""
_MOST_COLUMNS = 16_384
_NOT_PLAIN = re.compile(r"[=+\-@#\t\r\n＝＋－＠]")
# Excel writes a character that XML cannot hold as _xHHHH_, and the start of such a text likewise.
_TO_HIDE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_HIDDEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WIDE = 60
_NARROW = 16


class _Reading(Protocol):
    """A sheet of a workbook that is read row by row: what is used of it."""

    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterable[tuple[object, ...]]: ...


def read(file: BinaryIO) -> Iterator[Record]:
    """The rows of the first sheet; a fault tells of others. Raises FileUnreadable."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the workbook has besides cells is no matter
            book = load_workbook(file, read_only=True, data_only=True)
        sheets = cast("list[_Reading]", book.worksheets)
        if len(sheets) > 1:
            told = Fault(FaultKind.OTHER_SHEETS, 0, value=quoted(sheets[0].title))
            yield Record(0, faults=(told,), header=True)
        yield from records(_lines(sheets[0]) if sheets else ())
    except (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError) as error:
        reason = "it is no .xlsx workbook, or is damaged or locked by a password"
        raise FileUnreadable(kind="Excel", reason=reason) from error


def write(file: BinaryIO, rows: Iterable[Sequence[str]]) -> None:
    """The rows, the first being the header. Raises ExportUnfit where Excel would lose anything."""
    book = Workbook(write_only=True)
    sheet = cast("Worksheet", book.create_sheet("Entries"))
    try:
        _fill(sheet, rows)
    except BaseException:
        sheet.close()  # type: ignore[attr-defined] # else it complains when it is thrown away
        raise
    book.save(file)


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    header: Sequence[str] = ()
    for row in rows:
        if not header:
            header = row
            _lay_out(sheet, header)
            sheet.append([_headline(sheet, name) for name in header])
            continue
        for name, text in zip(header, row, strict=True):
            if (long := _units(hidden(text))) > LONGEST_CELL:
                raise ExportUnfit(
                    reason=f"in the entry {row[0]} the {name} has {long:,} characters, and a cell "
                    f"in Excel holds {LONGEST_CELL:,}. Choose CSV, JSON or YAML instead."
                )
        sheet.append([_cell(sheet, text) for text in row])


def hidden(text: str) -> str:
    """The text without the characters that XML cannot hold; `shown` gives it back."""
    return _TO_HIDE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def shown(text: str) -> str:
    return _HIDDEN.sub(lambda found: chr(int(found[1], 16)), text)


def _units(text: str) -> int:
    """Length as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def _lines(sheet: _Reading) -> Iterator[Line]:
    sheet.reset_dimensions()  # some programs write them wrongly
    for row, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield Line(row, [_text(value) for value in values])


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shown(str(value))


def _cell(sheet: Worksheet, text: str) -> Cell | str | None:
    plain = hidden(text)
    if not _NOT_PLAIN.match(text):
        return plain or None
    cell = WriteOnlyCell(sheet, plain)
    cell.data_type = "s"  # a text, whatever it looks like, and still one when somebody edits it
    cell.quotePrefix = True
    return cell


def _headline(sheet: Worksheet, name: str) -> Cell:
    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top")
    return cell


def _lay_out(sheet: Worksheet, header: Sequence[str]) -> None:
    if len(header) > _MOST_COLUMNS:
        raise ExportUnfit(
            reason=f"it takes {len(header):,} columns, and a sheet in Excel has "
            f"{_MOST_COLUMNS:,}. Choose CSV, JSON or YAML instead."
        )
    sheet.freeze_panes = "B2"
    for number, name in enumerate(header, start=1):
        wide = name.startswith(("problem", "solution", "phrase", "retired"))
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE if wide else _NARROW
