"""Arrived messages: kept once before they are acknowledged, and handled in order per member.

The words and the address are deleted as soon as a message is handled; its id stays for a while so
that a repeat is known.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    delete,
    select,
    text,
    tuple_,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.members import ChannelIdentity, Member, at
from bot.messages import Channel, Inbound
from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import Base, UtcDateTime

MOST_TRIES = 3
"""After so many failures a message is given up, with an apology, so that later ones get through."""
RETRY_AFTER = (timedelta(seconds=5), timedelta(seconds=30))
REMEMBERED = timedelta(days=7)
"""How long ids of handled messages stay. Slack asks for a day; a queue somewhere may be slower."""
LONGEST_ID = 200

_inbound: TypeAdapter[Inbound] = TypeAdapter(Inbound)


class InboxMessage(Base):
    """A message that has arrived. `body` and `address` are empty once it is handled."""

    __tablename__ = "inbox_message"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index("ix_inbox_message_waiting", "handled_at", "channel", "address"),
        NEVER_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    provider_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    address: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[str | None] = mapped_column(Text)
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True
    )
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str | None] = mapped_column(String(200))


@dataclass(frozen=True)
class Waiting:
    """A kept message whose turn it is."""

    id: int
    inbound: Inbound
    tries: int
    retry_at: datetime | None


def keep(session: Session, inbound: Inbound, *, now: datetime) -> int:
    """Keeps a message unless it was kept before. The id of its row either way."""
    known = _id_of(session, inbound)
    if known is not None:
        return known
    message = InboxMessage(
        channel=inbound.channel,
        provider_id=inbound.provider_id[:LONGEST_ID],
        address=inbound.address,
        body=_inbound.dump_json(inbound.readable()).decode(),
        received_at=now,
        tries=0,
    )
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:  # another process kept the same one between our two looks
        known = _id_of(session, inbound)
        if known is None:
            raise
        return known
    return message.id


def is_kept(session: Session, inbound: Inbound) -> bool:
    """Whether the message has arrived before."""
    return _id_of(session, inbound) is not None


def _id_of(session: Session, inbound: Inbound) -> int | None:
    return session.scalar(
        select(InboxMessage.id).where(
            InboxMessage.channel == inbound.channel,
            InboxMessage.provider_id == inbound.provider_id[:LONGEST_ID],
        )
    )


def lock(session: Session, channel: Channel, address: str) -> Member | None:
    """Lets one transaction at a time work for this sender; the member, where it is one.

    The address is locked before the member, always in that order, so two addresses of one member
    cannot wait for each other. SQLite has one writer and needs no lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        digest = hashlib.sha256(f"{channel}:{address}".encode()).digest()
        key = int.from_bytes(digest[:8], "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
    member = at(session, channel, address)
    if member is not None:
        # Others may point at this member meanwhile (ask them, tell them): two members who write to
        # each other at the same moment do not wait for each other.
        session.refresh(member, with_for_update={"key_share": True})
    return member


def oldest_beside(session: Session, message_id: int) -> Waiting | None:
    """The oldest waiting message of whoever sent this one; None once this one is handled."""
    message = session.get(InboxMessage, message_id)
    if message is None or message.handled_at is not None or message.address is None:
        return None
    lane = {(message.channel, message.address)}
    member = at(session, message.channel, message.address)
    if member is not None:
        identities = session.scalars(
            select(ChannelIdentity).where(ChannelIdentity.member_id == member.id)
        )
        lane |= {(identity.channel, identity.address) for identity in identities}
    oldest = session.scalars(
        select(InboxMessage)
        .where(
            InboxMessage.handled_at.is_(None),
            tuple_(InboxMessage.channel, InboxMessage.address).in_(lane),
        )
        .order_by(InboxMessage.id)
        .limit(1)
    ).one()
    return Waiting(
        oldest.id, _inbound.validate_json(oldest.body or ""), oldest.tries, oldest.retry_at
    )


def waiting(session: Session, *, received_before: datetime, now: datetime) -> tuple[int, ...]:
    """Messages that nobody has handled, oldest first: what a crash or a failure left behind."""
    return tuple(
        session.scalars(
            select(InboxMessage.id)
            .where(
                InboxMessage.handled_at.is_(None),
                InboxMessage.received_at <= received_before,
                InboxMessage.retry_at.is_(None) | (InboxMessage.retry_at <= now),
            )
            .order_by(InboxMessage.id)
            .limit(500)
        )
    )


def handled(
    session: Session, message_id: int, *, member_id: int | None, now: datetime, failure: str = ""
) -> None:
    """Done with: the words and the address go."""
    message = session.get_one(InboxMessage, message_id)
    message.handled_at = now
    message.address = None
    message.body = None
    message.member_id = member_id
    message.failure = failure or None


def failed(session: Session, message_id: int, reason: str, *, now: datetime) -> bool:
    """Counts a failure. True when the message is to be given up."""
    message = session.get_one(InboxMessage, message_id)
    message.tries += 1
    message.failure = reason[:200]
    if message.tries >= MOST_TRIES:
        return True
    message.retry_at = now + RETRY_AFTER[message.tries - 1]
    return False


def tidy(session: Session, *, now: datetime) -> None:
    """Forgets ids that no provider will repeat any more."""
    session.execute(delete(InboxMessage).where(InboxMessage.handled_at < now - REMEMBERED))
