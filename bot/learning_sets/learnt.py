"""What members learnt and let others read: never with a name, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets import committed, reflections
from bot.learning_sets.commitment import Commitment, Outcome, Sharing
from bot.learning_sets.committed import SharedCommitment
from bot.learning_sets.reflections import SharedReflection
from bot.learning_sets.shown import Whose

MOST = 100
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Learnt:
    """`words` are what was learnt; `tried` and `outcome` say of what, where something was tried."""

    whose: Whose
    words: str
    when: datetime
    tried: str = ""
    outcome: Outcome | None = None


def in_set(session: Session, set_id: int) -> tuple[Learnt, ...]:
    """What this set may read."""
    tried = committed.with_set(session, set_id, since=ALWAYS)
    written = reflections.with_set(session, set_id, limit=MOST)
    return _latest_first([*map(_of_trial, tried), *map(_of_reflection, written)])


def in_network(session: Session) -> tuple[Learnt, ...]:
    """What everybody in the network may read."""
    tried = session.scalars(
        select(Commitment)
        .where(
            Commitment.sharing == Sharing.NETWORK,
            Commitment.told_at.is_not(None),
            Commitment.outcome != Outcome.NOT_YET,
            Commitment.learning != "",
        )
        .order_by(Commitment.told_at.desc(), Commitment.id)
        .limit(MOST)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    told = [
        Learnt(Whose(one.member_id, one.about), one.learning, one.told_at, one.what, one.outcome)
        for one in tried
        if one.told_at is not None
    ]
    written = reflections.with_network(session, limit=MOST)
    return _latest_first([*told, *map(_of_reflection, written)])


def _of_trial(one: SharedCommitment) -> Learnt:
    return Learnt(one.whose, one.learning, one.told_at or ALWAYS, one.what, one.outcome)


def _of_reflection(one: SharedReflection) -> Learnt:
    return Learnt(one.whose, one.words, one.written_at)


def _latest_first(found: list[Learnt]) -> tuple[Learnt, ...]:
    return tuple(sorted(found, key=lambda one: (one.when, one.whose), reverse=True)[:MOST])
