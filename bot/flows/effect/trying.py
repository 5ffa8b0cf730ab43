"""What a turn does about something that a member will try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.learning_sets.commitment import FromEntry, Outcome, Readers


@dataclass(frozen=True)
class TriesReply:
    """The member will try what that reply says, and is asked about it on a day."""

    ref: str
    what: str
    check_back_on: date


@dataclass(frozen=True)
class TriesSolution:
    """The member will try a solution of an entry."""

    source: FromEntry
    what: str
    check_back_on: date


@dataclass(frozen=True)
class Postponed:
    """The member is asked about it on another day."""

    commitment_id: int
    check_back_on: date


@dataclass(frozen=True)
class Told:
    """How it went; the latest word counts.

    `learning` None leaves what was said of that, and who may read it, as it is; `what` "" leaves
    what was tried in the words it has.
    """

    commitment_id: int
    outcome: Outcome
    learning: str | None = None
    readers: Readers | None = None
    what: str = ""
    check_back_on: date | None = None


@dataclass(frozen=True)
class LetGo:
    """The member will not try it after all, and is asked no more."""

    commitment_id: int


TryingEffect = TriesReply | TriesSolution | Postponed | Told | LetGo
