"""When notices may leave: an answer, a move, an asking. They know no weekly limit, but they rest.

Whoever wrote within the last minutes is awake and at it, so what happens in a thread reaches them
at once, also late in the evening. Quiet that they asked for themselves holds nevertheless.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot import habits, interests, members
from bot.days import HOME
from bot.interests import NOTHING_SAID
from bot.quiet import notice_time

IN_CONVERSATION = timedelta(minutes=10)
"""Since they wrote last."""


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
    last = members.last_said(session, member_ids)
    found = {}
    for member_id in member_ids:
        muted = said.get(member_id, NOTHING_SAID).muted_until
        wrote = last.get(member_id)
        at_it = wrote is not None and now - wrote < IN_CONVERSATION
        if at_it and (muted is None or muted <= now):
            found[member_id] = now
        else:
            found[member_id] = notice_time(
                now, chosen[member_id], HOME, before=before, muted_until=muted
            )
    return found
