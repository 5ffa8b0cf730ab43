"""All that an entry holds, read from the network some hundreds at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from knowledge.models import Entry, EntryStatus, Phrase, Solution, Theme, entry_theme
from knowledge.vectors import Wording

AT_A_TIME = 200
"""Entries read or compared at a time."""


@dataclass(frozen=True)
class Content:
    """An entry of any status as it stands. `themes` are ids, the main one first."""

    id: str
    problem: str
    solutions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    source: str = ""
    source_date: date | None = None
    status: EntryStatus = EntryStatus.LIVE
    retired: tuple[str, ...] = ()

    @property
    def wording(self) -> Wording:
        return Wording(self.id, self.problem, self.phrases, self.solutions)


@dataclass(frozen=True)
class Choice:
    """Which entries; `theme_id` None and `status` None leave nothing out."""

    theme_id: str | None = None
    status: EntryStatus | None = None

    def of(self, chosen: Select[str]) -> Select[str]:
        if self.status is not None:
            chosen = chosen.where(Entry.status == self.status)
        if self.theme_id is not None:
            under = select(entry_theme.c.entry_id).where(entry_theme.c.theme_id == self.theme_id)
            chosen = chosen.where(Entry.id.in_(under))
        return chosen


@dataclass(frozen=True)
class Most:
    """How many of each thing an entry of a choice has at most."""

    solutions: int
    themes: int
    phrases: int
    retired: int


def contents(session: Session, ids: Sequence[str]) -> dict[str, Content]:
    """Those of the entries (some hundreds) that are there, by id."""
    solutions = _texts(session, _solutions(retired=False), ids)
    retired = _texts(session, _solutions(retired=True), ids)
    phrases = _texts(session, select(Phrase.entry_id, Phrase.text).order_by(Phrase.id), ids)
    themes = _texts(
        session,
        select(entry_theme.c.entry_id, entry_theme.c.theme_id).order_by(entry_theme.c.position),
        ids,
    )
    rows = session.execute(
        select(Entry.id, Entry.problem, Entry.source, Entry.source_date, Entry.status).where(
            Entry.id.in_(ids)
        )
    )
    return {
        row.id: Content(
            id=row.id,
            problem=row.problem,
            solutions=solutions.get(row.id, ()),
            themes=themes.get(row.id, ()),
            phrases=phrases.get(row.id, ()),
            source=row.source,
            source_date=row.source_date,
            status=row.status,
            retired=retired.get(row.id, ()),
        )
        for row in rows
    }


def chosen(session: Session, choice: Choice) -> Iterator[Content]:
    """The entries of a choice, ordered by id."""
    last = ""
    while ids := session.scalars(
        choice.of(select(Entry.id)).where(Entry.id > last).order_by(Entry.id).limit(AT_A_TIME)
    ).all():
        found = contents(session, ids)
        yield from (found[entry_id] for entry_id in ids)
        last = ids[-1]


def count(session: Session, choice: Choice) -> int:
    return (
        session.scalar(select(func.count()).where(Entry.id.in_(choice.of(select(Entry.id))))) or 0
    )


def most(session: Session, choice: Choice) -> Most:
    """How wide a table of these entries must be."""
    ids = choice.of(select(Entry.id))

    def at_most(rows: Select[str, int]) -> int:
        return session.scalar(select(func.max(rows.subquery().c.number))) or 0

    number = func.count().label("number")
    under = select(entry_theme.c.entry_id, number).where(entry_theme.c.entry_id.in_(ids))
    tried = select(Solution.entry_id, number).where(Solution.entry_id.in_(ids))
    tried = tried.group_by(Solution.entry_id)
    said = select(Phrase.entry_id, number).where(Phrase.entry_id.in_(ids))
    return Most(
        solutions=at_most(tried.where(Solution.retired_at.is_(None))),
        themes=at_most(under.group_by(entry_theme.c.entry_id)),
        phrases=at_most(said.group_by(Phrase.entry_id)),
        retired=at_most(tried.where(Solution.retired_at.is_not(None))),
    )


def theme_names(session: Session) -> dict[str, str]:
    """The name of each theme by its id."""
    return {row.id: row.name for row in session.execute(select(Theme.id, Theme.name))}


def _solutions(*, retired: bool) -> Select[str, str]:
    gone = Solution.retired_at
    return (
        select(Solution.entry_id, Solution.text)
        .where(gone.is_not(None) if retired else gone.is_(None))
        .order_by(Solution.position, Solution.id)
    )


def _texts(
    session: Session, wanted: Select[str, str], ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry_id, text in session.execute(wanted.where(wanted.selected_columns[0].in_(ids))):
        found.setdefault(entry_id, []).append(text)
    return {entry_id: tuple(texts) for entry_id, texts in found.items()}
