"""What becomes of a challenge: closed, open again, solved, withdrawn. Its author says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import quotes
from bot.attribution import AUTHOR, Participant
from bot.challenges import circle, errors, gate, telling
from bot.challenges.gate import Viewer
from bot.challenges.models import Challenge, ChallengeState, ChallengeWords, Reply, ReplyState
from bot.challenges.notices import Turned
from bot.challenges.routing import Routing

_MAY_BECOME = {
    ChallengeState.OPEN: {ChallengeState.CLOSED, ChallengeState.SOLVED, ChallengeState.WITHDRAWN},
    ChallengeState.CLOSED: {ChallengeState.OPEN, ChallengeState.SOLVED, ChallengeState.WITHDRAWN},
    ChallengeState.SOLVED: {ChallengeState.OPEN, ChallengeState.WITHDRAWN},
    ChallengeState.WITHDRAWN: set(),
}


def close(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """No more replies are wanted. Raises NoSuchChallenge, NotYours, WrongState."""
    turn(session, gate.own(session, viewer, code), ChallengeState.CLOSED, now=now)


def reopen(session: Session, viewer: Viewer, code: str, *, routing: Routing, now: datetime) -> None:
    """Replies are wanted again. Raises NoSuchChallenge, NotYours, WrongState."""
    challenge = gate.own(session, viewer, code)
    turn(session, challenge, ChallengeState.OPEN, now=now)
    circle.resume(session, challenge, routing, now=now)


def solve(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """The problem is solved. Raises NoSuchChallenge, NotYours, WrongState."""
    turn(session, gate.own(session, viewer, code), ChallengeState.SOLVED, now=now)


def withdraw(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """The author takes all their words back, for good; others keep theirs.

    Raises NoSuchChallenge, NotYours, WrongState.
    """
    challenge = gate.own(session, viewer, code)
    turn(session, challenge, ChallengeState.WITHDRAWN, now=now)
    words = session.get_one(ChallengeWords, challenge.id, populate_existing=True)
    words.problem = words.context = words.tried = ""
    session.execute(
        update(Reply)
        .where(Reply.challenge_id == challenge.id, Reply.participant_id == words.participant_id)
        .values(text="", state=ReplyState.WITHDRAWN, changed_at=now)
    )
    quotes.take_back(session, words.participant_id)


def turn(
    session: Session,
    challenge: Challenge,
    to: ChallengeState,
    *,
    now: datetime,
    thanked: int | None = None,
) -> None:
    """Takes a locked challenge of the author's to another state and tells those who follow it.

    Raises WrongState where it cannot go there from where it is.
    """
    if to not in _MAY_BECOME[challenge.state]:
        raise errors.state_of(challenge)
    challenge.state = to
    challenge.changes += 1
    circle.stop(challenge)
    author = session.scalars(
        select(Participant.id).where(
            Participant.thread_id == challenge.id, Participant.number == AUTHOR
        )
    ).one()
    event = Turned(challenge.changes, to, author, thanked)
    telling.tell(session, challenge, event, now=now)
