"""CSV, as spreadsheets write and read it: UTF-8 with its mark, and what older ones wrote."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from knowledge.errors import FileUnreadable
from knowledge.interchange.fault import Fault, FaultKind
from knowledge.interchange.record import Record
from knowledge.interchange.tables import Line, escaped, records, unescaped

_PIECE = 1 << 16
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OLD_WINDOWS = "cp1252"
_SEPARATORS = ",;\t"


def read(file: BinaryIO) -> Iterator[Record]:
    """The rows; with a fault where the encoding had to be guessed. Raises FileUnreadable."""
    if is_guessed(file):
        yield Record(0, faults=(Fault(FaultKind.ENCODING_GUESSED, 0),), header=True)
    yield from records(lines(file))


def is_guessed(file: BinaryIO) -> bool:
    """Whether nothing in the file tells in which letters it is written."""
    return _encoding(file) == _OLD_WINDOWS


def lines(file: BinaryIO) -> Iterator[Line]:
    """The texts of each row, the empty ones too. Raises FileUnreadable."""
    text = io.TextIOWrapper(file, _encoding(file), newline="")
    try:
        yield from _lines(text, _separator(text))
    except csv.Error as error:
        raise FileUnreadable(kind="CSV", reason=str(error)) from error
    except UnicodeDecodeError as error:
        raise FileUnreadable(kind="CSV", reason="its letters cannot be told") from error
    finally:
        text.detach()  # the file stays open: whoever opened it may read it again


def write(file: BinaryIO, rows: Iterable[Sequence[str]]) -> None:
    """The rows, the first being the header; formulas are escaped."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([escaped(cell) for cell in row])
    text.flush()
    text.detach()


def _lines(text: io.TextIOWrapper, separator: str) -> Iterator[Line]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    for row, cells in enumerate(reader, start=1):
        yield Line(row, [unescaped(cell) for cell in cells], reader.line_num)


def _separator(text: io.TextIOWrapper) -> str:
    """Spreadsheets of some languages part cells by semicolons: the header tells."""
    first = text.readline()
    while first and not first.strip():
        first = text.readline()
    text.seek(0)
    return max(_SEPARATORS, key=first.count)


def _encoding(file: BinaryIO) -> str:
    """UTF-8 where the whole file is; else what a Windows spreadsheet wrote before it knew UTF-8."""
    file.seek(0)
    mark = file.read(2)
    file.seek(0)
    if mark in _UTF16:
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _OLD_WINDOWS
    finally:
        file.seek(0)
    return "utf-8-sig"
