"""Entries and themes: read them for a card, add them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from knowledge import redirects, solutions, state
from knowledge.errors import EntryExists, EntryUnfit
from knowledge.models import (
    ENTRY_ID_LENGTH,
    Entry,
    EntryStatus,
    Phrase,
    PhraseOrigin,
    Solution,
    Theme,
    entry_theme,
)
from knowledge.solutions import SolutionView
from knowledge.text import normalise
from knowledge.themes import ThemeView, theme_ids, theme_named, themes

__all__ = [
    "EntryView",
    "NewEntry",
    "ThemeView",
    "add",
    "add_all",
    "check",
    "check_id",
    "entries_by_id",
    "entries_of_theme",
    "entry",
    "theme_named",
    "themes",
]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
"""What stands in a button's value, between its colons, and in a web address as it is."""
_BATCH = 500
"""Ids in one IN list: below SQLite's and PostgreSQL's limits on bound values."""


@dataclass(frozen=True)
class EntryView:
    """A live entry as a card shows it: the better proven solutions first.

    `themes` are names, the first is the main one.
    """

    id: str
    problem: str
    numbered: tuple[SolutionView, ...]
    themes: tuple[str, ...]
    source: str
    source_date: date | None

    @property
    def solutions(self) -> tuple[str, ...]:
        return tuple(solution.text for solution in self.numbered)


@dataclass(frozen=True)
class NewEntry:
    """An entry to add. `themes` are ids or names of themes; without an `id` one is made."""

    problem: str
    solutions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    source: str = ""
    source_date: date | None = None
    status: EntryStatus = EntryStatus.LIVE
    id: str | None = None


def entry(session: Session, entry_id: str) -> EntryView | None:
    """The live entry that this id leads to; None where there is none, or it is not live.

    Of an entry that was merged into another, it is the other, with the other's id.
    """
    return entries_by_id(session, (entry_id,)).get(entry_id)


def entries_by_id(session: Session, ids: Iterable[str]) -> dict[str, EntryView]:
    """The live ones among `ids`, in the order asked. An id of a merged entry finds the other."""
    wanted = list(dict.fromkeys(ids))
    views = _live(session, wanted)
    missing = [entry_id for entry_id in wanted if entry_id not in views]
    ends = redirects.current_ids(session, missing)
    merged = _live(session, [end for old, end in ends.items() if end != old])
    views |= {old: merged[end] for old, end in ends.items() if end in merged}
    return {entry_id: views[entry_id] for entry_id in wanted if entry_id in views}


def _live(session: Session, ids: Sequence[str]) -> dict[str, EntryView]:
    views: dict[str, EntryView] = {}
    for start in range(0, len(ids), _BATCH):
        views |= _views(session, ids[start : start + _BATCH])
    return {entry_id: views[entry_id] for entry_id in ids if entry_id in views}


def entries_of_theme(session: Session, theme_id: str) -> tuple[EntryView, ...]:
    """The live entries under a theme: those that have it as their main theme first."""
    ids = session.scalars(
        select(entry_theme.c.entry_id)
        .where(entry_theme.c.theme_id == theme_id)
        .order_by(entry_theme.c.position, entry_theme.c.entry_id)
    )
    return tuple(_live(session, ids.all()).values())


def add(
    session: Session, new: NewEntry, *, now: datetime, origin: PhraseOrigin = PhraseOrigin.MODERATOR
) -> str:
    """Add one entry and return its id. Raises EntryExists, EntryUnfit or ThemeUnknown."""
    return add_all(session, (new,), now=now, origin=origin)[0]


def add_all(
    session: Session,
    news: Sequence[NewEntry],
    *,
    now: datetime,
    origin: PhraseOrigin = PhraseOrigin.IMPORT,
    any_id: bool = False,
) -> tuple[str, ...]:
    """Add entries as one change and return their ids. Raises as `add` does, and adds none then.

    `any_id` takes ids that no button can carry: for a throw-away collection that nobody presses.
    Vectors are made afterwards, by `knowledge.vectors`: embedding does not belong in a write
    transaction.
    """
    named = [(new.id or secrets.token_hex(6), new) for new in news]
    for entry_id, new in named:
        _check(new)
        if not any_id:
            check_id(entry_id)
    _check_new(session, [entry_id for entry_id, _ in named])
    theme_of = theme_ids(session, {theme for new in news for theme in new.themes})
    changed = state.next_version(session)
    for start in range(0, len(named), _BATCH):
        _insert(session, named[start : start + _BATCH], theme_of, changed, now, origin)
    return tuple(entry_id for entry_id, _ in named)


