"""Deliveries: one message to one person on one channel, kept until it is sent or given up.

Nothing leaves before commit. A request's own replies are committed already leased to that request,
which sends them at once; the worker sends the rest. A lease that ran out means that a sender may
have crashed between sending and recording: the provider is asked before anything is sent again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.orm import Session, aliased

from bot import knocks, mailing, messages
from bot.delivery import (
    REASON_LENGTH,
    TOO_LATE,
    Delivery,
    DeliveryRow,
    DeliveryStatus,
    Receipt,
    Recipient,
    SendLater,
    Via,
    too_late,
    under_way,
)
from bot.mailing import LEASE, Letter
from bot.members import Member
from bot.messages import Channel, Choice

MOST_TRIES = 8
KEPT = timedelta(days=30)
"""How long sent messages stay: the web chat shows them again."""


def enqueue(
    session: Session,
    contents: Iterable[messages.Outgoing],
    to: Recipient,
    *,
    now: datetime,
    prompt: str | None = None,
    due: datetime | None = None,
    useless_at: datetime | None = None,
) -> tuple[int, ...]:
    """Stores messages to be sent. An answer to a message is leased to the request that brought it.

    `prompt` is what the member had said, for channels that show it back; the first message
    carries it. `due` is when they may leave, at once where it is not said; from `useless_at` on
    they are dropped. Their ids, in order.
    """
    letters = [
        Letter(content, to, due, useless_at, prompt if number == 0 else None)
        for number, content in enumerate(contents)
    ]
    return mailing.post(session, letters, now=now)


def _in_hand(row: DeliveryRow, *, unsettled: bool = False) -> Delivery:
    return Delivery(
        id=row.id,
        ref=row.ref,
        channel=row.channel,
        address=row.address,
        place=row.place,
        content=messages.from_json(row.content),
        prompt=row.prompt,
        part=row.part,
        created_at=row.created_at,
        via=row.via,
        status=row.status,
        unsettled=unsettled,
        knock=row.knock,
    )


def replies(session: Session, inbox_id: int) -> tuple[Delivery, ...]:
    """All that answered one message, in order, sent or not."""
    rows = session.scalars(
        select(DeliveryRow).where(DeliveryRow.inbox_id == inbox_id).order_by(DeliveryRow.id)
    )
    return tuple(_in_hand(row) for row in rows)


def take_replies(
    session: Session, inbox_id: int, owner: str, *, now: datetime
) -> tuple[Delivery, ...]:
    """The replies still waiting for the request that brought the message; no other gets them."""
    rows = session.scalars(
        select(DeliveryRow)
        .where(
            DeliveryRow.inbox_id == inbox_id,
            DeliveryRow.status == DeliveryStatus.WAITING,
            DeliveryRow.lease_owner == mailing.request(inbox_id),
        )
        .order_by(DeliveryRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.lease_owner, row.lease_until = owner, now + LEASE
    return tuple(_in_hand(row) for row in rows)


def anything_before(session: Session, delivery: Delivery, *, now: datetime) -> bool:
    """Whether something spoken earlier to the same address has yet to leave."""
    earlier = select(DeliveryRow.id).where(
        DeliveryRow.channel == delivery.channel,
        DeliveryRow.address == delivery.address,
        DeliveryRow.id < delivery.id,
        under_way(DeliveryRow, now),
    )
    return session.scalar(earlier.limit(1)) is not None


def claim(session: Session, owner: str, *, now: datetime, limit: int = 100) -> tuple[Delivery, ...]:
    """What is due, one message a person: the next waits until the one before is settled."""
    earlier = aliased(DeliveryRow)
    rows = session.scalars(
        select(DeliveryRow)
        .where(
            _due(now),
            ~exists().where(
                earlier.channel == DeliveryRow.channel,
                earlier.address == DeliveryRow.address,
                earlier.id < DeliveryRow.id,
                under_way(earlier, now),
            ),
        )
        .order_by(DeliveryRow.due_at, DeliveryRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    wanted, claimed = [], []
    for row in rows:
        if (reason := _unwanted(session, row, now)) is not None:
            row.status, row.reason = DeliveryStatus.DROPPED, reason
        else:
            wanted.append(row)
    leaving, knocking = knocks.hold_back(session, wanted, now=now)
    for row in (*leaving, *knocking):
        claimed.append(_in_hand(row, unsettled=row.lease_until is not None))
        row.lease_owner, row.lease_until = owner, now + LEASE
    return tuple(claimed)


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether there is anything to claim: a plain read, so that an idle worker writes nothing."""
    return session.scalar(select(DeliveryRow.id).where(_due(now)).limit(1)) is not None


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(
        DeliveryRow.channel != Channel.TERMINAL,  # read where it is (`delivery.read_here`)
        DeliveryRow.status == DeliveryStatus.WAITING,
        ~DeliveryRow.held,
        DeliveryRow.due_at <= now,
        DeliveryRow.lease_until.is_(None) | (DeliveryRow.lease_until <= now),
    )


