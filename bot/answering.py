"""The end of a message's way in: it is handled, and what answers it waits to leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot import inbox, knocks
from bot.challenges import quoting
from bot.conversation import Exchange
from bot.inbox import Waiting
from bot.learning_sets import shown
from bot.messages import Channel, Inbound
from bot.nudges import overtaken


def answer(
    session: Session, waiting: Waiting, said: Exchange, *, now: datetime, failure: str = ""
) -> None:
    """Keeps the answers and whose words they show, and deletes the message's own words."""
    member_id = said.to.member_id
    inbox.handled(session, waiting.id, member_id=member_id, now=now, failure=failure)
    to, prompt = replace(said.to, inbox_id=waiting.id), _shown_back(waiting.inbound)
    deliveries = quoting.say(session, said.replies, to, now=now, prompt=prompt)
    shown.note_all(session, deliveries, said.shows)
    if to.channel is Channel.WHATSAPP and member_id is not None:
        overtaken.before_release(session, member_id, now=now)
        knocks.release(session, to.channel, to.address, now=now)


def _shown_back(inbound: Inbound) -> str | None:
    return inbound.text if inbound.channel is Channel.WEB else None
