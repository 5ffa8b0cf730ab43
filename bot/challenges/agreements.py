"""What was posted to a set leaves it only when everybody whose words are used agrees."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot import attribution
from bot.attribution import AUTHOR, Participant
from bot.challenges import errors, gate
from bot.challenges.gate import Viewer
from bot.challenges.models import (
    Agreement,
    Challenge,
    ChallengeState,
    ChallengeWords,
    Reply,
    ReplyState,
)


def agree(session: Session, viewer: Viewer, code: str, *, agreed: bool, now: datetime) -> None:
    """A member lets their own words in a challenge be used outside its set, or no longer.

    Raises NoSuchChallenge, IsWithdrawn, NotYours (for whoever wrote nothing in it).
    """
    challenge = gate.joined(session, viewer, code)
    one = attribution.participant(session, challenge.id, viewer.member_id)
    if one.number is None and not _has_replied(session, one.id):
        raise errors.NotYours
    session.execute(delete(Agreement).where(Agreement.participant_id == one.id))
    if agreed:
        session.add(Agreement(participant_id=one.id, agreed_at=now))
        session.flush()


def all_agreed(session: Session, challenge_id: int, reply_ids: Collection[int] = ()) -> bool:
    """Whether the author and whoever gave these replies agreed to their words as they are now.

    True for what the network may see anyway. False where the author or one of the replies is gone.
    """
    challenge = session.get(Challenge, challenge_id, populate_existing=True)
    if challenge is None or challenge.state is ChallengeState.WITHDRAWN:
        return False
    said = _said(session, challenge, reply_ids)
    if said is None or not challenge.set_only:
        return said is not None
    agreed = _agreed(session, said)
    return all(one in agreed and agreed[one] >= changed_at for one, changed_at in said)


@dataclass(frozen=True)
class Open:
    """Participants who have not agreed: who never did, and who did to other words of theirs."""

    never: frozenset[int]
    outdated: frozenset[int]


def open_ones(session: Session, challenge_id: int, reply_ids: Collection[int] = ()) -> Open:
    """Whose agreement is still needed before these words may leave the set."""
    challenge = session.get(Challenge, challenge_id, populate_existing=True)
    said = _said(session, challenge, reply_ids) if challenge is not None else None
    if challenge is None or not challenge.set_only or said is None:
        return Open(frozenset(), frozenset())
    agreed = _agreed(session, said)
    return Open(
        frozenset(one for one, _ in said if one not in agreed),
        frozenset(one for one, changed_at in said if one in agreed and agreed[one] < changed_at),
    )


def to_be_asked(
    session: Session, challenge_id: int, reply_ids: Collection[int] = ()
) -> tuple[int, ...]:
    """The members whose agreement is needed: the author and whoever gave these replies."""
    return tuple(
        session.scalars(
            select(Participant.member_id)
            .outerjoin(Reply, Reply.participant_id == Participant.id)
            .where(
                Participant.thread_id == challenge_id,
                (Participant.number == AUTHOR) | Reply.id.in_(reply_ids),
            )
            .distinct()
            .order_by(Participant.member_id)
        )
    )


def _said(
    session: Session, challenge: Challenge, reply_ids: Collection[int]
) -> list[tuple[int, datetime]] | None:
    """Whose words these are and since when they read so; None where some are gone."""
    words = session.get(ChallengeWords, challenge.id, populate_existing=True)
    if words is None:
        return None
    replies = session.execute(
        select(Reply.participant_id, Reply.changed_at).where(
            Reply.id.in_(reply_ids),
            Reply.challenge_id == challenge.id,
            Reply.state != ReplyState.WITHDRAWN,
        )
    ).all()
    if len(replies) != len(set(reply_ids)):
        return None
    posted = (words.participant_id, words.edited_at or challenge.posted_at)
    return [posted, *((participant_id, changed_at) for participant_id, changed_at in replies)]


def _agreed(session: Session, said: list[tuple[int, datetime]]) -> dict[int, datetime]:
    rows = session.execute(
        select(Agreement.participant_id, Agreement.agreed_at).where(
            Agreement.participant_id.in_([participant_id for participant_id, _ in said])
        )
    )
    return dict(rows.all())


def _has_replied(session: Session, participant_id: int) -> bool:
    return (
        session.scalar(select(Reply.id).where(Reply.participant_id == participant_id).limit(1))
        is not None
    )
