"""Collections that the engine is measured with: read, checked, never half trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.entries import EntryView
from knowledge.errors import CollectionMalformed
from knowledge.search import Finding

Rows = TypeVar("Rows")


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class KnowledgeRow(_Row):
    id: str = Field(min_length=1, max_length=64)
    problem: str = Field(min_length=1)
    solutions: list[str]
    theme: str | None = None
    phrases: list[str] = []


class QueryRow(_Row):
    text: str
    entry: str
    also: list[str] = []
    style: str | None = None

    @property
    def right(self) -> frozenset[str]:
        return frozenset((self.entry, *self.also))


class OutOfScopeRow(_Row):
    text: str
    kind: str | None = None


def knowledge_rows(path: Path) -> list[KnowledgeRow]:
    rows = _read(path, TypeAdapter(list[KnowledgeRow]))
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if row.id in seen:
            raise malformed(path.name, number, "id", f"{row.id!r} is there twice")
        seen.add(row.id)
    return rows


def query_rows(path: Path, known: frozenset[str]) -> list[QueryRow]:
    """The queries; each must name entries among `known`."""
    rows = _read(path, TypeAdapter(list[QueryRow]))
    for number, row in enumerate(rows, start=1):
        unknown = sorted(row.right - known)
        if unknown:
            field = "entry" if row.entry in unknown else "also"
            raise malformed(path.name, number, field, f"no entry has the id {unknown[0]!r}")
    return rows


def out_of_scope_rows(path: Path) -> list[OutOfScopeRow]:
    return _read(path, TypeAdapter(list[OutOfScopeRow]))


def checked(adapter: TypeAdapter[Rows], data: object, file: str) -> Rows:
    """`data` in the adapter's shape. Raises CollectionMalformed for the first thing amiss."""
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = first["loc"]
        number = place[0] + 1 if place and isinstance(place[0], int) else None
        field = ".".join(str(part) for part in place[1:])
        raise malformed(file, number, field, first["msg"]) from error


def malformed(file: str, number: int | None, field: str, reason: str) -> CollectionMalformed:
    """`number` counts the file's items from 1; None is the file as a whole."""
    item = "the file" if number is None else f"item {number}"
    return CollectionMalformed(file=file, item=item, field=field or "value", reason=reason)


def _read(path: Path, adapter: TypeAdapter[Rows]) -> Rows:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise malformed(str(path), None, "content", error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise malformed(path.name, None, "encoding", "is not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise malformed(path.name, None, "content", f"is not JSON ({error})") from error
    return checked(adapter, data, path.name)


def ask_json(finding: Finding, entries: Mapping[str, EntryView]) -> dict[str, object]:
    """The document that `als ask --json` prints; matches missing from `entries` are left out."""
    shown = [(m, entries[m.entry_id]) for m in finding.matches if m.entry_id in entries]
    return {
        "decision": finding.decision.value,
        "matches": [
            {
                "id": entry.id,
                "problem": entry.problem,
                "theme": entry.themes[0] if entry.themes else None,
                "score": round(match.score, 4),
                "solutions": list(entry.solutions),
                "why": match.why.as_json(),
            }
            for match, entry in shown
        ],
    }
