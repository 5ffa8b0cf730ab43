"""When notices may leave: an answer, a move, an asking. No weekly limit holds them, rest does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot import habits, interests
from bot.days import HOME
from bot.interests import NOTHING_SAID
from bot.quiet import notice_time


def notice_times(
    session: Session,
    member_ids: Collection[int],
    *,
    now: datetime,
    before: datetime | None = None,
) -> Mapping[int, datetime]:
    """When a notice may leave to each of them: now, or when their rest is over.

    What it tells of may come `before` that is over: then it leaves at once.
    """
    chosen = habits.of(session, member_ids)
    said = interests.facts(session, member_ids)
    return {
        member_id: notice_time(
            now,
            chosen[member_id],
            HOME,
            before=before,
            muted_until=said.get(member_id, NOTHING_SAID).muted_until,
        )
        for member_id in member_ids
    }