def released(session: Session, delivery_id: int) -> None:
    """Gives back a delivery that was taken and not begun."""
    if (row := session.get(DeliveryRow, delivery_id)) is not None:
        row.lease_owner = row.lease_until = None


def _unwanted(session: Session, row: DeliveryRow, now: datetime) -> str | None:
    """Why a delivery should not leave any more."""
    if too_late(row, now):
        return TOO_LATE
    if row.member_id is None or row.inbox_id is not None:
        return None  # an answer to the member's own message
    member = session.get(Member, row.member_id)
    stopped = member is not None and member.stopped_at is not None
    return "the member has stopped the bot" if stopped else None


def sent(session: Session, delivery_id: int, receipt: Receipt, via: Via, *, now: datetime) -> None:
    row = session.get(DeliveryRow, delivery_id)
    if row is None:  # its member was forgotten while it was on its way
        return
    row.provider_ref = receipt.provider_ref or row.provider_ref
    row.via = via
    row.part += 1
    if not receipt.more:
        row.status, row.sent_at = DeliveryStatus.SENT, now
        row.lease_owner = row.lease_until = None
        _forget_stranger(row)


def _forget_stranger(row: DeliveryRow) -> None:
    """Of somebody who is no member, or no more, nothing stays once a delivery is settled."""
    if row.member_id is None:
        row.address, row.place, row.prompt = "", "", None


def postponed(session: Session, delivery_id: int, error: SendLater, *, now: datetime) -> None:
    """To be tried again: when the provider says, or after twice as long as before."""
    if (row := session.get(DeliveryRow, delivery_id)) is None:
        return
    row.tries += 1
    if row.tries >= MOST_TRIES:
        refused(session, delivery_id, f"given up after {row.tries} tries: {error}")
        return
    row.due_at = now + (error.after or timedelta(seconds=5 * 2**row.tries))
    row.reason = str(error)[:REASON_LENGTH]
    row.lease_owner = None
    # A lease that has run out makes the next sender ask the provider before it sends.
    row.lease_until = row.due_at if error.unsure else None


def refused(session: Session, delivery_id: int, reason: str) -> None:
    if (row := session.get(DeliveryRow, delivery_id)) is None:
        return
    row.status, row.reason = DeliveryStatus.FAILED, reason[:REASON_LENGTH]
    row.lease_owner = row.lease_until = None
    _forget_stranger(row)


def latest_choices(session: Session, channel: Channel, address: str) -> tuple[Choice, ...]:
    """What the latest sent message with choices offered: what a bare digit means."""
    row = session.scalar(
        select(DeliveryRow)
        .where(
            DeliveryRow.channel == channel,
            DeliveryRow.address == address,
            DeliveryRow.status == DeliveryStatus.SENT,
            DeliveryRow.offers,
        )
        .order_by(DeliveryRow.sent_at.desc(), DeliveryRow.id.desc())
        .limit(1)
    )
    return messages.from_json(row.content).choices if row is not None else ()


def transcript(
    session: Session, channel: Channel, address: str, *, after: str = "", limit: int = 100
) -> tuple[Delivery, ...]:
    """The latest messages to one address in the order they were spoken, for the web page.

    Answers show at once, even while their request still holds them; what the bot starts itself
    shows when it has been sent. `after` is the `ref` of the last one that the page has.
    """
    known = session.scalar(select(DeliveryRow.id).where(DeliveryRow.ref == after)) if after else 0
    rows = session.scalars(
        select(DeliveryRow)
        .where(
            DeliveryRow.channel == channel,
            DeliveryRow.address == address,
            DeliveryRow.id > (known or 0),
            (DeliveryRow.status == DeliveryStatus.SENT)
            | ((DeliveryRow.status == DeliveryStatus.WAITING) & DeliveryRow.inbox_id.is_not(None)),
        )
        .order_by(DeliveryRow.id.desc())
        .limit(limit)
    ).all()
    return tuple(_in_hand(row) for row in reversed(rows))


_PROGRESS = ("queued", "sending", "sent", "delivered", "read")
_ENDED = ("failed", "undelivered")


def progressed(session: Session, provider_ref: str, status: str, reason: str = "") -> bool:
    """A provider's word on a sent message. It never moves backwards. False when it is not ours."""
    row = session.scalar(
        select(DeliveryRow).where(DeliveryRow.provider_ref == provider_ref).with_for_update()
    )
    if row is None:
        return False
    if status in _ENDED and row.provider_status not in ("delivered", "read"):
        row.provider_status = status
        row.status, row.reason = DeliveryStatus.FAILED, reason[:REASON_LENGTH] or status
    elif status in _PROGRESS and row.provider_status not in _ENDED:
        known = _PROGRESS.index(row.provider_status) if row.provider_status else -1
        row.provider_status = _PROGRESS[max(known, _PROGRESS.index(status))]
    return True


def tidy(session: Session, *, now: datetime) -> None:
    session.execute(
        delete(DeliveryRow).where(
            DeliveryRow.status != DeliveryStatus.WAITING, DeliveryRow.created_at < now - KEPT
        )
    )
