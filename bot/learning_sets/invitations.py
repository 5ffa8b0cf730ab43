"""Invitations: each member is told once of each session, and once of each change to it.

What a member was last told stands on their seat. A change takes back the notice that still waits:
its sessions are told anew with the change, in one message. So whoever sleeps through a plan and two
moves reads one invitation, with the last word in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, Select, delete, exists, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import habits, inbox, interests, members, outbox  # noqa: F401 - deliveries point at it
from bot.delivery import DeliveryRow, DeliveryStatus, Recipient
from bot.interests import NOTHING_SAID
from bot.learning_sets import calendars, clashes, seats
from bot.learning_sets.notices import Told, message
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SessionStatus, SetSession
from bot.learning_sets.sets import LearningSet
from bot.members import ChannelIdentity, Member
from bot.quiet import notice_time
from knowledge.models import Base

REPLACED = "a newer notice says it"
LEFT = "the member left the set"
Starts = Mapping[int, datetime]


class SessionNotice(Base):
    """That delivery tells of that session; `told_before` is what its reader knew until then."""

    __tablename__ = "session_notice"

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    session_id: Mapped[int] = mapped_column(
        ForeignKey("set_session.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    told_before: Mapped[int | None]


@dataclass(frozen=True)
class _Reader:
    """Whom to tell of which sessions of one set, on which channel, from when on and until when."""

    member_id: int
    set_name: str
    to: Recipient
    due: datetime
    until: datetime
    about: tuple[Told, ...]


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether a seat is missing or too many, or somebody has not been told: plain reads."""
    questions = (seats.missing(now), seats.stray(now), _untold(now))
    return any(session.execute(one.limit(1)).first() is not None for one in questions)


def bring_up_to_date(session: Session, *, now: datetime) -> None:
    """Seats for those who joined a set, none for those who left, and a word to the untold."""
    gone = seats.vacate(session, now=now)
    for member_id in sorted({member_id for _, member_id in gone}):
        left = [session_id for session_id, one in gone if one == member_id]
        _take_back(session, left, LEFT, member_id)
    filled = seats.fill(session, SetSession.id.is_not(None), now=now)
    untold = {seat.session_id for seat, _, _ in session.execute(_untold(now))}
    tell(session, filled | untold, now=now)


def tell(
    session: Session, session_ids: Collection[int], *, now: datetime, was: Starts | None = None
) -> None:
    """Tells everybody invited what they have not been told of these sessions.

    `was`: when those began before the change. Whoever has stopped the bot, or has no address yet,
    is told when they come back.
    """
    if not session_ids:
        return
    seats.fill(session, SetSession.id.in_(session_ids), now=now)
    touched = set(session_ids) | _take_back(session, session_ids, REPLACED)
    rows = session.execute(
        _untold(now).where(Seat.session_id.in_(touched)).with_for_update(of=Seat)
    ).all()
    readers = _readers(session, [(seat, one, name) for seat, one, name in rows], was or {}, now)
    marks = calendars.marks(session, [one.member_id for one in readers])
    for reader in readers:
        content = message(reader.set_name, reader.about, marks[reader.member_id])
        (delivery_id,) = outbox.enqueue(session, (content,), reader.to, now=now, due=reader.due)
        session.get_one(DeliveryRow, delivery_id).useless_at = reader.until
        session.add_all(
            SessionNotice(
                delivery_id=delivery_id, session_id=told.session.id, told_before=told.before
            )
            for told in reader.about
        )
    for seat, one, _ in rows:
        seat.told, seat.told_at = one.sequence, now
    session.flush()


def _untold(now: datetime) -> Select[Seat, SetSession, str]:
    """Seats whose member can be told something: with an address, and not stopped.

    Of what was called off before it was told, there is nothing to tell.
    """
    reached = exists().where(ChannelIdentity.member_id == Seat.member_id)
    new = Seat.told.is_(None) & (SetSession.status == SessionStatus.PLANNED)
    return (
        select(Seat, SetSession, LearningSet.name)
        .join(SetSession, SetSession.id == Seat.session_id)
        .join(LearningSet, LearningSet.id == SetSession.set_id)
        .join(Member, Member.id == Seat.member_id)
        .where(
            SetSession.starts_on >= (now - timedelta(days=1)).date(),
            or_(new, Seat.told < SetSession.sequence),
            Member.stopped_at.is_(None),
            reached,
        )
        .order_by(SetSession.starts_on, SetSession.id, Seat.member_id)
        .execution_options(populate_existing=True)
    )


