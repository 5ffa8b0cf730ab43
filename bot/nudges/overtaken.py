"""What still waits in the outbox is looked at again before it leaves.

A session that was moved, a challenge that was closed: a nudge that would not be planned any more is
dropped. What it was merged with, and what could not be delivered in time, is planned anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from bot.days import HOME
from bot.delivery import TOO_LATE, DeliveryRow, DeliveryStatus, too_late
from bot.nudges import planning
from bot.nudges.meetings import meetings
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.thermostat import Reason
from bot.nudges.window import LOOKBACK, Some, Window

_LATELY = timedelta(days=2)
"""How far back messages are looked at that were dropped as too late."""


def any_waiting(session: Session, *, now: datetime) -> bool:
    """A plain read: whether there is anything to look at."""
    return session.scalar(_waiting(now).with_only_columns(NudgeRow.id).limit(1)) is not None


def look_again(session: Session, window: Window, *, now: datetime) -> None:
    """Drops what was overtaken and what came too late; frees what may be planned anew."""
    question = _waiting(now).with_for_update(of=DeliveryRow, skip_locked=True)
    _settle(session, session.execute(question).all(), window, now=now)


def before_release(session: Session, member_id: int, *, now: datetime) -> None:
    """The same for what is held until the member writes, when they do."""
    held = _carried().where(
        NudgeRow.member_id == member_id,
        DeliveryRow.held,
        DeliveryRow.status == DeliveryStatus.WAITING,
    )
    window = Window(now - LOOKBACK, now, HOME)
    _settle(session, session.execute(held.with_for_update(of=DeliveryRow)).all(), window, now=now)


def _settle(
    session: Session,
    found: Sequence[Row[NudgeRow, DeliveryRow]],
    window: Window,
    *,
    now: datetime,
) -> None:
    for _, delivery in found:
        if delivery.held and too_late(delivery, now):  # nobody wrote, and it knocks no second time
            delivery.status, delivery.reason = DeliveryStatus.DROPPED, TOO_LATE
    late = [row for row, delivery in found if delivery.status is DeliveryStatus.DROPPED]
    waiting = [row for row, delivery in found if delivery.status is DeliveryStatus.WAITING]
    held = [row for row, delivery in found if row in waiting and delivery.held]
    gone = {row.id for row in (*_overtaken(session, waiting, window), *_repeated(held))}
    hit = {row.delivery_id for row in waiting if row.id in gone}
    for _, delivery in found:
        if delivery.id in hit:
            delivery.status, delivery.reason = DeliveryStatus.DROPPED, Reason.OVERTAKEN.value
    for row in waiting:
        if row.id in gone:
            _drop(row, Reason.OVERTAKEN, now)
    again = [row for row in waiting if row.delivery_id in hit and row.id not in gone]
    for row in late:
        if row.useless_at <= now:
            _drop(row, Reason.UNDELIVERED, now)
        else:
            again.append(row)
    session.flush()
    session.execute(delete(NudgeRow).where(NudgeRow.id.in_([row.id for row in again])))


def _carried() -> Select[NudgeRow, DeliveryRow]:
    return (
        select(NudgeRow, DeliveryRow)
        .join(DeliveryRow, DeliveryRow.id == NudgeRow.delivery_id)
        .where(NudgeRow.fate != Fate.DROPPED)
    )


def _waiting(now: datetime) -> Select[NudgeRow, DeliveryRow]:
    unsent = and_(
        DeliveryRow.status == DeliveryStatus.WAITING,
        ~DeliveryRow.held | (DeliveryRow.useless_at <= now),
        DeliveryRow.part == 0,
        DeliveryRow.lease_until.is_(None) | (DeliveryRow.lease_until <= now),
    )
    late = and_(
        DeliveryRow.status == DeliveryStatus.DROPPED,
        DeliveryRow.reason == TOO_LATE,
        DeliveryRow.created_at > now - _LATELY - LOOKBACK,
    )
    return _carried().where(or_(unsent, late))


def _overtaken(session: Session, rows: Sequence[NudgeRow], window: Window) -> Collection[NudgeRow]:
    """Those that would not be planned now."""
    if not rows:
        return ()
    ids = [row.member_id for row in rows]
    whole = Window(window.until - LOOKBACK, window.until, window.zone)
    found = planning.planned(session, meetings(session, whole), Some(min(ids), max(ids)), whole)
    keys = {one.key for one in found}
    return [row for row in rows if row.key not in keys and row.useless_at > window.until]


def _repeated(rows: Sequence[NudgeRow]) -> Collection[NudgeRow]:
    """All but the last of those about one thing: whoever was away reads a question once, and not
    its reminder as well.
    """
    last = {(row.member_id, row.thing): row.id for row in sorted(rows, key=lambda row: row.id)}
    return [row for row in rows if row.id != last[row.member_id, row.thing]]


def _drop(row: NudgeRow, reason: Reason, now: datetime) -> None:
    row.fate, row.reason, row.decided_at = Fate.DROPPED, reason.value, now
    row.delivery_id = None
