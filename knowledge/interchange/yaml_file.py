"""YAML: a list of entries, read and written one at a time. Only ever texts, lists and mappings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import yaml

from knowledge.errors import FileUnreadable
from knowledge.interchange.documents import Odd, Pairs, Single, Value, record
from knowledge.interchange.record import Record

Events = Iterator[yaml.Event]
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def read(file: BinaryIO) -> Iterator[Record]:
    """The items of the list that the file is. Raises FileUnreadable."""
    file.seek(0)
    row = 0
    try:
        # Events and not values: nothing is made but texts, and no alias can multiply them.
        events: Events = yaml.parse(file, Loader=_LOADER)
        first = _first(events)
        if first is None:
            return
        if not isinstance(first, yaml.SequenceStartEvent):
            raise FileUnreadable(kind="YAML", reason="it is not a list of entries, each with a “-”")
        seen: set[str] = set()
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            row += 1
            line = event.start_mark.line + 1 if event.start_mark else None
            yield record(row, _item(event, events), seen, line)
        if any(isinstance(event, yaml.DocumentStartEvent) for event in events):
            raise FileUnreadable(kind="YAML", reason="it holds more than one document (---)")
    except yaml.YAMLError as error:
        raise FileUnreadable(kind="YAML", reason=_where(error, row)) from error


def write(file: BinaryIO, documents: Iterable[Mapping[str, object]]) -> None:
    empty = True
    for one in documents:
        written = yaml.dump(
            [dict(one)], Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=100
        )
        file.write(written.encode())
        empty = False
    if empty:
        file.write(b"[]\n")


def _first(events: Events) -> yaml.Event | None:
    """What the first document begins with; None for an empty file."""
    for event in events:
        if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            return None if isinstance(event, yaml.StreamEndEvent) else event
    return None


def _item(event: yaml.Event, events: Events) -> Pairs | None:
    if not isinstance(event, yaml.MappingStartEvent):
        _single(event, events)
        return None
    pairs: list[tuple[str, Value]] = []
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        name = _single(key, events)
        pairs.append((name if isinstance(name, str) else "", _value(next(events), events)))
    return pairs


def _value(event: yaml.Event, events: Events) -> Value:
    if not isinstance(event, yaml.SequenceStartEvent):
        return _single(event, events)
    texts: list[Single] = []
    for part in events:
        if isinstance(part, yaml.SequenceEndEvent):
            break
        texts.append(_single(part, events))
    return tuple(texts)


def _single(event: yaml.Event, events: Events) -> Single:
    if isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0] and event.tag is None
        return None if plain and event.value in _NULLS else str(event.value)
    if isinstance(event, yaml.AliasEvent):
        raise FileUnreadable(kind="YAML", reason="it uses aliases (*name): write the text out")
    depth = 1
    while depth:
        inner = next(events)
        depth += isinstance(inner, yaml.CollectionStartEvent)
        depth -= isinstance(inner, yaml.CollectionEndEvent)
    return Odd.ODD


def _where(error: yaml.YAMLError, row: int) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return f"line {mark.line + 1} is not written properly"
    return f"it is not written properly after entry {row}"