def _take_back(
    session: Session, session_ids: Collection[int], why: str, member_id: int | None = None
) -> set[int]:
    """Drops the notices of these sessions that still wait: their readers know what they knew.

    All sessions that those told of. What a sender has in hand is on its way and counts as told.
    """
    waiting: list[ColumnElement[bool]] = [
        SessionNotice.session_id.in_(session_ids),
        DeliveryRow.status == DeliveryStatus.WAITING,
        DeliveryRow.lease_until.is_(None),
        DeliveryRow.part == 0,
    ]
    if member_id is not None:
        waiting.append(DeliveryRow.member_id == member_id)
    deliveries = {
        row.id: row.member_id
        for row in session.scalars(
            select(DeliveryRow)
            .join(SessionNotice, SessionNotice.delivery_id == DeliveryRow.id)
            .where(*waiting)
            .order_by(DeliveryRow.id)
            .with_for_update(of=DeliveryRow)
        ).unique()
    }
    if not deliveries:
        return set()
    notices = session.scalars(
        select(SessionNotice).where(SessionNotice.delivery_id.in_(deliveries))
    ).all()
    known: dict[int | None, set[int]] = defaultdict(set)
    for one in notices:
        known[one.told_before].add(one.session_id)
    for before, ids in known.items():
        session.execute(
            update(Seat)
            .where(Seat.session_id.in_(ids), Seat.member_id.in_(set(deliveries.values())))
            .where(_noticed(deliveries, before))
            .values(told=before)
        )
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(deliveries))
        .values(status=DeliveryStatus.DROPPED, reason=why)
    )
    told_of = {one.session_id for one in notices}
    session.execute(delete(SessionNotice).where(SessionNotice.delivery_id.in_(deliveries)))
    session.expire_all()
    return told_of


def _noticed(deliveries: Mapping[int, int | None], before: int | None) -> ColumnElement[bool]:
    """Of all seats, those that one of these notices was for."""
    return exists().where(
        SessionNotice.session_id == Seat.session_id,
        SessionNotice.delivery_id.in_(deliveries),
        SessionNotice.told_before.is_(None)
        if before is None
        else SessionNotice.told_before == before,
        DeliveryRow.id == SessionNotice.delivery_id,
        DeliveryRow.member_id == Seat.member_id,
    )


def _readers(
    session: Session, rows: Sequence[tuple[Seat, SetSession, str]], was: Starts, now: datetime
) -> tuple[_Reader, ...]:
    ids = {seat.member_id for seat, _, _ in rows}
    reached = members.addresses(session, ids)
    said, facts = habits.of(session, ids), interests.facts(session, ids)
    clashing = clashes.for_members(session, ids, list({one.id: one for _, one, _ in rows}.values()))
    about: dict[tuple[int, str], list[Told]] = defaultdict(list)
    for seat, one, name in rows:
        clash = clashing.get((one.id, seat.member_id))
        about[seat.member_id, name].append(Told(one, seat.told, was.get(one.id), clash))
    readers = []
    for (member_id, name), told in about.items():
        channel, address = reached[member_id]
        first = min(min(one.session.starts, one.was or one.session.starts) for one in told)
        due = notice_time(
            now,
            said[member_id],
            ZoneInfo(told[0].session.zone),
            before=first,
            muted_until=facts.get(member_id, NOTHING_SAID).muted_until,
        )
        to = Recipient(channel, address, member_id=member_id)
        last = max(max(one.session.ends, one.was or one.session.ends) for one in told)
        readers.append(_Reader(member_id, name, to, due, last, tuple(told)))
    return tuple(readers)
