"""Knocks: WhatsApp takes what the bot starts only within a day of the member's last message.

What it would not take is held until the member writes. Meanwhile one knock goes, an approved
message without content which says that something waits; at most one until they write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import mailing, messages
from bot.delivery import TOO_LATE, DeliveryRow, DeliveryStatus, Recipient, too_late
from bot.mailing import Letter
from bot.members import ChannelIdentity
from bot.messages import Channel, Text
from bot.wording import nudges as wording

WINDOW = timedelta(hours=24)
"""After a member's message, how long WhatsApp takes free words from us."""
KNOCKING = timedelta(hours=1)
"""How long a knock is tried where the provider cannot be reached: then it is late."""
AFTER_THE_ANSWER = timedelta(seconds=3)
"""What was held comes behind the answer to what the member has just written."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def is_open(last_wrote: datetime | None, now: datetime) -> bool:
    """Whether WhatsApp takes free words for somebody who wrote then."""
    return last_wrote is not None and now - last_wrote < WINDOW


def hold_back(
    session: Session, rows: Iterable[DeliveryRow], *, now: datetime
) -> tuple[list[DeliveryRow], list[DeliveryRow]]:
    """What may leave, and the knocks for what is held from now on."""
    rows = list(rows)
    started = [row for row in rows if _needs_the_window(row)]
    wrote = _last_wrote(session, started) if started else {}
    held = [row for row in started if not is_open(wrote.get(row.address), now)]
    for row in held:
        row.held = True
    knocked = _knocked(session, held, wrote)
    letters = {}
    for row in held:
        if row.address not in knocked:
            to = Recipient(row.channel, row.address, member_id=row.member_id)
            letters[row.address] = Letter(
                Text(wording.KNOCK), to, useless_at=now + KNOCKING, knock=True
            )
    ids = mailing.post(session, list(letters.values()), now=now)
    knocks = [session.get_one(DeliveryRow, one) for one in ids]
    return [row for row in rows if not row.held], knocks


def _needs_the_window(row: DeliveryRow) -> bool:
    ours = row.inbox_id is None and row.member_id is not None and row.part == 0
    return row.channel is Channel.WHATSAPP and ours and not row.knock


def _last_wrote(session: Session, rows: Collection[DeliveryRow]) -> dict[str, datetime]:
    found = session.execute(
        select(ChannelIdentity.address, ChannelIdentity.last_used_at).where(
            ChannelIdentity.channel == Channel.WHATSAPP,
            ChannelIdentity.address.in_([row.address for row in rows]),
        )
    )
    return {address: at for address, at in found if at is not None}


def _knocked(
    session: Session, rows: Collection[DeliveryRow], wrote: dict[str, datetime]
) -> frozenset[str]:
    """Where a knock went, or is on its way, since the member last wrote."""
    if not rows:
        return frozenset()
    found = session.execute(
        select(DeliveryRow.address, DeliveryRow.created_at).where(
            DeliveryRow.channel == Channel.WHATSAPP,
            DeliveryRow.address.in_([row.address for row in rows]),
            DeliveryRow.knock,
            DeliveryRow.status.in_((DeliveryStatus.WAITING, DeliveryStatus.SENT)),
        )
    )
    return frozenset(address for address, at in found if at > wrote.get(address, _LONG_AGO))


def release(session: Session, channel: Channel, address: str, *, now: datetime) -> None:
    """The member writes: what was held comes behind the answer, what is of no use any more not."""
    rows = session.scalars(
        select(DeliveryRow)
        .where(
            DeliveryRow.channel == channel,
            DeliveryRow.address == address,
            DeliveryRow.held,
            DeliveryRow.status == DeliveryStatus.WAITING,
        )
        .order_by(DeliveryRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.held, row.due_at = False, now + AFTER_THE_ANSWER
        content = messages.from_json(row.content)
        if too_late(row, now):
            row.status, row.reason = DeliveryStatus.DROPPED, TOO_LATE
        elif isinstance(content, Text):
            said = replace(content, text=f"{wording.WHILE_AWAY} {content.text}")
            row.content = messages.to_json(said)
