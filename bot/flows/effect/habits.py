"""What a turn keeps of when and how often a member may be disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.habits import DigestEvery, Nation
from bot.nudges.kinds import Kind


@dataclass(frozen=True)
class ChoseHabits:
    """The answers of the form; None leaves a thing as it is. `stopped`: exactly these kinds."""

    nation: Nation | None = None
    quiet: tuple[time, time] | None = None
    a_week: int | None = None
    digest: DigestEvery | None = None
    stopped: frozenset[Kind] | None = None


@dataclass(frozen=True)
class StoppedNudges:
    """The member wants no more of a kind."""

    kind: Kind


HabitsEffect = ChoseHabits | StoppedNudges
