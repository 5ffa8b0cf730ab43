"""Which entries are due to be looked at again: is this still true?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.models import Entry, EntryStatus, entry_theme


@dataclass(frozen=True)
class DueEntry:
    id: str
    problem: str
    review_by: date


def due_for_review(session: Session, today: date, theme: str | None = None) -> tuple[DueEntry, ...]:
    """The live entries whose day has come, the longest overdue first; `theme` is an id."""
    query = (
        select(Entry.id, Entry.problem, Entry.review_by)
        .where(Entry.status == EntryStatus.LIVE, Entry.review_by <= today)
        .order_by(Entry.review_by, Entry.id)
    )
    if theme is not None:
        shelf = select(entry_theme.c.entry_id).where(entry_theme.c.theme_id == theme)
        query = query.where(Entry.id.in_(shelf))
    rows = session.execute(query)
    return tuple(DueEntry(row.id, row.problem, row.review_by) for row in rows if row.review_by)
