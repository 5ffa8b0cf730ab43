"""Asking those who took part in an entry whether it is still true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.attribution import Credit
from bot.nudges.kinds import Kind
from bot.nudges.nudge import Nudge, OfEntry
from bot.nudges.window import Some, Window
from knowledge.models import Entry, EntryStatus

FOR_DAYS = timedelta(days=28)


def due(session: Session, some: Some, window: Window) -> Iterator[Nudge]:
    rows = session.execute(
        select(Credit.member_id, Entry.id, Entry.problem, Entry.review_by)
        .join(Entry, Entry.id == Credit.entry_id)
        .where(
            some.has(Credit.member_id),
            Entry.status == EntryStatus.LIVE,
            Entry.review_by > window.first_day - FOR_DAYS,
            Entry.review_by <= window.last_day,
        )
    )
    for member_id, entry_id, problem, day in rows:
        if day is None:
            continue
        at, useless_at = window.morning(day), window.morning(day + FOR_DAYS)
        if window.holds(at, useless_at):
            thing = f"{Kind.STILL_TRUE}:{entry_id}:{day}"[:80]
            about = OfEntry(entry_id, problem)
            key = f"{Kind.STILL_TRUE}:{entry_id}:{day}:{member_id}"
            yield Nudge(key, member_id, Kind.STILL_TRUE, thing, at, useless_at, about)
