"""A member's private calendar: the random mark of its address, which they can renew."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.habits import HabitsRow
from bot.messages import Link
from knowledge.database import insert_new

PATH = "/calendar"
WHOLE = "all"
"""Stands in an address where a session's code may stand."""


def marks(session: Session, member_ids: Collection[int]) -> Mapping[int, str]:
    """The mark of each, made now where there was none."""
    rows = [{"member_id": one} for one in member_ids]
    insert_new(session, HabitsRow, rows, HabitsRow.member_id)
    known = {
        row.member_id: row
        for row in session.scalars(select(HabitsRow).where(HabitsRow.member_id.in_(member_ids)))
    }
    for member_id in (one for one, row in known.items() if row.calendar is None):
        # Whoever is first wins, so that two addresses are never told for one calendar.
        session.execute(
            update(HabitsRow)
            .where(HabitsRow.member_id == member_id, HabitsRow.calendar.is_(None))
            .values(calendar=secrets.token_urlsafe(24))
        )
        session.refresh(known[member_id])
    return {member_id: row.calendar or "" for member_id, row in known.items()}


def renew(session: Session, member_id: int) -> str:
    """A new mark; from now on the old address shows nothing, nor do those of single sessions."""
    marks(session, (member_id,))
    row = session.get_one(HabitsRow, member_id, populate_existing=True)
    row.calendar = secrets.token_urlsafe(24)
    session.flush()
    return row.calendar


def owner(session: Session, mark: str) -> int | None:
    """Whose mark it is."""
    return session.scalar(select(HabitsRow.member_id).where(HabitsRow.calendar == mark))


def link(label: str, mark: str, code: str = WHOLE) -> Link:
    """To the whole calendar, or to one session's file. Whoever shows it signs it."""
    return Link(label, f"{PATH}/{mark}/{code}.ics")
