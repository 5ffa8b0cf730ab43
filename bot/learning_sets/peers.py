"""What challenges may ask of the sets, without knowing them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from bot.learning_sets import commitments, sets


class SetPeers:
    """`bot.challenges.routing.Peers`, from the sets and what their members reported."""

    def in_set(self, session: Session, set_id: int) -> frozenset[int]:
        return sets.members_of(session, set_id)

    def facilitators(self, session: Session, set_id: int) -> frozenset[int]:
        return sets.facilitators_of(session, set_id)

    def progressed(self, session: Session, themes: Collection[str]) -> frozenset[int]:
        return commitments.progressed(session, themes)
