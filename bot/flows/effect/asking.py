"""What a turn about questions, the review or the member does."""

from __future__ import annotations

from dataclasses import dataclass

from bot.members import ConsentKind
from bot.questions import Verdict
from knowledge.search import Finding


@dataclass(frozen=True)
class Asked:
    """A question was asked; it is kept with what was found."""

    ref: str
    finding: Finding


@dataclass(frozen=True)
class Rated:
    """The asker said whether an entry answered a question."""

    ref: str
    entry_id: str
    verdict: Verdict


@dataclass(frozen=True)
class WantsPeers:
    """The asker would put a question to peers."""

    ref: str


@dataclass(frozen=True)
class Confirmed:
    """A moderator said whether a proposed wording asks the same."""

    proposal_id: int
    same: bool


@dataclass(frozen=True)
class Linked:
    """A moderator said which entry answers a question that nobody could answer."""

    ref: str
    entry_id: str


@dataclass(frozen=True)
class Dismissed:
    """A moderator said that a question needs no answer here."""

    ref: str


@dataclass(frozen=True)
class Agreed:
    """The member was told, or asked for, something that is kept as consent."""

    kind: ConsentKind
    wording: str


@dataclass(frozen=True)
class Forgot:
    """Everything about the member goes."""


AskingEffect = Asked | Rated | WantsPeers | Confirmed | Linked | Dismissed | Agreed | Forgot
