"""What a request left in the database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from bot import members
from bot.app import Network
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.inbox import InboxMessage
from bot.members import Role
from bot.messages import Channel


def count(network: Network, table: type[InboxMessage | DeliveryRow]) -> int:
    with network.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def statuses(network: Network) -> list[DeliveryStatus]:
    with network.database.reading() as session:
        return list(session.scalars(select(DeliveryRow.status).order_by(DeliveryRow.id)))


def asha(network: Network, channel: Channel, address: str) -> None:
    """Makes a member who has been welcomed."""
    now = datetime.now(UTC)
    with network.database.writing() as session:
        member = members.add(session, "Asha", Role.OFFICER, now=now)
        members.connect(session, member, channel, address, now=now)
        member.welcomed_at = now
