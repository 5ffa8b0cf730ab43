"""What a flow is given and what it gives back.

A flow is `step(state, meaning, context) -> Turn`: it decides and writes nothing. The conversation
applies the effects and stores the state, and the outbox the replies, in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.flows.effect import Effect
from bot.flows.lookup import Lookup
from bot.members import Role
from bot.messages import Channel, Choice, Outgoing
from knowledge.search import Finding

Reply = Outgoing


@dataclass(frozen=True)
class Person:
    """The member in the conversation, as far as a flow needs to know."""

    role: Role
    welcomed: bool
    stopped: bool


@dataclass(frozen=True)
class Context:
    """`ref` is a fresh random reference for what this turn records.

    `attached` says that something came with the message which nobody will open. `typed` are the
    words as they came, None for a button or a whole form; `aside` as in `Inbound`. `offered` are
    the choices of the latest message that had any.
    """

    now: datetime
    channel: Channel
    person: Person
    lookup: Lookup
    ref: str
    finding: Finding | None = None
    words_only: bool = False
    attached: bool = False
    typed: str | None = None
    aside: bool = False
    offered: tuple[Choice, ...] = ()


def moderates(context: Context) -> bool:
    return context.person.role in (Role.MODERATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class State:
    """Where a conversation stands: its flow, the step of it, and what was gathered."""

    flow: str
    step: str
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What happens next. `state` None ends the conversation; the next words start anew."""

    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()
    state: State | None = None
