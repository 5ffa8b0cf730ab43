"""What a turn does about what members commit to, reflect on and let others read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.learning_sets.commitment import FromEntry, Readers
from bot.learning_sets.reflections import NewReflection
from bot.learning_sets.shown import Whose


@dataclass(frozen=True)
class Commits:
    """The member will try something in their own words, and is asked about it on a day.

    `session_code` is the session after which they say so, `challenge` the code of what it is for.
    """

    what: str
    check_back_on: date
    session_code: str = ""
    challenge: str = ""
    source: FromEntry | None = None


@dataclass(frozen=True)
class LetsRead:
    """Who may read a commitment, and in which words."""

    commitment_id: int
    readers: Readers
    what: str
    learning: str


@dataclass(frozen=True)
class Reflects:
    new: NewReflection


@dataclass(frozen=True)
class ReflectsAnew:
    """Other words or other readers of a reflection."""

    reflection_id: int
    words: str
    readers: Readers


@dataclass(frozen=True)
class TakesReflectionBack:
    reflection_id: int


@dataclass(frozen=True)
class Drafts:
    """A moderator makes a draft of what somebody learnt; `about` names the words."""

    about: str
    problem: str


@dataclass(frozen=True)
class Shows:
    """The replies of this turn show these words of other members."""

    whose: tuple[Whose, ...]


BetweenEffect = Commits | LetsRead | Reflects | ReflectsAnew | TakesReflectionBack | Drafts | Shows
