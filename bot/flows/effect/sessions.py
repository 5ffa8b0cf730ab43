"""What a turn does about sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.learning_sets.seats import Rsvp
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.sessions import Arrangement
from bot.learning_sets.write_ups import Said


@dataclass(frozen=True)
class Planned:
    """Once, or on all of `days`. The zone is the network's, whatever the arrangement says."""

    set_id: int
    first: Arrangement
    days: tuple[date, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Came:
    """The member said whether they come."""

    code: str
    rsvp: Rsvp
    whole_series: bool = False


@dataclass(frozen=True)
class Volunteered:
    """The member brings a challenge of theirs, or no longer."""

    code: str
    challenge: str
    brings: bool = True


@dataclass(frozen=True)
class Picked:
    """The agenda has these codes from now on; `seen` were on it before."""

    code: str
    picked: tuple[str, ...]
    seen: tuple[str, ...]


@dataclass(frozen=True)
class Rearranged:
    wish: Wish
    new: Arrangement
    note: str = ""


@dataclass(frozen=True)
class CalledOff:
    wish: Wish


@dataclass(frozen=True)
class TookAttendance:
    """These were there, and no other."""

    code: str
    present: tuple[int, ...]


@dataclass(frozen=True)
class WroteUp:
    code: str
    said: Said
    seen: int


@dataclass(frozen=True)
class KeptInSet:
    """The member would rather have the write-up stay in the set."""

    code: str


@dataclass(frozen=True)
class AskedForCalendar:
    """The address of the member's calendar is told; a new one where it is `renewed`."""

    renewed: bool = False


SessionEffect = (
    Planned
    | Came
    | Volunteered
    | Picked
    | Rearranged
    | CalledOff
    | TookAttendance
    | WroteUp
    | KeptInSet
    | AskedForCalendar
)
