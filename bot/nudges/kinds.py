"""The kinds of nudge: how much each matters, and how often it may come about one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    DAY_AFTER = "day-after"
    HALF_WAY = "half-way"
    REFLECT = "reflect"
    DAY_BEFORE = "day-before"
    HOUR_BEFORE = "hour-before"
    AFTERWARDS = "afterwards"
    CATCH_UP = "catch-up"
    FACILITATOR_DIGEST = "facilitator-digest"
    CHECK_BACK = "check-back"
    FOLLOW_UP = "follow-up"
    THEME_DIGEST = "theme-digest"
    STILL_TRUE = "still-true"
    MODERATORS_WEEK = "moderators-week"


@dataclass(frozen=True)
class Weight:
    """`rank`: of two that could go, the lower goes first. `most` may come about one thing."""

    rank: int
    most: int = 2


REMINDERS = (timedelta(days=3), timedelta(days=7))
"""Of what a member meant to try: after asking, and after the first reminder."""

WEIGHTS: Mapping[Kind, Weight] = {
    Kind.HOUR_BEFORE: Weight(0),
    Kind.FACILITATOR_DIGEST: Weight(1),
    Kind.DAY_BEFORE: Weight(2),
    Kind.REFLECT: Weight(3),
    Kind.DAY_AFTER: Weight(4),
    Kind.CATCH_UP: Weight(5),
    Kind.CHECK_BACK: Weight(6, most=3),  # asked once, reminded twice
    Kind.FOLLOW_UP: Weight(7),
    Kind.HALF_WAY: Weight(8),
    Kind.STILL_TRUE: Weight(9),
    Kind.MODERATORS_WEEK: Weight(10),
    Kind.AFTERWARDS: Weight(11),
    Kind.THEME_DIGEST: Weight(12),
}
