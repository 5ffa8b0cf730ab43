"""What is told between a challenge and the knowledge: may it be shared, and what may answer it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages import Choice, Text
from bot.wording import challenges as wording
from bot.wording import harvest


@dataclass(frozen=True)
class WouldShare:
    """What was said inside a set is worth an entry: may it be? `change` counts the wordings."""

    to: frozenset[int]
    change: int = 0


@dataclass(frozen=True)
class Pointed:
    """A moderator thinks that an entry answers a challenge that nobody replied to."""

    entry_id: str
    problem: str


EntryEvent = WouldShare | Pointed


def key(event: EntryEvent) -> tuple[str, int]:
    """As in `notices.key`."""
    return ("may be shared", event.change) if isinstance(event, WouldShare) else ("pointed", 0)


def concerned(event: EntryEvent, participant_id: int, *, author: bool) -> bool:
    return participant_id in event.to if isinstance(event, WouldShare) else author


def message(event: EntryEvent, code: str) -> Text:
    show = Choice(wording.SHOW, f"show:{code}")
    if isinstance(event, WouldShare):
        yes = Choice(harvest.YES_SHARE, f"agree:{code}:yes")
        no = Choice(harvest.NO_KEEP, f"agree:{code}:no")
        return Text(harvest.may_it_be_shared(code), (yes, no, show))
    see = Choice(wording.SEE_ENTRY, f"entry:{event.entry_id}")
    mute = Choice(wording.MUTE, f"mute:{code}")
    return Text(harvest.pointed(code, event.problem), (see, show, mute))
