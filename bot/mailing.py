"""Mailing: messages laid into the outbox, one or a thousand at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot import messages
from bot.delivery import DeliveryRow, DeliveryStatus, Recipient

LEASE = timedelta(seconds=90)
"""Longer than any provider's retry of a webhook, so that a repeat finds its replies first."""


@dataclass(frozen=True)
class Letter:
    """A message to somebody. `due` is when it may leave, at once where it is not said; from
    `useless_at` on it is dropped. `prompt` is what the member had said, for channels that show it.
    """

    content: messages.Outgoing
    to: Recipient
    due: datetime | None = None
    useless_at: datetime | None = None
    prompt: str | None = None
    knock: bool = False


def post(session: Session, letters: Sequence[Letter], *, now: datetime) -> tuple[int, ...]:
    """Stores messages to be sent, in one statement. Their ids, in the order of speaking.

    An answer to a message is leased to the request that brought it.
    """
    if not letters:
        return ()
    inserting = insert(DeliveryRow).returning(DeliveryRow.id, sort_by_parameter_order=True)
    return tuple(session.scalars(inserting, [_row(letter, now) for letter in letters]))


def request(inbox_id: int | None) -> str:
    """Who holds the answers to a message until they have left."""
    return f"inbox:{inbox_id}"


def _row(letter: Letter, now: datetime) -> dict[str, object]:
    to = letter.to
    answers = to.inbox_id is not None
    return {
        "ref": secrets.token_hex(12),
        "member_id": to.member_id,
        "inbox_id": to.inbox_id,
        "channel": to.channel,
        "address": to.address,
        "place": to.place,
        "prompt": letter.prompt,
        "content": messages.to_json(letter.content),
        "offers": bool(letter.content.choices),
        "status": DeliveryStatus.WAITING,
        "part": 0,
        "tries": 0,
        "created_at": now,
        "due_at": letter.due or now,
        "useless_at": letter.useless_at,
        "held": False,
        "knock": letter.knock,
        "lease_owner": request(to.inbox_id) if answers else None,
        "lease_until": now + LEASE if answers else None,
    }
