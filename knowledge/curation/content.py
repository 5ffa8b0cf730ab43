"""All that can be edited in an entry, as one value: read, compared, written back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge import solutions, state
from knowledge.errors import EntryUnfit
from knowledge.models import Entry, EntryStatus, Solution, entry_theme
from knowledge.text import normalise
from knowledge.themes import theme_ids


@dataclass(frozen=True)
class SolutionText:
    """A solution, retired or not. Without an `id` it is a new one."""

    text: str
    id: int | None = None
    retired: bool = False


@dataclass(frozen=True)
class Content:
    """An entry at one moment. `themes` are ids, the main one first."""

    problem: str
    solutions: tuple[SolutionText, ...]
    themes: tuple[str, ...]
    source: str
    source_date: date | None
    review_by: date | None
    status: EntryStatus

    @property
    def version(self) -> str:
        """Hand it back with an edit: if it is another one by then, somebody was quicker."""
        return hashlib.sha256(_adapter.dump_json(self)).hexdigest()[:16]

    @property
    def shown(self) -> tuple[SolutionText, ...]:
        return tuple(solution for solution in self.solutions if not solution.retired)


@dataclass(frozen=True)
class Edit:
    """What somebody wants an entry to say. `themes` are ids or names.

    A solution with an `id` is that one, reworded or not; it keeps its number and its evidence.
    One that is left out is retired, never deleted.
    """

    problem: str
    solutions: tuple[SolutionText, ...]
    themes: tuple[str, ...]
    source: str
    source_date: date | None = None
    review_by: date | None = None

    def says_the_same(self, other: Edit) -> bool:
        """Alike but for the ids of solutions: the same form sent twice."""
        return _without_ids(self) == _without_ids(other)

    @classmethod
    def of(cls, content: Content) -> Edit:
        """An edit that would change nothing, to begin from."""
        return cls(
            content.problem,
            content.shown,
            content.themes,
            content.source,
            content.source_date,
            content.review_by,
        )


_adapter = TypeAdapter(Content)


def contents(session: Session, ids: Collection[str]) -> dict[str, Content]:
    """What these entries say now, whatever their status; unknown ones are left out."""
    said: dict[str, list[SolutionText]] = {}
    for row in session.execute(
        select(Solution.entry_id, Solution.id, Solution.text, Solution.retired_at)
        .where(Solution.entry_id.in_(ids))
        .order_by(Solution.position, Solution.id)
    ):
        solution = SolutionText(row.text, row.id, row.retired_at is not None)
        said.setdefault(row.entry_id, []).append(solution)
    shelves: dict[str, list[str]] = {}
    for entry_id, theme_id in session.execute(
        select(entry_theme.c.entry_id, entry_theme.c.theme_id)
        .where(entry_theme.c.entry_id.in_(ids))
        .order_by(entry_theme.c.position)
    ):
        shelves.setdefault(entry_id, []).append(theme_id)
    rows = session.execute(
        select(
            Entry.id,
            Entry.problem,
            Entry.source,
            Entry.source_date,
            Entry.review_by,
            Entry.status,
        ).where(Entry.id.in_(ids))
    )
    return {
        row.id: Content(
            row.problem,
            tuple(said.get(row.id, ())),
            tuple(shelves.get(row.id, ())),
            row.source,
            row.source_date,
            row.review_by,
            row.status,
        )
        for row in rows
    }


def content(session: Session, entry_id: str) -> Content | None:
    return contents(session, (entry_id,)).get(entry_id)


def edited(session: Session, before: Content, edit: Edit) -> Content:
    """The entry as the edit would have it. Raises EntryUnfit and ThemeUnknown."""
    if not normalise(edit.problem):
        raise EntryUnfit(field="problem", reason="is empty")
    if not all(normalise(solution.text) for solution in edit.solutions):
        raise EntryUnfit(field="solutions", reason="hold an empty one")
    ids = [one.id for one in edit.solutions if one.id is not None]
    if len(set(ids)) < len(ids) or not {*ids} <= {one.id for one in before.solutions}:
        raise EntryUnfit(field="solutions", reason="hold one twice, or one of another entry")
    shelf = theme_ids(session, edit.themes)
    left_out = tuple(replace(one, retired=True) for one in before.solutions if one.id not in ids)
    return replace(
        before,
        problem=edit.problem,
        solutions=(*edit.solutions, *left_out),
        themes=tuple(dict.fromkeys(shelf[name] for name in edit.themes)),
        source=edit.source,
        source_date=edit.source_date,
        review_by=edit.review_by,
    )


def write(session: Session, entry_id: str, wanted: Content, *, now: datetime) -> Content:
    """Make the entry say that, and return it with the ids of new solutions.

    Solutions that are not wanted are retired; those that went to another entry are added anew.
    """
    before = contents(session, (entry_id,))[entry_id]
    values: dict[str, object] = {
        "problem": wanted.problem,
        "source": wanted.source,
        "source_date": wanted.source_date,
        "review_by": wanted.review_by,
        "status": wanted.status,
        "updated_at": now,
    }
    if EntryStatus.LIVE in (before.status, wanted.status):  # nobody searches drafts
        values["changed"] = state.next_version(session)
    session.execute(update(Entry).where(Entry.id == entry_id).values(values))
    if wanted.themes != before.themes:
        shelve(session, entry_id, wanted.themes)
    _write_solutions(session, entry_id, before, wanted, now=now)
    return contents(session, (entry_id,))[entry_id]


def shelve(session: Session, entry_id: str, themes: Sequence[str]) -> None:
    """Put the entry under these themes (ids) and no others."""
    session.execute(delete(entry_theme).where(entry_theme.c.entry_id == entry_id))
    rows = [
        {"entry_id": entry_id, "theme_id": theme_id, "position": position}
        for position, theme_id in enumerate(themes)
    ]
    if rows:
        session.execute(insert(entry_theme), rows)


def _write_solutions(
    session: Session, entry_id: str, before: Content, wanted: Content, *, now: datetime
) -> None:
    was = {one.id: (position, one) for position, one in enumerate(before.solutions)}
    kept = {one.id for one in wanted.solutions}
    left_out = tuple(replace(one, retired=True) for one in before.solutions if one.id not in kept)
    for position, one in enumerate((*wanted.solutions, *left_out)):
        if one.id not in was:
            _add_solution(session, entry_id, one, position, now=now)
        elif was[one.id] != (position, one):
            values: dict[str, object] = {"text": one.text, "position": position}
            if one.retired != was[one.id][1].retired:
                values["retired_at"] = now if one.retired else None
            session.execute(update(Solution).where(Solution.id == one.id).values(values))


def _add_solution(
    session: Session, entry_id: str, one: SolutionText, position: int, *, now: datetime
) -> None:
    added = Solution(
        entry_id=entry_id,
        position=position,
        text=one.text,
        retired_at=now if one.retired else None,
    )
    session.add(added)
    session.flush()
    solutions.number_more(session, entry_id, (added.id,))


def _without_ids(edit: Edit) -> Edit:
    return replace(edit, solutions=tuple(replace(one, id=None) for one in edit.solutions))
