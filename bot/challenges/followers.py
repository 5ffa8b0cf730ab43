"""Following a challenge, having the same problem, and hearing no more of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot import attribution, quotes
from bot.attribution import Participant
from bot.challenges import gate
from bot.challenges.gate import Viewer
from bot.challenges.models import Asking, Challenge, Follower
from knowledge.database import insert_new


def follow(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """Hears of everything in it; a mute ends. Raises NoSuchChallenge, IsWithdrawn, OwnChallenge."""
    follower = _own(session, viewer, gate.helped(session, viewer, code))
    follower.followed_at = follower.followed_at or now
    follower.muted_at = None


def unfollow(session: Session, viewer: Viewer, code: str) -> None:
    """Hears of it no more, unless asked. Raises NoSuchChallenge, IsWithdrawn, OwnChallenge."""
    follower = _own(session, viewer, gate.helped(session, viewer, code))
    follower.followed_at = follower.same_at = None


def same(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """Has the same problem, and follows it. Raises NoSuchChallenge, IsWithdrawn, OwnChallenge."""
    follower = _own(session, viewer, gate.helped(session, viewer, code))
    follower.same_at = follower.same_at or now
    follower.followed_at = follower.followed_at or now
    follower.muted_at = None


def mute(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """Hears nothing more of this thread, author or not. Raises NoSuchChallenge, IsWithdrawn."""
    challenge = gate.joined(session, viewer, code)
    follower = _own(session, viewer, challenge)
    follower.muted_at = follower.muted_at or now
    quotes.withhold(session, challenge.id, viewer.member_id)


def unmute(session: Session, viewer: Viewer, code: str) -> None:
    """Hears of this thread again. Raises NoSuchChallenge, IsWithdrawn."""
    _own(session, viewer, gate.joined(session, viewer, code)).muted_at = None


def follow_along(session: Session, participant_id: int, *, now: datetime) -> None:
    """Whoever replies hears what comes of it, unless they chose otherwise before."""
    row = {"participant_id": participant_id, "followed_at": now}
    insert_new(session, Follower, [row], Follower.participant_id)


def leave_set(session: Session, set_id: int, member_id: int) -> None:
    """A member left a set: they hear no more of what was posted to it.

    The set's challenges are locked, so that nobody tells them anything at the same moment.
    """
    threads = session.scalars(
        select(Challenge.id)
        .where(Challenge.set_id == set_id)
        .order_by(Challenge.id)
        .with_for_update()
    ).all()
    theirs = select(Participant.id).where(
        Participant.thread_id.in_(threads),
        Participant.member_id == member_id,
        Participant.number.is_distinct_from(attribution.AUTHOR),
    )
    session.execute(delete(Follower).where(Follower.participant_id.in_(theirs)))
    session.execute(delete(Asking).where(Asking.participant_id.in_(theirs)))
    for thread_id in session.scalars(
        select(Participant.thread_id).where(Participant.id.in_(theirs))
    ).all():
        quotes.withhold(session, thread_id, member_id)


def _own(session: Session, viewer: Viewer, challenge: Challenge) -> Follower:
    one = attribution.participant(session, challenge.id, viewer.member_id)
    insert_new(session, Follower, [{"participant_id": one.id}], Follower.participant_id)
    return session.get_one(Follower, one.id, populate_existing=True)
