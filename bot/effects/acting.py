"""Who acts, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.flows.turn import Reply
from bot.learning_sets.shown import Whose
from bot.members import Member
from bot.messages import Channel
from bot.rules import Rules


@dataclass(frozen=True)
class Acting:
    """The member whose turn it is, in the transaction that holds their lock."""

    session: Session
    member: Member
    channel: Channel
    rules: Rules
    now: datetime


@dataclass(frozen=True)
class Made:
    """`replies` say what only the doing showed, such as the code of a new challenge; they come
    after those of the turn. `gone`: the member is no more. `shows`: words of others in the replies.
    """

    replies: tuple[Reply, ...] = ()
    gone: bool = False
    shows: tuple[Whose, ...] = ()


DONE = Made()
