"""The digest of themes: weekly on Mondays, or daily, for those who follow a theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot import habits
from bot.challenges import digest
from bot.challenges.digest import Unheard
from bot.habits import DigestEvery
from bot.interests import FollowedTheme
from bot.nudges.kinds import Kind
from bot.nudges.nudge import Nudge, OfThemes
from bot.nudges.window import Some, Window

MOST = 5
"""Challenges in one digest: what came first. The rest is under `challenges`."""
FOR_DAYS = timedelta(days=4)
"""After a long weekend a digest still comes; a week's does not run into the next."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FRIDAY = 4


@dataclass(frozen=True)
class _Issue:
    """One day's digest: what came between `since` and `due`."""

    every: DigestEvery
    day: date
    since: datetime
    due: datetime
    useless_at: datetime


def due(session: Session, some: Some, window: Window) -> Iterator[Nudge]:
    issues = list(_issues(window))
    if not issues:
        return
    listed = digest.for_digest(session, since=min(one.since for one in issues))
    if not listed:
        return
    reading = digest.readers(
        session, [one.challenge_id for one in listed], some.has(FollowedTheme.member_id)
    )
    chosen = habits.of(session, reading.keys())
    for member_id, wanted in reading.items():
        mine = [one for one in listed if one.challenge_id in wanted]
        for issue in issues:
            shown = _shown(mine, issue)
            if shown and chosen[member_id].digest is issue.every:
                yield _nudge(issue, member_id, shown)


def _shown(mine: Sequence[Unheard], issue: _Issue) -> tuple[Unheard, ...]:
    return tuple(one for one in mine if issue.since <= one.came_at < issue.due)[:MOST]


def _issues(window: Window) -> Iterator[_Issue]:
    day = window.first_day - FOR_DAYS
    while day <= window.last_day:
        at, useless_at = window.morning(day), window.morning(day + FOR_DAYS)
        if day.weekday() <= _FRIDAY and window.holds(at, useless_at):
            back = 3 if day.weekday() == 0 else 1  # on a Monday, since Friday
            since = window.morning(day - back * _DAY)
            yield _Issue(DigestEvery.DAY, day, since, at, useless_at)
            if day.weekday() == 0:
                since = window.morning(day - _WEEK)
                yield _Issue(DigestEvery.WEEK, day, since, at, useless_at)
        day += _DAY


def _nudge(issue: _Issue, member_id: int, shown: tuple[Unheard, ...]) -> Nudge:
    thing = f"{Kind.THEME_DIGEST}:{issue.every}:{issue.day}"
    return Nudge(
        f"{thing}:{member_id}",
        member_id,
        Kind.THEME_DIGEST,
        thing,
        issue.due,
        issue.useless_at,
        OfThemes(shown),
    )
