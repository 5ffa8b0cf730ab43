"""What is coming for some members: their undecided nudges, and the next moment for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.nudges import planning
from bot.nudges.meetings import meetings
from bot.nudges.nudge import Nudge
from bot.nudges.round import AHEAD, LOOK_EVERY, decisions
from bot.nudges.thermostat import THERMOSTAT, Thermostat, Wait
from bot.nudges.window import Some, Window


@dataclass(frozen=True)
class Outlook:
    """`nudges` are all that are planned, `undecided` the keys of those that nobody decided yet.

    `moments`: by member, the first instant at which there is something to decide about them.

    It may be early, never late; whoever is not there has nothing until `until`.
    """

    nudges: Sequence[Nudge]
    undecided: frozenset[str]
    moments: Mapping[int, datetime]
    until: datetime


def outlook(
    session: Session,
    some: Some,
    zone: ZoneInfo,
    *,
    since: datetime,
    now: datetime,
    rules: Thermostat = THERMOSTAT,
    ahead: timedelta = AHEAD,
) -> Outlook:
    """Without what was of no use by `since`."""
    window = Window(since, now + ahead, zone)
    planned = list(planning.planned(session, meetings(session, window, some), some, window))
    known = planning.decided(session, [nudge.key for nudge in planned])
    coming = [nudge for nudge in planned if nudge.key not in known]
    moments: dict[int, datetime] = {}
    for nudge in coming:
        if nudge.due > now:
            _sooner(moments, nudge.member_id, nudge.due)
    due = [nudge for nudge in coming if nudge.due <= now]
    for person, decision in decisions(session, due, zone, rules, now=now):
        at = decision.until if isinstance(decision, Wait) else now + LOOK_EVERY
        _sooner(moments, person.member_id, max(at, now + LOOK_EVERY))
    return Outlook(planned, frozenset(nudge.key for nudge in coming), moments, window.until)


def _sooner(moments: dict[int, datetime], member_id: int, at: datetime) -> None:
    moments[member_id] = min(at, moments.get(member_id, at))
