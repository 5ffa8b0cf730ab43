"""The starter knowledge: what the action learning sets of March 2023 left behind, and a glossary.

Laid in once, on the first start: a moderator who retires all of it does not get it back.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy.orm import Session

from knowledge import entries, glossary, state, themes, vectors
from knowledge.interchange import checked
from knowledge.models import PhraseOrigin
from knowledge.semantic import Embedder

Kind = Literal["cross-cutting", "hub page", "overarching", "network"]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ThemeRow(_Row):
    id: str
    name: str
    kind: Kind | list[Kind]
    also: list[str] = []


class EntryRow(_Row):
    id: str
    problem: str
    themes: list[str]
    solutions: list[str]
    phrases: list[str] = []
    source: str
    source_date: date


class TermRow(_Row):
    term: str
    means: str
    also: list[str] = []
    case_sensitive: bool = False


def load(
    session: Session,
    embedder: Embedder | None,
    *,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Lay the starter knowledge in and return how many entries that were; 0 if it ever was before.

    `progress` hears entries embedded and entries to embed. Raises CollectionMalformed.
    """
    row = state.row(session)
    if row.starter_loaded_at is not None:
        return 0
    row.starter_loaded_at = now
    session.flush()
    themes.add_themes(session, [themes.NewTheme(t.id, t.name, tuple(t.also)) for t in theme_rows()])
    news = [_new(row) for row in entry_rows()]
    entries.add_all(session, news, now=now, origin=PhraseOrigin.STARTER)
    glossary_only(session)
    if embedder is not None:
        vectors.store(session, embedder, progress=progress)
    return len(news)


def glossary_only(session: Session) -> int:
    """Lay in the starter glossary alone and return how many terms it has."""
    rows = term_rows()
    glossary.add_all(
        session,
        [glossary.NewTerm(r.term, r.means, tuple(r.also), r.case_sensitive) for r in rows],
    )
    return len(rows)


def theme_rows() -> list[ThemeRow]:
    return checked(TypeAdapter(list[ThemeRow]), _read("themes.yaml"), "themes.yaml")


def entry_rows() -> list[EntryRow]:
    return checked(TypeAdapter(list[EntryRow]), _read("entries.yaml"), "entries.yaml")


def term_rows() -> list[TermRow]:
    return checked(TypeAdapter(list[TermRow]), _read("glossary.yaml"), "glossary.yaml")


def _new(row: EntryRow) -> entries.NewEntry:
    return entries.NewEntry(
        id=row.id,
        problem=row.problem,
        solutions=tuple(row.solutions),
        themes=tuple(row.themes),
        phrases=tuple(row.phrases),
        source=row.source,
        source_date=row.source_date,
    )


def _read(name: str) -> object:
    text = importlib.resources.files(__name__).joinpath(name).read_text("utf-8")
    loaded: object = yaml.load(text, Loader=_loader())  # noqa: S506 (a safe loader, in C where there is one)
    return loaded


def _loader() -> type[yaml.SafeLoader]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
