"""Planning: one session or a series. Whatever is planned is told to the set's members."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import times
from bot.challenges.codes import new_code
from bot.learning_sets import invitations, sets
from bot.learning_sets import session_errors as errors
from bot.learning_sets.series import MOST_TIMES
from bot.learning_sets.sessions import (
    LONGEST_LINK,
    LONGEST_PLACE,
    Arrangement,
    SessionStatus,
    SetSession,
)
from bot.messages import clean
from bot.times import Odd
from bot.wording import sessions as wording

SHORTEST, LONGEST = 15, 8 * 60
"""Minutes of a session."""
USUALLY = 120
MOST_AHEAD = 60
_NEVER = set(' <>|"')
"""No address has these as they are, and on Slack they would end it."""
FURTHEST = timedelta(days=2 * 366)


def plan(
    session: Session,
    by: int | None,
    set_id: int,
    first: Arrangement,
    *,
    days: Sequence[date] = (),
    key: str = "",
    now: datetime,
) -> tuple[SetSession, ...]:
    """Plans a session, or one on each of these days, and invites the set's members, once each.

    A plan that comes again under the same `key` is the one that was made. Raises NotYourSet,
    StillGathering, TooManySessions, NothingLeft and what `checked` does.
    """
    if by is not None and not sets.facilitates(session, by, set_id):
        raise errors.NotYourSet
    made = under(session, set_id, key)
    if made:
        return made
    seen = sets.view(session, set_id)
    if seen is not None and seen.gathered:
        raise errors.StillGathering
    wanted = [checked(replace(first, starts_on=day), now=now) for day in days or (first.starts_on,)]
    _room_for(session, set_id, len(wanted), now)
    series = secrets.token_hex(8) if len(wanted) > 1 else None
    uids = [_uid(key, number) if key else secrets.token_hex(16) for number in range(len(wanted))]
    planned = [
        _made(session, set_id, one, series, uid, now) for one, uid in zip(wanted, uids, strict=True)
    ]
    session.flush()
    invitations.tell(session, [one.id for one in planned], now=now)
    return tuple(planned)


def _uid(key: str, number: int) -> str:
    return hashlib.sha256(f"{key}:{number}".encode()).hexdigest()[:32]


def under(session: Session, set_id: int, key: str) -> tuple[SetSession, ...]:
    """What was planned under that key. Whoever plans for the set at this moment waits."""
    if not key:
        return ()
    sets.locked(session, set_id)
    uids = [_uid(key, number) for number in range(MOST_TIMES)]
    found = session.scalars(
        select(SetSession)
        .where(SetSession.set_id == set_id, SetSession.uid.in_(uids))
        .order_by(SetSession.id)
    )
    return tuple(found)


def _room_for(session: Session, set_id: int, more: int, now: datetime) -> None:
    ahead = session.scalars(
        select(func.count()).where(
            SetSession.set_id == set_id,
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on >= now.date(),
        )
    ).one()
    if ahead + more > MOST_AHEAD:
        raise errors.TooManySessions(most=MOST_AHEAD)


def _made(
    session: Session,
    set_id: int,
    one: Arrangement,
    series: str | None,
    uid: str,
    now: datetime,
) -> SetSession:
    made = SetSession(
        set_id=set_id,
        code=new_code(session),
        uid=uid,
        series=series,
        status=SessionStatus.PLANNED,
        sequence=0,
        edition=1,
        planned_at=now,
        changed_at=now,
    )
    made.arrangement = one
    session.add(made)
    return made


def checked(wanted: Arrangement, *, now: datetime) -> Arrangement:
    """The arrangement as it can be kept.

    Raises NoSuchTime, InThePast, TooFarAhead, LengthUnfit, PlaceUnfit.
    """
    if times.odd(wanted.starts_on, wanted.starts_at, ZoneInfo(wanted.zone)) is Odd.NEVER:
        raise errors.NoSuchTime(time=f"{wanted.starts_at:%H:%M}", day=wording.day(wanted.starts_on))
    moment = wording.start(wanted.starts_on, wanted.starts_at)
    if wanted.starts <= now:
        raise errors.InThePast(moment=moment)
    if wanted.starts > now + FURTHEST:
        raise errors.TooFarAhead(moment=moment)
    if not SHORTEST <= wanted.minutes <= LONGEST:
        raise errors.LengthUnfit
    place, link = (" ".join(clean(text).split()) for text in (wanted.place, wanted.link))
    if len(place) > LONGEST_PLACE or len(link) > LONGEST_LINK or not _is_link(link):
        raise errors.PlaceUnfit
    return replace(wanted, place=place, link=link)


def _is_link(link: str) -> bool:
    if not link:
        return True
    try:
        parsed = urlsplit(link)
    except ValueError:
        return False
    return parsed.scheme in {"http", "https"} and bool(parsed.hostname) and not set(link) & _NEVER
