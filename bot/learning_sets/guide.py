"""The guide of a session: a structured discussion step by step, timed for those who are present.

The order follows the account of the sets of 2023 (UK Shared Prosperity Fund Action Learning Sets,
Shared Intelligence for the Local Government Association): Chatham House rules, time to reflect on
the last session, issues explored in a structured discussion, the participants' own similar
experiences, and practical steps to be tested before the next session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

LONG = 150
"""Minutes from which a session has a break, where there is room for it."""
BREAK = 10
FEWEST, MOST = 2, 30
"""Who may be present: less is no set, and of more not everybody can speak."""


class Kind(StrEnum):
    WELCOME = "welcome"
    CHECK_IN = "check-in"
    ISSUE = "issue"
    CLARIFYING = "clarifying"
    OPEN_QUESTIONS = "open questions"
    IDEAS = "ideas"
    TAKEN = "taken"
    BREAK = "break"
    COMMITMENTS = "commitments"
    CLOSE = "close"


@dataclass(frozen=True)
class Step:
    """`issue` counts the presenting issues from 1; 0 where the step is about none.

    `begins` is in minutes after the session began. `rounds`: everybody speaks in turn.
    """

    kind: Kind
    minutes: int
    begins: int = 0
    issue: int = 0
    rounds: bool = False


@dataclass(frozen=True)
class TooShort:
    """So many cannot do all of this in that time; `needed` are the minutes that they could."""

    needed: int


@dataclass(frozen=True)
class _Need:
    """The fewest minutes of a step, and its share of those that are left over."""

    kind: Kind
    fewest: int
    share: int
    issue: int = 0
    rounds: bool = False


def plan(present: int, minutes: int, issues: int) -> tuple[Step, ...] | TooShort:
    """The steps, which add up to the minutes; what is too little for all of them is said.

    `present` is held between 2 and 30, `issues` is one at least. Rounds have a minute for each
    person or more.
    """
    present, issues = min(max(present, FEWEST), MOST), max(issues, 1)
    needs = _needs(present, issues, pause=False)
    least = sum(one.fewest for one in needs)
    if minutes < least:
        return TooShort(least)
    if minutes >= max(LONG, least + BREAK):
        needs, least = _needs(present, issues, pause=True), least + BREAK
    lasting = _shared(minutes - least, needs)
    begins = accumulate(lasting, initial=0)
    return tuple(
        Step(one.kind, length, at, one.issue, one.rounds)
        for one, length, at in zip(needs, lasting, begins, strict=False)
    )


def _needs(present: int, issues: int, *, pause: bool) -> tuple[_Need, ...]:
    explored = [_of_issue(number, present) for number in range(1, issues + 1)]
    half = (issues + 1) // 2
    rest = (_Need(Kind.BREAK, BREAK, 0),) if pause else ()
    return (
        _Need(Kind.WELCOME, 3, 3),
        _Need(Kind.CHECK_IN, present, present, rounds=True),
        *(need for one in explored[:half] for need in one),
        *rest,
        *(need for one in explored[half:] for need in one),
        _Need(Kind.COMMITMENTS, present, present, rounds=True),
        _Need(Kind.CLOSE, 2, 2),
    )


def _of_issue(number: int, present: int) -> tuple[_Need, ...]:
    """More time for questions than for advice; ideas come from everybody but the presenter."""
    needs = (
        _Need(Kind.ISSUE, 4, 5),
        _Need(Kind.CLARIFYING, 3, 4),
        _Need(Kind.OPEN_QUESTIONS, 5, 10),
        _Need(Kind.IDEAS, present - 1, present - 1, rounds=True),
        _Need(Kind.TAKEN, 2, 2),
    )
    return tuple(replace(one, issue=number) for one in needs)


def _shared(left: int, needs: Sequence[_Need]) -> list[int]:
    """The minutes of each: the fewest, and what is left in whole minutes by their shares."""
    whole = sum(one.share for one in needs)
    exact = [left * one.share for one in needs]
    lasting = [one.fewest + part // whole for one, part in zip(needs, exact, strict=True)]
    over = left - sum(part // whole for part in exact)
    by_rest = sorted(range(len(needs)), key=lambda at: (-(exact[at] % whole), at))
    for at in by_rest[:over]:
        lasting[at] += 1
    return lasting
