"""Sessions as one member sees them: when, where, what they answered, and what is on the agenda."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from bot.learning_sets import agenda, session_gate, write_ups
from bot.learning_sets.agenda import Issue
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import Arrangement, SessionStatus, SetSession, WriteUp
from bot.learning_sets.sets import LearningSet, SetFacilitator, SetMember

LATELY = timedelta(days=21)
"""How long a session that is over can still be seen to."""
MOST_LISTED = 30


@dataclass(frozen=True)
class SessionView:
    """A session as one member sees it.

    `invited`: they have a seat; `facilitates`: they may change it. `later` counts those that follow
    in its series. `edition` is what they saw, for whoever changes it.
    """

    id: int
    code: str
    uid: str
    set_id: int
    set_name: str
    arrangement: Arrangement
    planned: bool
    edition: int
    sequence: int
    changed_at: datetime
    invited: bool
    rsvp: Rsvp | None
    facilitates: bool
    later: int
    issues: tuple[Issue, ...] = ()

    @property
    def starts(self) -> datetime:
        return self.arrangement.starts

    @property
    def ends(self) -> datetime:
        return self.arrangement.ends

    @property
    def agenda(self) -> tuple[Issue, ...]:
        return tuple(one for one in self.issues if one.picked)


def upcoming(session: Session, member_id: int, *, now: datetime) -> tuple[SessionView, ...]:
    """What is planned in the member's sets and those they facilitate, soonest first."""
    theirs = _own(member_id)
    found = _views(
        session,
        member_id,
        and_(
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on >= (now - timedelta(days=1)).date(),
            theirs,
        ),
    )
    return tuple(one for one in found if one.ends > now)[:MOST_LISTED]


def lately(session: Session, member_id: int, *, now: datetime) -> tuple[SessionView, ...]:
    """What began lately in the sets that the member facilitates, the latest first."""
    found = _views(
        session,
        member_id,
        and_(
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on >= (now - LATELY).date(),
            SetSession.starts_on <= (now + timedelta(days=1)).date(),
            _own(member_id),
        ),
    )
    return tuple(one for one in reversed(found) if one.facilitates and one.starts <= now)


def in_set(session: Session, set_id: int) -> tuple[SessionView, ...]:
    """All sessions of a set, also those that are over or called off, for who runs the network."""
    return _views(session, None, SetSession.set_id == set_id)


def view(session: Session, member_id: int, code: str) -> SessionView:
    """Raises NoSuchSession."""
    one = session_gate.seen(session, member_id, code)
    (found,) = _views(session, member_id, SetSession.id == one.id)
    return found


def for_calendar(session: Session, member_id: int, *, since: datetime) -> tuple[SessionView, ...]:
    """What stands in a member's calendar: their sets' sessions and those that they facilitate."""
    planned = SetSession.status == SessionStatus.PLANNED
    return _views(
        session, member_id, and_(planned, SetSession.starts_on >= since.date(), _own(member_id))
    )


def write_up(session: Session, session_id: int) -> WriteUp | None:
    return write_ups.of(session, session_id)


def counts(session: Session, session_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many said yes, maybe, no and nothing ("") to each session, and how many came."""
    found: dict[int, dict[str, int]] = {one: {} for one in session_ids}
    rows = session.execute(
        select(Seat.session_id, Seat.rsvp, Seat.attended, func.count())
        .where(Seat.session_id.in_(session_ids))
        .group_by(Seat.session_id, Seat.rsvp, Seat.attended)
    )
    for session_id, rsvp, attended, number in rows:
        said = found[session_id]
        key = rsvp.value if rsvp is not None else ""
        said[key] = said.get(key, 0) + number
        if attended is not None:
            said["came"] = said.get("came", 0) + (number if attended else 0)
    return found


def _own(member_id: int) -> ColumnElement[bool]:
    """Sets that they are in or facilitate: an administrator's list is not everybody's."""
    facilitated = exists().where(
        SetFacilitator.set_id == SetSession.set_id,
        SetFacilitator.member_id == member_id,
    )
    inside = exists().where(
        SetMember.set_id == SetSession.set_id,
        SetMember.member_id == member_id,
    )
    return or_(inside, facilitated)


def _views(
    session: Session, member_id: int | None, which: ColumnElement[bool]
) -> tuple[SessionView, ...]:
    other = aliased(SetSession)
    later = (
        select(func.count())
        .select_from(other)
        .where(
            other.series == SetSession.series,
            other.status == SessionStatus.PLANNED,
            other.starts_on > SetSession.starts_on,
        )
        .correlate(SetSession)
        .scalar_subquery()
    )
    may = session_gate.looked_after(member_id) if member_id is not None else literal(value=True)
    rows = session.execute(
        select(SetSession, LearningSet.name, Seat.member_id, Seat.rsvp, may, later)
        .join(LearningSet, LearningSet.id == SetSession.set_id)
        .outerjoin(Seat, and_(Seat.session_id == SetSession.id, Seat.member_id == member_id))
        .where(which)
        .order_by(SetSession.starts_on, SetSession.starts_at, SetSession.id)
        .execution_options(populate_existing=True)
    ).all()
    brought = agenda.issues(session, [row[0].id for row in rows])
    return tuple(
        SessionView(
            one.id,
            one.code,
            one.uid,
            one.set_id,
            name,
            one.arrangement,
            one.planned,
            one.edition,
            one.sequence,
            one.changed_at,
            seat is not None,
            rsvp,
            bool(facilitates),
            following,
            brought.get(one.id, ()),
        )
        for one, name, seat, rsvp, facilitates, following in rows
    )
