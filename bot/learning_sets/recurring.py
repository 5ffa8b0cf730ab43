"""Themes that recur in a set: in what its members post, bring to sessions and share as learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from bot.challenges.models import Challenge, ChallengeState, ChallengeTheme
from bot.learning_sets.agenda import PresentingIssue
from bot.learning_sets.sessions import SetSession
from knowledge.models import Theme
from knowledge.text import normalise, terms

LOOKS_BACK = timedelta(weeks=26)
RECURS = 2
"""Times from which a theme recurs."""


def themes(
    session: Session, set_id: int, shared: Iterable[str], *, now: datetime
) -> tuple[tuple[str, int], ...]:
    """Names of themes and how often each came up, the most frequent first.

    `shared` are texts that the set may read: one that has a word of a theme's name counts for it.
    """
    challenges = _challenges(session, set_id, now)
    names = {one.id: one.name for one in session.scalars(select(Theme))}
    counted = Counter(names[one] for one in challenges)
    for text in shared:
        counted.update(mentioned(text, names.values()))
    often = ((name, times) for name, times in counted.items() if times >= RECURS)
    return tuple(sorted(often, key=lambda one: (-one[1], one[0])))


def mentioned(text: str, names: Iterable[str]) -> frozenset[str]:
    """The themes that a text has a word of."""
    said = frozenset(terms(normalise(text)))
    return frozenset(name for name in names if said & frozenset(terms(normalise(name))))


def _challenges(session: Session, set_id: int, now: datetime) -> tuple[str, ...]:
    """A theme for each challenge under it: those posted to the set, and those on its agendas."""
    posted = select(Challenge.id).where(
        Challenge.set_id == set_id,
        Challenge.state != ChallengeState.WITHDRAWN,
        Challenge.posted_at >= now - LOOKS_BACK,
    )
    brought = (
        select(Challenge.id)
        .join(PresentingIssue, PresentingIssue.challenge_id == Challenge.id)
        .join(SetSession, SetSession.id == PresentingIssue.session_id)
        .where(
            SetSession.set_id == set_id,
            SetSession.starts_on >= (now - LOOKS_BACK).date(),
            Challenge.state != ChallengeState.WITHDRAWN,
        )
    )
    either = union(posted, brought).subquery()
    found = session.scalars(
        select(ChallengeTheme.theme_id).where(ChallengeTheme.challenge_id.in_(select(either.c.id)))
    )
    return tuple(found)
