"""A delivery: one message to one person on one channel, and what becomes of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import messages
from bot.messages import Channel
from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import Base, UtcDateTime

REASON_LENGTH = 200
TOO_LATE = "too late to be of use"


class DeliveryStatus(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Via(StrEnum):
    """How a delivery left: in the response to the member's request, or by the provider's API."""

    RESPONSE = "response"
    API = "api"


class SendError(Exception):
    """A message could not be sent.

    SendError
      SendLater      the provider asks us to wait, or could not be reached
      SendRefused    the provider will never take it
    """


class SendLater(SendError):
    """The provider asks us to wait, or its answer was lost: then it is `unsure` what it did."""

    def __init__(
        self, reason: str, after: timedelta | None = None, *, unsure: bool = False
    ) -> None:
        super().__init__(reason)
        self.after = after
        self.unsure = unsure


class SendRefused(SendError):
    """The provider will never take this message."""


class DeliveryRow(Base):
    """A delivery as it is stored: content unrendered, so that what is due can still change.

    After `useless_at` it is dropped and not sent. `held`: it waits until the member writes, because
    their channel takes nothing else until then; a `knock` says so, without content.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_due", "status", "due_at"),
        Index("ix_delivery_address", "channel", "address", "status"),
        NEVER_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True
    )
    inbox_id: Mapped[int | None] = mapped_column(
        ForeignKey("inbox_message.id", ondelete="SET NULL"), index=True
    )
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    address: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(300))
    prompt: Mapped[str | None] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    offers: Mapped[bool] = mapped_column()
    status: Mapped[DeliveryStatus] = mapped_column(one_of(DeliveryStatus, "status"))
    via: Mapped[Via | None] = mapped_column(one_of(Via, "via"))
    part: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    useless_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    knock: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    provider_ref: Mapped[str | None] = mapped_column(String(200), index=True)
    provider_status: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(REASON_LENGTH))


def under_way(row: type[DeliveryRow], now: datetime) -> ColumnElement[bool]:
    """Whether a delivery holds up what was spoken after it: what is meant for later does not."""
    waits = (row.status == DeliveryStatus.WAITING) & ~row.held
    return waits & ((row.due_at <= now) | (row.tries > 0))


def too_late(row: DeliveryRow, now: datetime) -> bool:
    """Whether it is of no use any more. What the provider has begun to take goes on."""
    return row.useless_at is not None and row.useless_at <= now and row.part == 0


def take_back(
    session: Session, deliveries: Collection[int], instead: messages.Text, *, reason: str
) -> None:
    """The words of these messages go: what waits is dropped, what was shown shows `instead`."""
    rows = update(DeliveryRow).where(DeliveryRow.id.in_(deliveries))
    session.execute(
        rows.where(DeliveryRow.status == DeliveryStatus.WAITING, DeliveryRow.inbox_id.is_(None)),
        {"status": DeliveryStatus.DROPPED, "reason": reason[:REASON_LENGTH]},
    )
    session.execute(rows, {"content": messages.to_json(instead), "offers": bool(instead.choices)})


@dataclass(frozen=True)
class Delivery:
    """A delivery in hand. `ref` is opaque and may be shown to a provider; `id` never is.

    `part` counts the pieces of it that the provider has already taken. `unsettled` says that an
    earlier sender may have got further than it could record. A `knock` tells nothing: it only says
    that something waits.
    """

    id: int
    ref: str
    channel: Channel
    address: str
    place: str
    content: messages.Outgoing
    prompt: str | None
    part: int
    created_at: datetime
    via: Via | None
    status: DeliveryStatus
    unsettled: bool = False
    knock: bool = False


@dataclass(frozen=True)
class Receipt:
    """What a provider says of one sent piece; `more` when the message has further pieces."""

    provider_ref: str
    more: bool = False


class Sender(Protocol):
    """Sends to one channel. Raises SendLater or SendRefused."""

    def send(self, delivery: Delivery) -> Receipt:
        """Sends piece `delivery.part`."""

    def find(self, delivery: Delivery) -> Receipt | None:
        """That piece as the provider knows it, where it has taken it already."""


@dataclass(frozen=True)
class Recipient:
    """Whom a delivery goes to, and in answer to which message."""

    channel: Channel
    address: str
    place: str = ""
    member_id: int | None = None
    inbox_id: int | None = None


def read_here(
    session: Session, channel: Channel, address: str, *, now: datetime
) -> tuple[messages.Outgoing, ...]:
    """What waits for somebody who is reading now, in order; it counts as sent."""
    rows = session.scalars(
        select(DeliveryRow)
        .where(
            DeliveryRow.channel == channel,
            DeliveryRow.address == address,
            DeliveryRow.status == DeliveryStatus.WAITING,
            DeliveryRow.due_at <= now,
            DeliveryRow.lease_until.is_(None) | (DeliveryRow.lease_until <= now),
        )
        .order_by(DeliveryRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        if too_late(row, now):
            row.status, row.reason = DeliveryStatus.DROPPED, TOO_LATE
        else:
            row.status, row.via, row.sent_at = DeliveryStatus.SENT, Via.RESPONSE, now
    read = [row for row in rows if row.status is DeliveryStatus.SENT]
    return tuple(messages.from_json(row.content) for row in read)
