"""A nudge that is due, with the facts that its message tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.challenges.digest import Unheard
from bot.learning_sets.seats import Rsvp
from bot.nudges.kinds import WEIGHTS, Kind
from bot.nudges.meetings import Meeting


@dataclass(frozen=True)
class Step:
    """A practical step that the member said they would try, in their own words."""

    commitment_id: int
    what: str
    made_at: datetime


@dataclass(frozen=True)
class OfMeeting:
    """About a session. `step` is what the member has open, where the nudge asks about it."""

    meeting: Meeting
    rsvp: Rsvp | None = None
    step: Step | None = None


@dataclass(frozen=True)
class OfStep:
    """How did it go? `times` is how often that was asked before."""

    step: Step
    times: int


@dataclass(frozen=True)
class OfChallenge:
    """The member's own challenge, and how many replies stand in it."""

    code: str
    replies: int


@dataclass(frozen=True)
class OfThemes:
    """What nobody has answered yet in themes that the member follows."""

    shown: tuple[Unheard, ...]


@dataclass(frozen=True)
class OfEntry:
    entry_id: str
    problem: str


@dataclass(frozen=True)
class OfWeek:
    """What waits for the moderators: how many of each."""

    drafts: int
    reports: int
    gaps: int
    reviews: int


About = OfMeeting | OfStep | OfChallenge | OfThemes | OfEntry | OfWeek


@dataclass(frozen=True)
class Nudge:
    """A message that the bot would start with a member.

    `key` is its natural key: alike whoever plans it and whenever. `thing` is what it reminds of.
    From `due` on it may come; from `useless_at` on it helps nobody any more. Both in UTC.
    """

    key: str
    member_id: int
    kind: Kind
    thing: str
    due: datetime
    useless_at: datetime
    about: About

    @property
    def order(self) -> tuple[int, datetime, str]:
        """What matters more comes first, then what was due first."""
        return WEIGHTS[self.kind].rank, self.due, self.key
