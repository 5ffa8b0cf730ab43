"""Which format a file has, and the way in and out of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO, assert_never

from knowledge.errors import ExportUnfit, FormatUnknown
from knowledge.interchange import csv_file, json_file, xlsx_file, yaml_file
from knowledge.interchange.content import Content, Most
from knowledge.interchange.documents import document
from knowledge.interchange.record import Record
from knowledge.interchange.tables import cells, header


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    YAML = "yaml"


_SUFFIXES = {f".{one.value}": one for one in Format} | {".yml": Format.YAML}


@dataclass(frozen=True)
class Source:
    """A file of entries: open, binary, one that can be read from its start again."""

    file: BinaryIO
    format: Format


def format_of(name: str) -> Format:
    """The format that a file's name ends with. Raises FormatUnknown."""
    found = _SUFFIXES.get(PurePath(name).suffix.lower())
    if found is None:
        raise FormatUnknown(name=name)
    return found


def records(source: Source) -> Iterator[Record]:
    """The file's rows, one at a time. Raises FileUnreadable, perhaps in the middle."""
    match source.format:
        case Format.CSV:
            return csv_file.read(source.file)
        case Format.XLSX:
            return xlsx_file.read(source.file)
        case Format.JSON:
            return json_file.read(source.file)
        case Format.YAML:
            return yaml_file.read(source.file)
        case _:
            assert_never(source.format)


def write(
    file: BinaryIO,
    kind: Format,
    entries: Iterable[Content],
    most: Most,
    themes: Mapping[str, str],
) -> None:
    """Write the entries, one at a time. Raises ExportUnfit."""
    match kind:
        case Format.CSV:
            csv_file.write(file, _rows(entries, most, themes))
        case Format.XLSX:
            xlsx_file.write(file, _rows(entries, most, themes))
        case Format.JSON:
            json_file.write(file, (document(entry, themes) for entry in entries))
        case Format.YAML:
            yaml_file.write(file, (document(entry, themes) for entry in entries))
        case _:
            assert_never(kind)


def _rows(entries: Iterable[Content], most: Most, themes: Mapping[str, str]) -> Iterator[list[str]]:
    names = header(most)
    yield names
    for entry in entries:
        row = cells(entry, most, themes)
        if len(row) > len(names):
            raise ExportUnfit(reason="the network was changed meanwhile; please try again.")
        yield row
