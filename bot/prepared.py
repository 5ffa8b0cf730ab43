"""What a conversation is given for a message: what took time, and what its flows may know."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.flows.at_hand import NOTHING_AT_HAND, AtHand
from bot.flows.likeness import Likeness
from bot.flows.lookup import Lookup
from bot.flows.meaning import needs_finding
from bot.flows.turn import Context, Person
from bot.members import Member
from bot.messages import Inbound
from knowledge.search import Engine, Finding, Match


@dataclass(frozen=True)
class Prepared:
    """What took time and was done before the transaction opened."""

    finding: Finding | None
    near: Callable[[str], tuple[Match, ...]]
    likeness: Likeness
    engine: Engine
    words_only: bool = False


def prepare(engine: Engine, inbound: Inbound, posting: AtHand = NOTHING_AT_HAND) -> Prepared:
    """`posting` is what the sender is about to post, as far as a plain read could tell."""
    asked = inbound.on_board is None and needs_finding(inbound)
    finding = engine.find(inbound.text) if asked else None
    likeness = Likeness(engine)
    for text in posting.texts:
        likeness.look(text, posting.challenges, posting.themes)
    return Prepared(finding, engine.near, likeness, engine, words_only=not engine.semantic)


def in_haste(engine: Engine) -> Prepared:
    """Nothing that takes time: for what must be answered at once and needs no look-up."""
    return Prepared(None, engine.near, Likeness(None), engine, words_only=not engine.semantic)


def context_for(
    session: Session, inbound: Inbound, prepared: Prepared, *, member: Member, now: datetime
) -> Context:
    """What a flow is given for a member's message."""
    typed = inbound.choice is None and inbound.filled is None
    return Context(
        now=now,
        channel=inbound.channel,
        person=Person(
            member.role, member.welcomed_at is not None, stopped=member.stopped_at is not None
        ),
        lookup=Lookup(session, prepared.near, member.id, prepared.likeness, prepared.engine),
        ref=secrets.token_hex(8),
        finding=prepared.finding,
        words_only=prepared.words_only,
        attached=inbound.attachments > 0,
        typed=inbound.text if typed else None,
        aside=inbound.aside,
    )
