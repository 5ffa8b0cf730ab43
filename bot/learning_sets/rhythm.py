"""The rhythm of a set: which session comes next, and which was the last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets.sessions import SessionStatus, SetSession

WITHOUT_A_SESSION = timedelta(days=14)
"""When a member is asked how it went, where their set has no next session."""
_A_DAY = timedelta(days=1)
"""The day of a session is local and a moment is not: they differ by one at most."""


def coded(session: Session, code: str) -> SetSession | None:
    """Any session, cancelled ones too: whoever calls knows who may see it."""
    return session.scalar(select(SetSession).where(SetSession.code == code))


def ahead(
    session: Session, set_ids: Collection[int], *, now: datetime, limit: int = 10
) -> tuple[SetSession, ...]:
    """The sessions of these sets that are still to begin, soonest first."""
    found = session.scalars(
        select(SetSession)
        .where(
            SetSession.set_id.in_(set_ids),
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on >= now.date() - _A_DAY,
        )
        .order_by(SetSession.starts_on, SetSession.starts_at, SetSession.id)
        .limit(limit + len(set_ids) * 2)
    )
    return tuple(sorted((one for one in found if one.starts > now), key=_starts))[:limit]


def behind(
    session: Session, set_ids: Collection[int], *, now: datetime, limit: int = 10
) -> tuple[SetSession, ...]:
    """The sessions of these sets that have begun, the latest first."""
    found = session.scalars(
        select(SetSession)
        .where(
            SetSession.set_id.in_(set_ids),
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on <= now.date() + _A_DAY,
        )
        .order_by(SetSession.starts_on.desc(), SetSession.starts_at.desc(), SetSession.id)
        .limit(limit + len(set_ids) * 2)
    )
    begun = (one for one in found if one.starts <= now)
    return tuple(sorted(begun, key=_starts, reverse=True))[:limit]


def check_back_day(sessions: Collection[SetSession], today: date) -> date:
    """The day before the next session that leaves a day to try something; else two weeks on."""
    eves = (one.starts_on - _A_DAY for one in sessions)
    return min((eve for eve in eves if eve > today), default=today + WITHOUT_A_SESSION)


def _starts(one: SetSession) -> datetime:
    return one.starts


def next_of_each(
    session: Session, set_ids: Collection[int], *, now: datetime
) -> Mapping[int, SetSession]:
    """The next session of each of these sets that has one."""
    found = session.scalars(
        select(SetSession).where(
            SetSession.set_id.in_(set_ids),
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on >= now.date() - _A_DAY,
        )
    )
    ahead = sorted((one for one in found if one.starts > now), key=_starts, reverse=True)
    return {one.set_id: one for one in ahead}
