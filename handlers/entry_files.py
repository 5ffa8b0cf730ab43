"""Files of entries that a command was given: found, opened, and put in their place when whole."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from handlers.cli import Refused
from knowledge.interchange.files import Format, Source, format_of

STANDARD = "-"
"""A file's name that means standard input or output."""


def format_named(file: str) -> Format:
    """The format by the file's name. Raises Refused or FormatUnknown."""
    if file == STANDARD:
        raise Refused("Say which format it is, such as: --format csv")
    return format_of(file)


@contextmanager
def opened(file: str, kind: Format | None) -> Iterator[Source]:
    """The file, of that format or else of the one that its name says. Raises Refused."""
    known = kind or format_named(file)
    if file == STANDARD:
        with tempfile.TemporaryFile() as kept:  # it is read twice
            shutil.copyfileobj(sys.stdin.buffer, kept)
            yield Source(kept, known)
        return
    with _readable(file) as read:
        yield Source(read, known)


@contextmanager
def unfinished(file: str) -> Iterator[BinaryIO]:
    """A file to write that takes its place once it is whole. Raises Refused."""
    if file == STANDARD:
        with tempfile.TemporaryFile() as kept:
            yield kept
            kept.seek(0)
            shutil.copyfileobj(kept, sys.stdout.buffer)
        return
    place = Path(file)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with beside.open("wb") as written:
            yield written
        beside.replace(place)
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)


def _readable(file: str) -> BinaryIO:
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
