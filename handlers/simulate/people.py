"""The people of a simulation: who they are, what they are like, and what each of them did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time

from bot.habits import Nation
from bot.messages import Channel


@dataclass(frozen=True)
class Temper:
    """How likely somebody is to do something about a message, each between 0 and 1.

    `finishes` is how likely they answer the next question of a form.
    """

    answers: float
    finishes: float
    mutes: float
    stops: float
    leaves: float


KEEN = Temper(answers=0.5, finishes=0.95, mutes=0.01, stops=0.004, leaves=0.0003)
BUSY = Temper(answers=0.2, finishes=0.8, mutes=0.02, stops=0.008, leaves=0.001)
SILENT = Temper(answers=0.01, finishes=0.5, mutes=0.002, stops=0.004, leaves=0.0005)


@dataclass
class Person:
    """A member, and what the world knows of them: never what the bot knows.

    `quiet` is from when until when, `limit` nudges in seven days. Of what they did: `said` is when
    they wrote, `mutes` until when from when on, `stops` whether they want to hear nothing from when
    on, `refused` the kinds of nudge they wanted no more of, `forms` when a form was in hand.
    """

    name: str
    channel: Channel
    address: str
    nation: Nation
    quiet: tuple[time, time]
    limit: int
    temper: Temper
    member_id: int = 0
    said: list[datetime] = field(default_factory=list)
    mutes: list[tuple[datetime, datetime]] = field(default_factory=list)
    stops: list[tuple[datetime, bool]] = field(default_factory=list)
    refused: list[tuple[datetime, str]] = field(default_factory=list)
    forms: list[datetime] = field(default_factory=list)
    left_at: datetime | None = None

    @property
    def stopped(self) -> bool:
        return bool(self.stops) and self.stops[-1][1]

    def muted_until(self, at: datetime) -> datetime | None:
        """What they asked for last, by then."""
        asked = [until for since, until in self.mutes if since <= at]
        return asked[-1] if asked else None

    def stopped_at(self, at: datetime) -> bool:
        said = [stopped for since, stopped in self.stops if since <= at]
        return bool(said) and said[-1]

    def form_in_hand(self, at: datetime) -> datetime | None:
        """When they last touched a form that is in hand then; None where they did something else
        since."""
        said = [one for one in self.said if one <= at]
        return said[-1] if said and said[-1] in self.forms else None

    def refused_at(self, at: datetime) -> frozenset[str]:
        return frozenset(kind for since, kind in self.refused if since <= at)
