"""JSON: a list of entries, read and written one at a time."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import ijson

from knowledge.errors import FileUnreadable
from knowledge.interchange.documents import Odd, Pairs, Single, Value, record
from knowledge.interchange.record import Record

Events = Iterator[tuple[str, object]]


def read(file: BinaryIO) -> Iterator[Record]:
    """The items of the list that the file is. Raises FileUnreadable."""
    file.seek(0)
    if file.read(3) != codecs.BOM_UTF8:
        file.seek(0)
    # Events and not values: a value that nests a million deep would be built in memory first.
    events: Events = ijson.basic_parse(file)
    row = 0
    try:
        if next(events)[0] != "start_array":
            raise FileUnreadable(kind="JSON", reason="it is not a list of entries: [{...}, {...}]")
        seen: set[str] = set()
        for event, _ in events:
            if event == "end_array":
                break
            row += 1
            yield record(row, _item(event, events), seen)
        next(events, None)  # nothing may follow
    except ijson.JSONError as error:
        broken = f"it is not written properly after entry {row}" if row else "it is not JSON"
        raise FileUnreadable(kind="JSON", reason=broken) from error


def write(file: BinaryIO, documents: Iterable[Mapping[str, object]]) -> None:
    before = "[\n"
    for one in documents:
        file.write(f"{before}{json.dumps(one, ensure_ascii=False, indent=1)}".encode())
        before = ",\n"
    file.write(b"[]\n" if before == "[\n" else b"\n]\n")


def _item(event: str, events: Events) -> Pairs | None:
    """One item as pairs of key and value; None where it is no mapping."""
    if event != "start_map":
        _passed(event, events)
        return None
    pairs: list[tuple[str, Value]] = []
    for kind, key in events:
        if kind == "end_map":
            break
        pairs.append((str(key), _value(*next(events), events)))
    return pairs


def _value(event: str, value: object, events: Events) -> Value:
    if event != "start_array":
        return _single(event, value, events)
    texts: list[Single] = []
    for kind, part in events:
        if kind == "end_array":
            break
        texts.append(_single(kind, part, events))
    return tuple(texts)


def _single(event: str, value: object, events: Events) -> Single:
    if event in ("string", "number"):
        return str(value)
    if event == "null":
        return None
    _passed(event, events)
    return Odd.ODD


def _passed(event: str, events: Events) -> None:
    """Read on to the end of what has begun, and keep nothing of it."""
    depth = int(event.startswith("start"))
    while depth:
        kind, _ = next(events)
        depth += kind.startswith("start") - kind.startswith("end")
