"""Asking how it went with what a member meant to try: on the day, and twice more at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets.commitments import OPEN, Commitment
from bot.nudges.kinds import REMINDERS, Kind
from bot.nudges.nudge import Nudge, OfStep, Step
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.thermostat import Reason
from bot.nudges.window import LOOKBACK, Some, Window

ASKED_FOR = timedelta(days=28)
"""How long after the day it is worth asking."""
REMINDED_FOR = timedelta(days=14)
_AFTER = (*REMINDERS, timedelta(days=7))
"""After each asking. As long as nobody knows how it went there is one more to ask for; whether a
member has been reminded often enough is not for the facts to say.
"""


def due(session: Session, some: Some, window: Window) -> Iterator[Nudge]:
    """One time of asking after the other: a reminder follows what was really asked."""
    asked = _asked(session, some, window)
    earliest = window.first_day - ASKED_FOR - sum((*REMINDERS, REMINDED_FOR), LOOKBACK)
    rows = session.execute(
        select(
            Commitment.member_id,
            Commitment.check_back_on,
            Commitment.id,
            Commitment.what,
            Commitment.made_at,
        ).where(
            some.has(Commitment.member_id),
            OPEN,
            Commitment.check_back_on >= earliest,
            Commitment.check_back_on <= window.last_day,
        )
    )
    for member_id, day, number, what, made_at in rows:
        step = Step(number, what, made_at)
        thing = f"{Kind.CHECK_BACK}:{step.commitment_id}:{day}"
        at, useless_at = window.morning(day), window.morning(day + ASKED_FOR)
        for times in range(len(_AFTER) + 1):
            key = f"{thing}:{times}:{member_id}"
            if window.holds(at, useless_at):
                about = OfStep(step, times)
                yield Nudge(key, member_id, Kind.CHECK_BACK, thing, at, useless_at, about)
            if key not in asked or times == len(_AFTER):
                break
            next_day = asked[key].astimezone(window.zone).date() + _AFTER[times]
            at, useless_at = window.morning(next_day), window.morning(next_day + REMINDED_FOR)


def _asked(session: Session, some: Some, window: Window) -> Mapping[str, datetime]:
    """What they were asked already, by key, and when; also where only the reminder reached them."""
    rows = session.execute(
        select(NudgeRow.key, NudgeRow.decided_at).where(
            some.has(NudgeRow.member_id),
            NudgeRow.kind == Kind.CHECK_BACK.value,
            (NudgeRow.fate != Fate.DROPPED) | (NudgeRow.reason == Reason.OVERTAKEN.value),
            NudgeRow.decided_at > window.since - LOOKBACK - ASKED_FOR,
        )
    )
    return dict(rows.all())
