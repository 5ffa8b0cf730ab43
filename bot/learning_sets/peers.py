"""What challenges may ask of the sets, without knowing them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from bot.challenges.models import ChallengeTheme
from bot.learning_sets import sets
from bot.learning_sets.commitments import Commitment, Outcome
from knowledge.models import entry_theme


class SetPeers:
    """`bot.challenges.routing.Peers`, from the sets and what their members reported."""

    def in_set(self, session: Session, set_id: int) -> frozenset[int]:
        return sets.members_of(session, set_id)

    def facilitators(self, session: Session, set_id: int) -> frozenset[int]:
        return sets.facilitators_of(session, set_id)

    def progressed(self, session: Session, themes: Collection[str]) -> frozenset[int]:
        return progressed(session, themes)


def progressed(session: Session, themes: Collection[str]) -> frozenset[int]:
    """Who reported that something worked, fully or partly, in any of these themes."""
    did = Commitment.outcome.in_((Outcome.WORKED, Outcome.PARTLY))
    tried_replies = (
        select(Commitment.member_id)
        .join(ChallengeTheme, ChallengeTheme.challenge_id == Commitment.challenge_id)
        .where(did, ChallengeTheme.theme_id.in_(themes))
    )
    tried_solutions = (
        select(Commitment.member_id)
        .join(entry_theme, entry_theme.c.entry_id == Commitment.entry_id)
        .where(did, entry_theme.c.theme_id.in_(themes))
    )
    return frozenset(session.scalars(union(tried_replies, tried_solutions)))
