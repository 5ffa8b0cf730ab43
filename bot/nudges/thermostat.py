"""Sends, waits or drops: rules over what is due for one person at one moment.

Nothing here reads a database or a clock. What may not go now waits for the first moment at which it
may, as long as it is of use; then it is dropped, and the reason says what kept it. Each rule can be
left out, so that a trial can show what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.nudges.kinds import WEIGHTS
from bot.nudges.nudge import Nudge
from bot.nudges.people import Person
from bot.quiet import Kept, first_allowed

WEEK = timedelta(days=7)
_A_MOMENT = timedelta(seconds=1)
MOST_TOGETHER = 4
"""Nudges in one message: what is over comes in another, if the week has room for one."""


class Reason(StrEnum):
    """Why a nudge was dropped."""

    TOO_LATE = "too_late"
    WEEKLY_LIMIT = "weekly_limit"
    SLOWED_DOWN = "slowed_down"
    MUTED = "muted"
    ENOUGH = "enough_reminders"
    STOPPED = "stopped"
    KIND_STOPPED = "kind_stopped"
    UNREACHABLE = "unreachable"
    OVERTAKEN = "overtaken"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True)
class Thermostat:
    """Which rules hold, and their figures.

    Whoever answered none of `patience` messages has one a week at most; of `more_patience`, one in
    four weeks. Anything they say resets that.
    """

    quiet_hours: bool = True
    weekends: bool = True
    bank_holidays: bool = True
    mutes: bool = True
    weekly_limit: bool = True
    reminders: bool = True
    merging: bool = True
    slow_down: bool = True
    stops: bool = True
    uselessness: bool = True
    forms: bool = True
    patience: int = 4
    more_patience: int = 8
    form_in_hand: timedelta = timedelta(hours=1)

    @property
    def kept(self) -> Kept:
        return Kept(self.quiet_hours, self.weekends, self.bank_holidays, self.mutes)


THERMOSTAT = Thermostat()


@dataclass(frozen=True)
class Send:
    """One message with these, the one that matters most first."""

    nudges: tuple[Nudge, ...]


@dataclass(frozen=True)
class Wait:
    """Nothing is decided until then, unless the facts change."""

    nudge: Nudge
    until: datetime


@dataclass(frozen=True)
class Drop:
    nudge: Nudge
    reason: Reason


Decision = Send | Wait | Drop


def decide(
    due: Sequence[Nudge], person: Person, *, now: datetime, rules: Thermostat = THERMOSTAT
) -> tuple[Decision, ...]:
    """What becomes now of all that is due for one person."""
    decisions: list[Decision] = []
    wanted: list[Nudge] = []
    for nudge in sorted(due, key=lambda one: one.order):
        reason = _unwanted(nudge, person, wanted, now, rules)
        if reason is not None:
            decisions.append(Drop(nudge, reason))
        else:
            wanted.append(nudge)
    for together in _messages(wanted, rules):
        until = next_chance(person, now, rules)
        if until is not None and until <= now:
            decisions.append(Send(together))
            person = replace(person, sent=(*person.sent, now), unanswered=person.unanswered + 1)
        else:
            decisions += [_wait(nudge, until, rules) for nudge in together]
    return tuple(decisions)


def _unwanted(
    nudge: Nudge, person: Person, wanted: Sequence[Nudge], now: datetime, rules: Thermostat
) -> Reason | None:
    """Why a nudge will never go; None where it may."""
    if rules.stops and person.stopped:
        return Reason.STOPPED
    if rules.stops and nudge.kind in person.stopped_kinds:
        return Reason.KIND_STOPPED
    if person.to is None:
        return Reason.UNREACHABLE
    if rules.uselessness and now >= nudge.useless_at:
        return _what_kept(nudge, person, rules)
    told = person.reminded.get(nudge.thing, 0) + sum(one.thing == nudge.thing for one in wanted)
    if rules.reminders and told >= WEIGHTS[nudge.kind].most:
        return Reason.ENOUGH
    return None


def _what_kept(nudge: Nudge, person: Person, rules: Thermostat) -> Reason:
    """What kept a nudge until it was useless."""
    at = nudge.useless_at - _A_MOMENT
    if rules.mutes and person.muted_until is not None and person.muted_until > at:
        return Reason.MUTED
    before = replace(person, sent=tuple(sent for sent in person.sent if sent <= at))
    if rules.weekly_limit and not _is_free(_limit_free(before, at), at):
        return Reason.WEEKLY_LIMIT
    if rules.slow_down and not _is_free(_slow_free(before, at, rules), at):
        return Reason.SLOWED_DOWN
    return Reason.TOO_LATE


def _is_free(free: datetime | None, at: datetime) -> bool:
    return free is not None and free <= at


def _messages(wanted: Sequence[Nudge], rules: Thermostat) -> Iterator[tuple[Nudge, ...]]:
    size = MOST_TOGETHER if rules.merging else 1
    for start in range(0, len(wanted), size):
        yield tuple(wanted[start : start + size])


def _wait(nudge: Nudge, until: datetime | None, rules: Thermostat) -> Wait:
    """Until it may go, or is of no use any more."""
    if until is None:
        return Wait(nudge, nudge.useless_at)
    return Wait(nudge, min(until, nudge.useless_at) if rules.uselessness else until)


def next_chance(person: Person, now: datetime, rules: Thermostat) -> datetime | None:
    """The first moment from now on at which a message may go; None where there is none."""
    free = _limit_free(person, now) if rules.weekly_limit else now
    if free is None:
        return None
    at = max(now, free)
    if rules.slow_down:
        at = max(at, _slow_free(person, now, rules))
    if rules.forms and person.form_touched_at is not None:
        at = max(at, person.form_touched_at + rules.form_in_hand)
    return first_allowed(
        at, person.habits, person.zone, muted_until=person.muted_until, kept=rules.kept
    )


def _limit_free(person: Person, now: datetime) -> datetime | None:
    """When the last seven days have room for another message; None: never."""
    limit = person.habits.nudges_a_week
    if limit == 0:
        return None
    lately = sorted(sent for sent in person.sent if sent > now - WEEK)
    return lately[-limit] + WEEK if len(lately) >= limit else now


def _slow_free(person: Person, now: datetime, rules: Thermostat) -> datetime:
    """When somebody who never answers may hear again."""
    if person.unanswered < rules.patience or not person.sent:
        return now
    weeks = 4 if person.unanswered >= rules.more_patience else 1
    return max(person.sent) + weeks * WEEK
