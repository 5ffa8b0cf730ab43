"""Counts what went right and wrong, from the plan and from what reached people.

Nothing here asks the code that decides. What the bot noted down is used for two things only: which
nudges a message carried, and the reason of what was dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.simulate import faults
from handlers.simulate.chances import Outage, Trail
from handlers.simulate.channel import Reached
from handlers.simulate.people import Person
from handlers.simulate.plan import Planned
from handlers.simulate.promises import Promises

END_OF_RUN, OVERTAKEN, LEFT = "end_of_run", "overtaken", "left"


@dataclass(frozen=True)
class Log:
    """All that a run left behind. `dropped` are the reasons that the bot noted down, by key."""

    plan: Mapping[str, Planned]
    reached: Sequence[Reached]
    people: Sequence[Person]
    promises: Promises
    dropped: Mapping[str, str]
    outage: Outage
    end: datetime


@dataclass
class Counts:
    """What is printed. A nudge that got lost, and one that nobody planned, is in one sum and not
    in the other."""

    due: int = 0
    sent: int = 0
    on_time: int = 0
    late: int = 0
    stale_sent: int = 0
    duplicates: int = 0
    in_quiet_hours: int = 0
    on_bank_holidays: int = 0
    over_limit: int = 0
    merged: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> tuple[str, ...]:
        """A plain line for each thing that is wrong; none where all is well."""
        found = [
            f"{name.replace('_', ' ')}: {count}"
            for name in _MUST_BE_NONE
            if (count := getattr(self, name))
        ]
        accounted = self.sent + self.merged + sum(self.dropped.values())
        if accounted != self.due:
            found.append(f"due {self.due}, but sent, merged and dropped are {accounted}")
        return tuple(found)


_MUST_BE_NONE = (
    "late",
    "stale_sent",
    "duplicates",
    "in_quiet_hours",
    "on_bank_holidays",
    "over_limit",
)


def count(log: Log) -> Counts:
    counts = Counts(due=sum(one.due_by(log.end) for one in log.plan.values()))
    nudges = [one for one in log.reached if one.is_nudge and one.part == 0]
    trails = _trails(log, nudges)
    _count_sent(counts, log, nudges, trails)
    unasked = [one for one in nudges if not one.awaited]
    counts.duplicates = faults.duplicates(log.reached, trails)
    counts.over_limit = faults.over_limit(unasked, trails, log.plan)
    people = {one.address: one for one in log.people}
    for message in log.reached:
        if message.started and not message.awaited:
            person = people[message.address]
            counts.in_quiet_hours += faults.in_quiet(message, person, log)
            counts.on_bank_holidays += faults.on_holiday(message, person, log.promises)
    counts.dropped = _dropped(log, nudges)
    return counts


def _count_sent(
    counts: Counts, log: Log, nudges: Sequence[Reached], trails: Mapping[str, Trail]
) -> None:
    """What was knocked for counts then, and not again when it is given."""
    told: set[str] = set()
    for message in nudges:
        carried = [log.plan[key] for key in message.keys if key in log.plan]
        counts.stale_sent += any(faults.stale(one, message.at, log.promises) for one in carried)
        new = [key for key in message.keys if key not in told]
        told.update(new)
        if message.keys and not new:
            continue
        trail = trails[message.address].earlier(message.at)
        late = not message.awaited and any(faults.late(one, message.at, trail) for one in carried)
        counts.sent += 1
        counts.merged += max(0, len(new) - 1)
        counts.late += late
        counts.on_time += not late


def _trails(log: Log, nudges: Sequence[Reached]) -> Mapping[str, Trail]:
    mine: dict[str, list[Reached]] = {one.address: [] for one in log.people}
    for message in nudges:
        mine[message.address].append(message)
    knocks: dict[str, list[datetime]] = {one.address: [] for one in log.people}
    for message in log.reached:
        if message.knock:
            knocks[message.address].append(message.at)
    return {
        one.address: Trail(
            one,
            sorted(_when(message, one) for message in mine[one.address]),
            log.outage,
            [message.at for message in mine[one.address] if not message.awaited],
            knocks[one.address],
        )
        for one in log.people
    }


def _when(message: Reached, person: Person) -> datetime:
    """What waited behind a knock takes its place in the week as its reader writes."""
    said = [at for at in person.said if at <= message.at]
    return said[-1] if message.awaited and said else message.at


def _dropped(log: Log, nudges: Sequence[Reached]) -> Counter[str]:
    """Why each nudge that was due did not go. One of which nobody knows is not counted, so that
    the sum does not fit."""
    gone = {key for message in nudges for key in message.keys}
    left = {one.member_id: one.left_at for one in log.people if one.left_at is not None}
    reasons: Counter[str] = Counter()
    for key, one in log.plan.items():
        if key in gone or not one.due_by(log.end):
            continue
        if one.member_id in left and one.useless_at > left[one.member_id]:
            reasons[LEFT] += 1
        elif key in log.dropped:
            reasons[log.dropped[key]] += 1
        elif one.gone_at is not None:
            reasons[OVERTAKEN] += 1
        elif one.useless_at > log.end:
            reasons[END_OF_RUN] += 1
    return reasons
