"""The one way to a challenge or a reply: whoever may not see it is told that there is none.

What a member may see is part of the question that the database is asked. So a challenge of a set
is not found by others, takes no longer for them, and is never locked by them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, literal, select
from sqlalchemy.orm import Session

from bot.attribution import AUTHOR, Participant
from bot.challenges import errors
from bot.challenges.codes import read_code
from bot.challenges.models import Challenge, ChallengeState, Reply, Visibility


@dataclass(frozen=True)
class Viewer:
    """A member, the sets in whose room they are right now, and what they look after.

    `sets` are those they are in and those they facilitate; `facilitates` the latter alone. Read it
    inside the transaction that uses it: membership of a set ends.
    """

    member_id: int
    sets: frozenset[int] = frozenset()
    moderates: bool = False
    facilitates: frozenset[int] = frozenset()


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """Of all challenges, those that this member may read."""
    everybodys = Challenge.visibility == Visibility.NETWORK
    return everybodys | Challenge.set_id.in_(sorted(viewer.sets))


def authored(viewer: Viewer) -> ColumnElement[bool]:
    """Of all challenges, those that this member wrote, whatever set they are in now."""
    return exists().where(
        Participant.thread_id == Challenge.id,
        Participant.member_id == viewer.member_id,
        Participant.number == AUTHOR,
    )


def looked_after(viewer: Viewer) -> ColumnElement[bool]:
    """Of all challenges, those whose reports are this member's to look at."""
    everybodys = (Challenge.visibility == Visibility.NETWORK) & literal(viewer.moderates)
    inside = viewer.sets if viewer.moderates else viewer.facilitates
    return everybodys | Challenge.set_id.in_(sorted(inside))


def seen(session: Session, viewer: Viewer, code: str) -> Challenge:
    """A challenge that the member may read, for reading. Raises NoSuchChallenge."""
    return _one(session, _coded(code).where(readable(viewer) | authored(viewer)))


def joined(session: Session, viewer: Viewer, code: str) -> Challenge:
    """A challenge that the member may read, locked. Raises NoSuchChallenge, IsWithdrawn."""
    challenge = _one(session, _locked(_coded(code).where(readable(viewer) | authored(viewer))))
    if challenge.state is ChallengeState.WITHDRAWN:
        raise errors.state_of(challenge)
    return challenge


def helped(session: Session, viewer: Viewer, code: str) -> Challenge:
    """Somebody else's challenge, locked. Raises NoSuchChallenge, IsWithdrawn, OwnChallenge."""
    challenge = joined(session, viewer, code)
    if is_author(session, viewer, challenge):
        raise errors.OwnChallenge(challenge.code)
    return challenge


def own(session: Session, viewer: Viewer, code: str) -> Challenge:
    """The member's own challenge, locked. Raises NoSuchChallenge, NotYours, IsWithdrawn."""
    challenge = joined(session, viewer, code)
    if not is_author(session, viewer, challenge):
        raise errors.NotYours
    return challenge


def is_author(session: Session, viewer: Viewer, challenge: Challenge) -> bool:
    return session.scalar(select(authored(viewer)).where(Challenge.id == challenge.id)) is True


def own_reply(session: Session, viewer: Viewer, ref: str) -> tuple[Challenge, Reply]:
    """The member's own reply, its challenge being locked, for ever and whatever became of that.

    Raises NoSuchReply, NotYours.
    """
    mine = and_(Participant.id == Reply.participant_id, Participant.member_id == viewer.member_id)
    challenge = session.scalar(_locked(_holding(ref).where(exists().where(mine))))
    if challenge is None:
        seen_reply(session, viewer, ref)
        raise errors.NotYours
    return challenge, _reply(session, ref)


def seen_reply(session: Session, viewer: Viewer, ref: str) -> tuple[Challenge, Reply]:
    """A reply that the member may read, its challenge being locked. Raises NoSuchReply."""
    may_read = readable(viewer) | authored(viewer)
    challenge = session.scalar(_locked(_holding(ref).where(may_read)))
    if challenge is None:
        raise errors.NoSuchReply
    return challenge, _reply(session, ref)


def _coded(code: str) -> Select[Challenge]:
    return select(Challenge).where(Challenge.code == (read_code(code) or ""))


def _holding(ref: str) -> Select[Challenge]:
    return select(Challenge).join(Reply, Reply.challenge_id == Challenge.id).where(Reply.ref == ref)


def _locked(question: Select[Challenge]) -> Select[Challenge]:
    return question.with_for_update(of=Challenge).execution_options(populate_existing=True)


def _one(session: Session, question: Select[Challenge]) -> Challenge:
    challenge = session.scalar(question)
    if challenge is None:
        raise errors.NoSuchChallenge
    return challenge


def _reply(session: Session, ref: str) -> Reply:
    """As it is now that the challenge is locked. Raises NoSuchReply where it went meanwhile."""
    reply = session.scalar(
        select(Reply).where(Reply.ref == ref).execution_options(populate_existing=True)
    )
    if reply is None:
        raise errors.NoSuchReply
    return reply
