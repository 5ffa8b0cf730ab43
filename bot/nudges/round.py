"""A round: plans what is due, decides, and queues it, some members at a time.

However many processes go round at once, a member's row is locked by one of them while it decides,
and each nudge is kept by its natural key. Whoever is being spoken with at this moment is left for
the next round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.members import Member
from bot.nudges import letters, overtaken, planning
from bot.nudges.meetings import Meeting, meetings
from bot.nudges.nudge import Nudge
from bot.nudges.people import Person, people
from bot.nudges.thermostat import THERMOSTAT, Decision, Thermostat, Wait, decide
from bot.nudges.window import LOOKBACK, Some, Window
from knowledge.database import Database

AT_ONCE = 500
"""Members in one transaction."""
A_FEW = 100
"""Nudges that are looked at first, before anything is locked."""
LOOK_EVERY = timedelta(seconds=20)
"""A round in which nothing is due costs some reads, and nobody counts the seconds."""
AGAIN = timedelta(days=1)
"""What was of use a day ago is looked at again: a member may have been left out of a round."""
AHEAD = timedelta(hours=26)
"""How far ahead the next moment is looked for; where there is none, one looks again then."""


class Rounds:
    """The rounds of one process. Whatever it remembers only spares it work."""

    def __init__(self, database: Database, zone: ZoneInfo, rules: Thermostat = THERMOSTAT) -> None:
        self._database = database
        self._zone = zone
        self._rules = rules
        self._last: datetime | None = None

    def go(self, now: datetime) -> int:
        """How many nudges were decided. None where the last round was a moment ago."""
        if self._last is not None and self._last <= now < self._last + LOOK_EVERY:
            return 0
        since = (self._last or now) - (AGAIN if self._last is not None else LOOKBACK)
        window = Window(min(since, now), now, self._zone)
        decided = run(self._database, window, now=now, rules=self._rules)
        self._last = now
        return decided


def run(
    database: Database, window: Window, *, now: datetime, rules: Thermostat = THERMOSTAT
) -> int:
    """Decides all that is due. How many nudges were decided."""
    with database.reading() as session:
        again = overtaken.any_waiting(session, now=now)
    if again:
        with database.writing() as session:
            overtaken.look_again(session, window, now=now)
    with database.reading() as session:
        held = meetings(session, window)
        batches = list(_batches(session))
    return sum(_decide_some(database, held, some, window, rules, now=now) for some in batches)


def next_moment(
    session: Session, zone: ZoneInfo, *, now: datetime, rules: Thermostat = THERMOSTAT
) -> datetime | None:
    """The first instant after now at which a round has something to decide.

    It may be early, never late; None where there are no members.
    """
    window = Window(now - AGAIN, now + AHEAD, zone)
    held = meetings(session, window)
    found = None
    for some in _batches(session):
        for moment in _moments(session, held, some, window, rules, now=now):
            found = min(found or moment, moment)
        found = found or window.until
    return found


def _moments(
    session: Session,
    held: Sequence[Meeting],
    some: Some,
    window: Window,
    rules: Thermostat,
    *,
    now: datetime,
) -> Iterator[datetime]:
    coming = planning.undecided(session, held, some, window)
    yield from (nudge.due for nudge in coming if nudge.due > now)
    due = [nudge for nudge in coming if nudge.due <= now]
    for _, decision in decisions(session, due, window.zone, rules, now=now):
        yield decision.until if isinstance(decision, Wait) else now + LOOK_EVERY


def _batches(session: Session) -> Iterator[Some]:
    last = 0
    while ids := session.scalars(
        select(Member.id).where(Member.id > last).order_by(Member.id).limit(AT_ONCE)
    ).all():
        yield Some(ids[0], ids[-1])
        last = ids[-1]


def _decide_some(
    database: Database,
    held: Sequence[Meeting],
    some: Some,
    window: Window,
    rules: Thermostat,
    *,
    now: datetime,
) -> int:
    with database.reading() as session:
        due = planning.undecided(session, held, some, window)
        if not _any_ready(session, due, window.zone, rules, now=now):
            return 0
    with database.writing() as session:
        free = _locked(session, {nudge.member_id for nudge in due})
        # What was read before the lock may have changed since.
        due = planning.undecided(session, meetings(session, window, some), some, window)
        due = [nudge for nudge in due if nudge.member_id in free]
        decided = decisions(session, due, window.zone, rules, now=now)
        return letters.queue(session, decided, now=now, rules=rules)


def _locked(session: Session, member_ids: Collection[int]) -> frozenset[int]:
    """Those of them whom nobody speaks with at this moment; nobody else decides about them now."""
    question = select(Member.id).where(Member.id.in_(member_ids)).order_by(Member.id)
    return frozenset(session.scalars(question.with_for_update(key_share=True, skip_locked=True)))


def _any_ready(
    session: Session, due: Sequence[Nudge], zone: ZoneInfo, rules: Thermostat, *, now: datetime
) -> bool:
    """Whether anything is to be done now: on a busy morning the first few tell."""
    for start in range(0, len(due), A_FEW):
        some = {nudge.member_id for nudge in due[start : start + A_FEW]}
        theirs = [nudge for nudge in due if nudge.member_id in some]
        decided = decisions(session, theirs, zone, rules, now=now)
        if any(not isinstance(decision, Wait) for _, decision in decided):
            return True
    return False


def decisions(
    session: Session,
    due: Sequence[Nudge],
    zone: ZoneInfo,
    rules: Thermostat,
    *,
    now: datetime,
) -> Sequence[tuple[Person, Decision]]:
    if not due:
        return ()
    mine: dict[int, list[Nudge]] = {}
    for nudge in due:
        mine.setdefault(nudge.member_id, []).append(nudge)
    things = {nudge.thing for nudge in due}
    found = people(session, mine.keys(), things, zone, now=now)
    return [
        (person, decision)
        for person in found.values()
        for decision in decide(mine[person.member_id], person, now=now, rules=rules)
    ]
