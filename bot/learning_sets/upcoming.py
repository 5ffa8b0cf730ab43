"""When sets meet next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets.sessions import SessionStatus, SetSession

_A_DAY = timedelta(days=1)


def next_sessions(
    session: Session, set_ids: Collection[int], *, now: datetime
) -> Mapping[int, datetime]:
    """The next start of each set that has one ahead, in the session's own local time."""
    rows = session.scalars(
        select(SetSession)
        .where(
            SetSession.set_id.in_(set_ids),
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on >= (now - _A_DAY).date(),
        )
        .order_by(SetSession.starts_on.desc(), SetSession.starts_at.desc())
    )
    return {
        one.set_id: one.starts.astimezone(ZoneInfo(one.zone)) for one in rows if one.starts > now
    }