def check(new: NewEntry) -> None:
    """Raises EntryUnfit where `add` would, whatever there is already."""
    if new.id is not None:
        check_id(new.id)
    _check(new)


def check_id(entry_id: str) -> None:
    """Raises EntryUnfit for an id that could not stand in a button or in a web address."""
    if not 0 < len(entry_id) <= ENTRY_ID_LENGTH:
        raise EntryUnfit(field="id", reason=f"must have 1 to {ENTRY_ID_LENGTH} characters")
    if _ID.fullmatch(entry_id) is None:
        raise EntryUnfit(
            field="id",
            reason="must begin with a letter from a to z or a digit, and may go on with these, "
            "full stops, hyphens, underscores and tildes",
        )


def _check(new: NewEntry) -> None:
    if not normalise(new.problem):
        raise EntryUnfit(field="problem", reason="is empty")
    if not all(normalise(text) for text in (*new.solutions, *new.phrases)):
        raise EntryUnfit(field="solutions or phrases", reason="hold an empty one")


def _check_new(session: Session, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for entry_id in ids:
        if entry_id in seen:
            raise EntryExists(entry_id=entry_id)
        seen.add(entry_id)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        there = session.scalar(select(Entry.id).where(Entry.id.in_(batch)).limit(1))
        if there is not None:
            raise EntryExists(entry_id=there)


def _insert(
    session: Session,
    named: Sequence[tuple[str, NewEntry]],
    theme_of: dict[str, str],
    changed: int,
    now: datetime,
    origin: PhraseOrigin,
) -> None:
    rows = [
        {
            "id": entry_id,
            "problem": new.problem,
            "source": new.source,
            "source_date": new.source_date,
            "status": new.status,
            "changed": changed,
            "created_at": now,
            "updated_at": now,
        }
        for entry_id, new in named
    ]
    session.execute(insert(Entry), rows)
    said = [
        {"entry_id": entry_id, "position": position, "text": text}
        for entry_id, new in named
        for position, text in enumerate(new.solutions)
    ]
    phrases = [
        {"entry_id": entry_id, "text": text, "origin": origin}
        for entry_id, new in named
        for text in dict.fromkeys(new.phrases)
    ]
    links = [
        {"entry_id": entry_id, "theme_id": theme_id, "position": position}
        for entry_id, new in named
        for position, theme_id in enumerate(dict.fromkeys(theme_of[name] for name in new.themes))
    ]
    for table, values in ((Solution, said), (Phrase, phrases), (entry_theme, links)):
        if values:
            session.execute(insert(table), values)
    solutions.number_first(session, [entry_id for entry_id, _ in named])


def _views(session: Session, ids: Collection[str]) -> dict[str, EntryView]:
    live = (Entry.id.in_(ids), Entry.status == EntryStatus.LIVE)
    shelves: dict[str, list[str]] = {}
    for entry_id, name in session.execute(
        select(entry_theme.c.entry_id, Theme.name)
        .join(Theme, Theme.id == entry_theme.c.theme_id)
        .where(entry_theme.c.entry_id.in_(ids))
        .order_by(entry_theme.c.position)
    ):
        shelves.setdefault(entry_id, []).append(name)
    rows = session.execute(
        select(Entry.id, Entry.problem, Entry.source, Entry.source_date).where(*live)
    ).all()
    numbered = solutions.views(session, [row.id for row in rows]) if rows else {}
    return {
        row.id: EntryView(
            row.id,
            row.problem,
            numbered.get(row.id, ()),
            tuple(shelves.get(row.id, ())),
            row.source,
            row.source_date,
        )
        for row in rows
    }
