"""What is due for some members and not decided yet: read from the facts, in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.nudges.meetings import Meeting
from bot.nudges.nudge import Nudge
from bot.nudges.record import NudgeRow
from bot.nudges.sources import challenges, commitments, entries, moderators, sessions, themes
from bot.nudges.window import Some, Window

_KEYS_AT_ONCE = 5_000


def undecided(
    session: Session, meetings: Sequence[Meeting], some: Some, window: Window
) -> list[Nudge]:
    """What is due for these members in the window, without what was decided before."""
    found = list(planned(session, meetings, some, window))
    known = decided(session, [one.key for one in found])
    return [one for one in found if one.key not in known]


def planned(
    session: Session, meetings: Sequence[Meeting], some: Some, window: Window
) -> Iterator[Nudge]:
    """All that is due for these members in the window, decided or not."""
    yield from sessions.due(session, meetings, some, window)
    for source in (commitments, challenges, themes, entries, moderators):
        yield from source.due(session, some, window)


def decided(session: Session, keys: Sequence[str]) -> Collection[str]:
    """Those of these that were decided already."""
    known: set[str] = set()
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        known.update(session.scalars(select(NudgeRow.key).where(NudgeRow.key.in_(some))))
    return known
