"""Where the ids of merged entries lead: an id that somebody holds goes on working for good."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.models import AsJson, Base, EntryStatus


@dataclass(frozen=True)
class Moved:
    """What a merge brought from one entry into the other, so that it can be taken back.

    Numbers are row ids. `status` is what the entry was before, `order` its solutions in theirs.
    `twins` are solutions that stayed, because the other entry says the same: their evidence counts
    there. `lowered` and `raised` are keys of wordings that the other entry was or was no longer
    held back for.
    """

    status: EntryStatus
    order: tuple[int, ...] = ()
    solutions: tuple[int, ...] = ()
    twins: tuple[int, ...] = ()
    phrases: tuple[int, ...] = ()
    proposals: tuple[int, ...] = ()
    lowered: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


class EntryRedirect(Base):
    """An entry that was merged into another.

    Only an entry that is not live has one, and it was made towards a live entry, so a chain of
    them ends and never comes back to where it began.
    """

    __tablename__ = "entry_redirect"

    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
    )
    leads_to: Mapped[str] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    moved: Mapped[Moved] = mapped_column(AsJson(Moved))


def current_ids(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """For each id the one that it leads to now: itself, where nothing was merged."""
    ends = {entry_id: entry_id for entry_id in ids}
    seen: set[str] = set()
    while step := _next(session, set(ends.values()) - seen):
        seen |= step.keys()
        ends = {entry_id: step.get(end, end) for entry_id, end in ends.items()}
    return ends


def current_id(session: Session, entry_id: str) -> str:
    return current_ids(session, (entry_id,))[entry_id]


def ids_leading_to(session: Session, entry_id: str) -> frozenset[str]:
    """All ids by which the entry is known: its own, and those that were merged into it."""
    found, newest = {entry_id}, {entry_id}
    while newest:
        rows = session.scalars(
            select(EntryRedirect.entry_id).where(EntryRedirect.leads_to.in_(newest))
        )
        newest = set(rows) - found
        found |= newest
    return frozenset(found)


def _next(session: Session, ids: Collection[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = session.execute(
        select(EntryRedirect.entry_id, EntryRedirect.leads_to).where(
            EntryRedirect.entry_id.in_(ids)
        )
    )
    return {row.entry_id: row.leads_to for row in rows}
