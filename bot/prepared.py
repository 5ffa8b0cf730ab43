"""What a conversation is given for a message: what took time, and what its flows may know."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

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
    engine: Engine
    words_only: bool = False


def prepare(engine: Engine, inbound: Inbound) -> Prepared:
    finding = engine.find(inbound.text) if needs_finding(inbound) else None
    return Prepared(finding, engine.near, engine, words_only=not engine.semantic)


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
        lookup=Lookup(session, prepared.near, member.id, prepared.engine),
        ref=secrets.token_hex(8),
        finding=prepared.finding,
        words_only=prepared.words_only,
        attached=inbound.attachments > 0,
        typed=inbound.text if typed else None,
        aside=inbound.aside,
    )
