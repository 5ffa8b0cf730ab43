"""What may be wrong with a message that reached somebody, one rule after the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol

from handlers.simulate.chances import FORM_IN_HAND, WEEK, Trail
from handlers.simulate.channel import Reached
from handlers.simulate.people import Person
from handlers.simulate.plan import Planned
from handlers.simulate.promises import Promises
from handlers.simulate.rest import in_quiet_hours, on_bank_holiday, rest_ends

TO_THE_MINUTE = timedelta(seconds=60)
TWICE_WITHIN = timedelta(hours=12)
"""The same words to the same person so soon again are one message twice."""
KNOCK_AGAIN = 4 * WEEK
"""So long after a knock that nobody answered another is none too many."""
MOST_TOGETHER = 4
"""Nudges in one message."""
_WORD = re.compile(r"\w+")


class Known(Protocol):
    """What has to be known about everybody's messages."""

    @property
    def plan(self) -> Mapping[str, Planned]: ...

    @property
    def promises(self) -> Promises: ...


def late(one: Planned, at: datetime, trail: Trail) -> bool:
    """Whether it could have gone more than a minute earlier."""
    chance = trail.first_chance(max(one.due, one.since), at)
    return chance is not None and at - chance > TO_THE_MINUTE


def stale(one: Planned, at: datetime, promises: Promises) -> bool:
    """Whether it was of no use any more, or told of a time that did not hold any more."""
    if at >= one.useless_at:
        return True
    if one.promised is None:
        return False
    session_id, local = one.promised
    return promises.local(session_id, at) != local


def duplicates(reached: Sequence[Reached], trails: Mapping[str, Trail]) -> int:
    """A piece or a nudge that was taken twice, the same words twice in half a day, or a second
    knock before anybody answered."""
    pieces = Counter((one.ref, one.part) for one in reached)
    whole = [one for one in reached if one.part == 0 and not one.knock]
    keys = Counter(key for one in whole for key in one.keys)
    again = sum(number - 1 for number in (*pieces.values(), *keys.values()))
    again += sum(_knocks_again(trail) for trail in trails.values())
    last: dict[tuple[str, str], datetime] = {}
    for one in reached:
        if not one.is_nudge or one.knock:
            continue
        words = (one.address, one.text)
        before = last.get(words)
        again += before is not None and one.at - before < TWICE_WITHIN
        last[words] = one.at
    return again


def _knocks_again(trail: Trail) -> int:
    said = trail.person.said
    return sum(
        second - first < KNOCK_AGAIN and not any(first < at <= second for at in said)
        for first, second in pairwise(trail.knocks)
    )


def in_quiet(message: Reached, person: Person, known: Known) -> bool:
    """Whether it came while they wanted peace: at night or a weekend, muted, stopped, over a form,
    of a kind that they refused. A notice may come before a session that starts before the night is
    over."""
    at = message.at
    if person.stopped_at(at):
        return True
    if not message.is_nudge:
        return in_quiet_hours(person, at) and not _presses(message, person, known.promises)
    muted, form = person.muted_until(at), person.form_in_hand(at)
    kinds = {known.plan[key].kind for key in message.keys if key in known.plan}
    return (
        in_quiet_hours(person, at)
        or (muted is not None and at < muted)
        or (form is not None and at < form + FORM_IN_HAND)
        or bool(kinds & person.refused_at(at))
    )


def on_holiday(message: Reached, person: Person, promises: Promises) -> bool:
    if not on_bank_holiday(person, message.at):
        return False
    return message.is_nudge or not _presses(message, person, promises)


def _presses(message: Reached, person: Person, promises: Promises) -> bool:
    """Whether a notice is about a session that begins, or was to begin, before they wake."""
    wakes = rest_ends(person, message.at)
    words = {*_WORD.findall(message.text), *(_WORD.findall(" ".join(message.values)))}
    starts = [start for word in words for start in promises.ever(word)]
    return any(message.at < start <= wakes for start in starts)


def over_limit(
    nudges: Sequence[Reached], trails: Mapping[str, Trail], plan: Mapping[str, Planned]
) -> int:
    """Messages beyond what somebody wants in seven days or after long silence, beyond the most
    reminders of one thing, and those that should have been one."""
    mine: dict[str, list[Reached]] = {}
    for message in nudges:
        mine.setdefault(message.address, []).append(message)
    return sum(_over(mine[address], trails[address], plan) for address in mine)


def _over(messages: Sequence[Reached], trail: Trail, plan: Mapping[str, Planned]) -> int:
    told: Counter[str] = Counter()
    over = 0
    for number, message in enumerate(messages):
        lately = [one for one in messages[: number + 1] if one.at > message.at - WEEK]
        before = trail.earlier(message.at)
        carried = [plan[key] for key in message.keys if key in plan]
        told.update(one.thing for one in carried)
        over += (
            len(lately) > trail.person.limit
            or before.patient_until(message.at) > message.at
            or any(told[one.thing] > one.most for one in carried)
        )
    return over + sum(_apart(*pair) for pair in pairwise(messages))


def _apart(first: Reached, second: Reached) -> bool:
    """Whether two came together that have room in one."""
    together = len(first.keys) + len(second.keys) <= MOST_TOGETHER
    return together and second.at - first.at < TO_THE_MINUTE
