"""Seats: what each member of a set said about coming to a session, and whether they were there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Exists,
    ForeignKey,
    Select,
    and_,
    delete,
    exists,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.learning_sets import session_errors as errors
from bot.learning_sets import session_gate
from bot.learning_sets.sessions import SessionStatus, SetSession
from bot.learning_sets.sets import SetMember
from bot.members import Member
from knowledge.database import insert_new, one_of
from knowledge.models import Base, UtcDateTime

_ZONES = timedelta(days=1)
"""How far a session's own day may be from the day that it is in UTC."""


class Rsvp(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Seat(Base):
    """A member and a session they are invited to.

    `told` is the session's `sequence` that they were last told of; None where they were told
    nothing yet. `attended` None: attendance was not taken.
    """

    __tablename__ = "seat"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("set_session.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    rsvp: Mapped[Rsvp | None] = mapped_column(one_of(Rsvp, "rsvp"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attended: Mapped[bool | None]
    told: Mapped[int | None]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Line:
    """A member in the attendance grid, for those who facilitate the set."""

    member_id: int
    name: str
    rsvp: Rsvp | None
    attended: bool | None


def missing(now: datetime) -> Select[int, int]:
    """Sessions to come, and members of their sets who have no seat there."""
    taken = exists().where(Seat.session_id == SetSession.id, Seat.member_id == SetMember.member_id)
    return (
        select(SetSession.id, SetMember.member_id)
        .join(SetMember, SetMember.set_id == SetSession.set_id)
        .where(
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on >= (now - _ZONES).date(),
            ~taken,
        )
    )


def stray(now: datetime) -> Select[int, int]:
    """Seats of those who left the set before the session."""
    return (
        select(Seat.session_id, Seat.member_id)
        .join(SetSession, SetSession.id == Seat.session_id)
        .where(SetSession.starts_on >= (now - _ZONES).date(), Seat.attended.is_(None), ~_inside())
    )


def _inside() -> Exists:
    return exists().where(
        SetMember.set_id == SetSession.set_id, SetMember.member_id == Seat.member_id
    )


def fill(session: Session, only: ColumnElement[bool], *, now: datetime) -> frozenset[int]:
    """Gives each member of a set a seat in what is to come. The sessions where any was missing."""
    rows = [
        {"session_id": session_id, "member_id": member_id}
        for session_id, member_id in session.execute(missing(now).where(only))
    ]
    return frozenset(insert_new(session, Seat, rows, Seat.session_id))


def vacate(session: Session, *, now: datetime) -> tuple[tuple[int, int], ...]:
    """Takes the seats of those who left. Session and member of each."""
    gone = tuple(session.execute(stray(now)))
    if gone:
        session.execute(delete(Seat).where(tuple_(Seat.session_id, Seat.member_id).in_(gone)))
    return gone


def answer(
    session: Session,
    member_id: int,
    code: str,
    rsvp: Rsvp,
    *,
    whole_series: bool = False,
    now: datetime,
) -> tuple[SetSession, ...]:
    """A member says whether they come, to a session or to all that are left of its series.

    The sessions it was said of. Raises NoSuchSession, NotInvited, IsCancelled, IsOver.
    """
    one = session_gate.seen(session, member_id, code)
    if not one.planned:
        raise errors.IsCancelled(code=one.code)
    if one.ends <= now:
        raise errors.IsOver(code=one.code)
    same = [SetSession.id == one.id]
    if whole_series and one.series is not None:
        same = [SetSession.series == one.series, SetSession.status == SessionStatus.PLANNED]
    chosen = session.scalars(
        select(SetSession)
        .join(Seat, and_(Seat.session_id == SetSession.id, Seat.member_id == member_id))
        .where(*same)
        .order_by(SetSession.starts_on, SetSession.id)
    )
    ahead = [each for each in chosen if each.ends > now]
    if not ahead:
        raise errors.NotInvited
    session.execute(
        update(Seat)
        .where(Seat.member_id == member_id, Seat.session_id.in_([each.id for each in ahead]))
        .values(rsvp=rsvp, answered_at=now)
    )
    return tuple(ahead)


def grid(session: Session, session_id: int) -> tuple[Line, ...]:
    """Who is invited, by name, those without one last: whom a facilitator meets in person."""
    rows = session.execute(
        select(Seat.member_id, Member.name, Seat.rsvp, Seat.attended)
        .join(Member, Member.id == Seat.member_id)
        .where(Seat.session_id == session_id)
        .order_by(Member.name.is_(None), Member.name, Member.id)
    ).all()
    names = first_names([(member_id, name) for member_id, name, _, _ in rows])
    return tuple(
        Line(member_id, names[member_id], rsvp, attended) for member_id, _, rsvp, attended in rows
    )


def names_in(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """First names, for those who facilitate the set of all of them."""
    rows = session.execute(
        select(Member.id, Member.name).where(Member.id.in_(member_ids)).order_by(Member.id)
    )
    return first_names(list(rows))


def first_names(rows: Collection[tuple[int, str | None]]) -> dict[int, str]:
    """First names; where two share one, the whole name; a number where there is none."""
    firsts = [(name or "").partition(" ")[0] for _, name in rows]
    shown: dict[int, str] = {}
    for number, ((member_id, name), first) in enumerate(zip(rows, firsts, strict=True), 1):
        alone = firsts.count(first) == 1
        shown[member_id] = (first if alone else name) if name else f"Member {number}"
    return shown


def attendance(
    session: Session, by: int | None, code: str, present: Collection[int], *, now: datetime
) -> tuple[SetSession, tuple[Line, ...]]:
    """Who was there, and that all others were not; the latest word counts.

    Raises NoSuchSession, NotYourSet, IsCancelled, NotYetBegun.
    """
    one = session_gate.facilitated(session, by, code)
    if not one.planned:
        raise errors.IsCancelled(code=one.code)
    if one.starts > now:
        raise errors.NotYetBegun(code=one.code)
    seats = update(Seat).where(Seat.session_id == one.id)
    there = Seat.member_id.in_(list(present))
    session.execute(seats.where(there).values(attended=True))
    session.execute(seats.where(~there).values(attended=False))
    session.expire_all()
    return one, grid(session, one.id)
