"""The card that a member was shown last, whatever was said since."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import messages
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.messages import EntryCard

_LOOKED_AT = 30
"""Messages with choices that are looked through: a card further back is not what is meant."""


def last_card(session: Session, member_id: int) -> str | None:
    """The id of its entry; None where there is no card among the latest messages."""
    contents = session.scalars(
        select(DeliveryRow.content)
        .where(
            DeliveryRow.member_id == member_id,
            DeliveryRow.status == DeliveryStatus.SENT,
            DeliveryRow.offers,
        )
        .order_by(DeliveryRow.id.desc())
        .limit(_LOOKED_AT)
    )
    shown = (messages.from_json(content) for content in contents)
    return next((one.entry_id for one in shown if isinstance(one, EntryCard)), None)
