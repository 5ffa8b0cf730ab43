"""What members learnt and let others read: never with a name, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import attribution
from bot.learning_sets import committed, reflections, shown
from bot.learning_sets.commitment import Commitment, Outcome, Sharing
from bot.learning_sets.committed import SharedCommitment
from bot.learning_sets.reflections import SharedReflection
from bot.learning_sets.shown import Whose
from bot.wording import harvest as wording
from knowledge.curation import drafts
from knowledge.entries import NewEntry

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


def draft(session: Session, about: str, problem: str, by: int, *, now: datetime) -> bool:
    """A moderator makes a draft entry of what was shared with the network, as it was said.

    `about` names the words (`shown`). False where they are shared no more, or were drafted before.
    Raises EntryUnfit.
    """
    found = next((one for one in in_network(session) if one.whose.about == about), None)
    if found is None:
        return False
    solution = ": ".join(filter(None, (found.tried, found.words)))
    new = NewEntry(problem, (solution,), source=wording.SOURCE, source_date=now.date())
    by_whom = attribution.voice(session, by)
    origin = shown.origin(about)
    return drafts.propose_draft(session, new, origin=origin, by=by_whom, now=now).new


def in_network(session: Session) -> tuple[Learnt, ...]:
    """What everybody in the network may read; locked for sharing, so that it can be noted where."""
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
