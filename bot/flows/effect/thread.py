"""What a turn in a thread does: help, follow, mark, close, report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.challenges.models import MarkKind, ReplyKind


class Listening(StrEnum):
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SAME = "same"
    MUTE = "mute"
    UNMUTE = "unmute"


class Ending(StrEnum):
    CLOSE = "close"
    REOPEN = "reopen"
    SOLVE = "solve"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Replied:
    """The member replies. `key` is the same when the same message comes again."""

    code: str
    text: str
    kind: ReplyKind
    key: str


@dataclass(frozen=True)
class Corrected:
    """The member changes the words of their own reply."""

    ref: str
    text: str


@dataclass(frozen=True)
class TookBack:
    """The member takes their own reply back."""

    ref: str


@dataclass(frozen=True)
class Listened:
    """The member would hear more of a thread, or less."""

    code: str
    how: Listening


@dataclass(frozen=True)
class Marked:
    """The member says of what use a reply is, or takes that `back`."""

    ref: str
    kind: MarkKind
    back: bool = False


@dataclass(frozen=True)
class Ended:
    """The author says what becomes of their challenge."""

    code: str
    how: Ending


@dataclass(frozen=True)
class Reported:
    """The member asks for a look at a challenge, or at the reply with that ref."""

    code: str
    ref: str | None
    reason: str


@dataclass(frozen=True)
class Settled:
    """Somebody has looked at what was reported."""

    report_id: int


ThreadEffect = Replied | Corrected | TookBack | Listened | Marked | Ended | Reported | Settled
