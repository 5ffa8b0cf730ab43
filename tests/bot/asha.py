"""Asha writes in Slack, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from bot.app import Network
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.inbox import InboxMessage
from bot.messages import Channel, Inbound
from bot.questions import Question

BOARD = "how do we work better with our partnership board?"
PERCEPTION = "how do we measure perception?"


def from_asha(number: int, text: str) -> Inbound:
    return Inbound(Channel.SLACK, f"Ev{number}", "T1:U1", text, place="D1")


def say(network: Network, inbound: Inbound, now: datetime) -> int:
    inbox_id = network.keep(inbound, now=now)
    network.handle(inbox_id, now=now)
    network.deliver(inbox_id, now=now)
    return inbox_id


def count(network: Network, table: type[Question | InboxMessage | DeliveryRow]) -> int:
    with network.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def statuses(network: Network) -> list[DeliveryStatus]:
    with network.database.reading() as session:
        return list(session.scalars(select(DeliveryRow.status).order_by(DeliveryRow.id)))
