"""Nudges around a session: before it, after it, and half way to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets.commitments import OPEN, Commitment
from bot.learning_sets.committed import Committed
from bot.learning_sets.reflections import Reflection
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetFacilitator, SetMember
from bot.nudges.kinds import Kind
from bot.nudges.meetings import Meeting
from bot.nudges.nudge import Nudge, OfMeeting, Step
from bot.nudges.window import Some, Window

_COMING = frozenset({Kind.DAY_BEFORE, Kind.HOUR_BEFORE})
"""Both remind of the same thing: to come."""

Moments = Mapping[Kind, tuple[datetime, datetime]]


@dataclass(frozen=True)
class _Facts:
    """What is known of some members and sessions. Pairs are of a session and a member."""

    committed: frozenset[tuple[int, int]] = frozenset()
    reflected: frozenset[tuple[int, int]] = frozenset()
    steps: Mapping[int, Step] = field(default_factory=dict)


def due(
    session: Session, meetings: Sequence[Meeting], some: Some, window: Window
) -> Iterator[Nudge]:
    """What sessions bring to these members."""
    alive = {meeting.id: (meeting, _alive(meeting, window)) for meeting in meetings}
    alive = {number: (meeting, held) for number, (meeting, held) in alive.items() if held}
    kinds = frozenset(kind for _, held in alive.values() for kind in held)
    if not kinds:
        return
    facts = _facts(session, alive.keys(), kinds, some)
    for session_id, member_id, rsvp, attended in _seats(session, alive.keys(), some):
        meeting, held = alive[session_id]
        for kind, moments in held.items():
            if _wanted(kind, (session_id, member_id), rsvp, attended, facts):
                about = OfMeeting(meeting, rsvp, facts.steps.get(member_id))
                yield _nudge(kind, about, member_id, moments)
    if Kind.FACILITATOR_DIGEST in kinds:
        yield from _to_facilitators(session, alive.values(), some)


def _alive(meeting: Meeting, window: Window) -> Moments:
    return {kind: moments for kind, moments in meeting.moments().items() if window.holds(*moments)}


def _seats(
    session: Session, session_ids: Collection[int], some: Some
) -> Sequence[tuple[int, int, Rsvp | None, bool | None]]:
    rows = session.execute(
        select(Seat.session_id, Seat.member_id, Seat.rsvp, Seat.attended)
        .join(SetSession, SetSession.id == Seat.session_id)
        .join(
            SetMember,
            (SetMember.set_id == SetSession.set_id) & (SetMember.member_id == Seat.member_id),
        )
        .where(Seat.session_id.in_(session_ids), some.has(Seat.member_id))
    )
    return rows.all()


def _facts(
    session: Session, session_ids: Collection[int], kinds: frozenset[Kind], some: Some
) -> _Facts:
    """Only what the kinds that are due ask for."""
    return _Facts(
        _committed(session, session_ids, some) if Kind.DAY_AFTER in kinds else frozenset(),
        _reflected(session, session_ids, some) if Kind.REFLECT in kinds else frozenset(),
        _steps(session, some) if kinds & {Kind.HALF_WAY, Kind.CATCH_UP} else {},
    )


def _committed(
    session: Session, session_ids: Collection[int], some: Some
) -> frozenset[tuple[int, int]]:
    rows = session.execute(
        select(Committed.session_id, Commitment.member_id)
        .join(Commitment, Commitment.id == Committed.commitment_id)
        .where(Committed.session_id.in_(session_ids), some.has(Commitment.member_id))
    )
    return frozenset(rows.all())


def _reflected(
    session: Session, session_ids: Collection[int], some: Some
) -> frozenset[tuple[int, int]]:
    rows = session.execute(
        select(SetSession.id, Reflection.member_id)
        .join(Reflection, Reflection.session_id == SetSession.id)
        .where(SetSession.id.in_(session_ids), some.has(Reflection.member_id))
    )
    return frozenset(rows.all())


def _steps(session: Session, some: Some) -> Mapping[int, Step]:
    """What each of them has open, the latest."""
    rows = session.execute(
        select(Commitment.member_id, Commitment.id, Commitment.what, Commitment.made_at)
        .where(OPEN, some.has(Commitment.member_id))
        .order_by(Commitment.made_at, Commitment.id)
    )
    return {member_id: Step(number, what, at) for member_id, number, what, at in rows}


def _wanted(
    kind: Kind,
    who: tuple[int, int],
    rsvp: Rsvp | None,
    attended: bool | None,
    facts: _Facts,
) -> bool:
    """Whether a nudge of a kind is for somebody with a seat."""
    there = attended if attended is not None else rsvp is not Rsvp.NO
    match kind:
        case Kind.DAY_BEFORE | Kind.HOUR_BEFORE:
            return rsvp is not Rsvp.NO
        case Kind.REFLECT:
            return who not in facts.reflected
        case Kind.DAY_AFTER:
            return there and who not in facts.committed
        case Kind.AFTERWARDS:
            return there
        case Kind.CATCH_UP:
            return not there
        case Kind.HALF_WAY:
            return who[1] in facts.steps
        case _:
            return False


def _to_facilitators(
    session: Session, alive: Collection[tuple[Meeting, Moments]], some: Some
) -> Iterator[Nudge]:
    facilitators: dict[int, list[int]] = {}
    asked = {meeting.set_id for meeting, held in alive if Kind.FACILITATOR_DIGEST in held}
    for set_id, member_id in session.execute(
        select(SetFacilitator.set_id, SetFacilitator.member_id).where(
            SetFacilitator.set_id.in_(asked), some.has(SetFacilitator.member_id)
        )
    ):
        facilitators.setdefault(set_id, []).append(member_id)
    for meeting, held in alive:
        if (moments := held.get(Kind.FACILITATOR_DIGEST)) is not None:
            for member_id in facilitators.get(meeting.set_id, ()):
                yield _nudge(Kind.FACILITATOR_DIGEST, OfMeeting(meeting), member_id, moments)


def _nudge(
    kind: Kind, about: OfMeeting, member_id: int, moments: tuple[datetime, datetime]
) -> Nudge:
    which = f"{about.meeting.id}:{about.meeting.promised}"
    thing = f"come:{which}" if kind in _COMING else f"{kind}:{which}"
    return Nudge(f"{kind}:{which}:{member_id}", member_id, kind, thing, *moments, about)
