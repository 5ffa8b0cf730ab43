"""Whom to ask, and when: rules over facts, without a database or a clock."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.challenges.models import Circle
from bot.habits import Nation
from bot.quiet import Days
from bot.working_days import WorksOn, days_later, in_hours, next_morning

HANDFUL = 5
WIDER = 12
WITHOUT_REPLY_DAYS = 2
"""Days that a challenge waits for a reply before it goes further."""
WEEK = timedelta(days=7)
LATELY = timedelta(days=28)
"""How far back asking counts when it is shared out fairly."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Reason(StrEnum):
    """Why a peer is asked: said to them, so each is a fact about themselves."""

    HELPED = "helped"
    FOLLOWS = "follows"
    PROGRESSED = "progressed"
    ALIKE = "alike"
    FAIR = "fair"


_WORTH = {Reason.HELPED: 4, Reason.FOLLOWS: 3, Reason.PROGRESSED: 2, Reason.ALIKE: 1}


@dataclass(frozen=True)
class Peer:
    """Somebody who might help with one challenge, and what speaks for and against asking them.

    `reasons` are what speaks for them. `away`: stopped, muted or nowhere to be reached. `taken`:
    the author, or already asked or in the thread.
    """

    member_id: int
    reasons: frozenset[Reason] = frozenset()
    away: bool = False
    taken: bool = False
    asked_this_week: int = 0
    weekly_limit: int = 3
    asked_lately: int = 0
    last_asked: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether they might be asked at all, this week or another."""
        return not self.away and not self.taken and self.weekly_limit > 0

    @property
    def free(self) -> bool:
        return self.open and self.asked_this_week < self.weekly_limit

    @property
    def points(self) -> int:
        return sum(_WORTH.get(reason, 0) for reason in self.reasons)

    @property
    def why(self) -> Reason:
        """The best reason."""
        return max(self.reasons, key=lambda reason: _WORTH.get(reason, 0), default=Reason.FAIR)


class Peers(Protocol):
    """What floors above know of members: who is in a set, and who got on with a theme."""

    def in_set(self, session: Session, set_id: int) -> frozenset[int]:
        """The members of a set."""

    def facilitators(self, session: Session, set_id: int) -> frozenset[int]:
        """Who facilitates a set, in it or not."""

    def progressed(self, session: Session, themes: Collection[str]) -> frozenset[int]:
        """Who reported that something worked, fully or partly, in any of these themes."""


@dataclass(frozen=True)
class Routing:
    """How this network asks: `weekly` is how often a member is asked who set no limit."""

    peers: Peers
    zone: ZoneInfo
    weekly: int = 3
    works_on: WorksOn = Days(Nation.ENGLAND).works_on


def likely(peers: Sequence[Peer], size: int, *, seed: str) -> tuple[Peer, ...]:
    """Those to ask: likeliest first, among equals who was asked least and longest ago, then by lot.

    The lot falls alike for the same seed.
    """

    def order(peer: Peer) -> tuple[int, int, datetime, bytes]:
        lot = hashlib.sha256(f"{seed}:{peer.member_id}".encode()).digest()
        return -peer.points, peer.asked_lately, peer.last_asked or _LONG_AGO, lot

    return tuple(sorted((peer for peer in peers if peer.free), key=order)[:size])


@dataclass(frozen=True)
class Step:
    """A challenge goes to the next circle at that time, to so many."""

    circle: Circle
    at: datetime
    size: int


def first_step(now: datetime, left: int, routing: Routing) -> Step:
    """At once while people work, else the next working morning."""
    at_work = in_hours(now, routing.zone, routing.works_on)
    at = now if at_work else next_morning(now, routing.zone, routing.works_on)
    return Step(Circle.HANDFUL, at, min(HANDFUL, left))


def next_step(
    reached: Circle, now: datetime, *, asked: int, left: int, set_only: bool, routing: Routing
) -> Step | None:
    """Where a challenge goes after `reached`, if nobody replies; None when it has nowhere to go.

    `asked` were asked just now; where that was nobody, there is nothing to wait two days for.
    `left` could be asked still. What was posted to a set goes to no moderators.
    """
    days = WITHOUT_REPLY_DAYS if asked else 0
    after = max(days_later(now, days, routing.zone), now + timedelta(minutes=1))
    at = next_morning(after, routing.zone, routing.works_on)
    if reached is Circle.NOBODY:
        return Step(Circle.HANDFUL, at, min(HANDFUL, left))
    if reached is Circle.HANDFUL and left:
        return Step(Circle.WIDER, at, min(WIDER, left))
    if reached is Circle.MODERATORS or set_only:
        return None
    return Step(Circle.MODERATORS, at, 0)
