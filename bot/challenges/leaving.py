"""What a member has in challenges, told to them alone, and how it goes when they go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot import quotes
from bot.attribution import AUTHOR, Participant
from bot.challenges import circle, telling
from bot.challenges.models import (
    Asking,
    Challenge,
    ChallengeState,
    ChallengeWords,
    Follower,
    Mark,
    Reply,
    ReplyState,
    Report,
)
from bot.challenges.notices import AuthorLeft
from bot.wording import my_data as wording

LATEST = 20


def leave(session: Session, member_id: int, *, now: datetime) -> None:
    """Before a member is deleted: their words are taken back, and who follows them is told once.

    All their threads are locked, in the order of their ids, so that whoever is writing in one of
    them finishes first or finds them gone. Their rows go with the member.
    """
    threads = session.scalars(
        select(Challenge)
        .where(
            Challenge.id.in_(
                select(Participant.thread_id).where(Participant.member_id == member_id)
            )
        )
        .order_by(Challenge.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    quotes.take_all_back(session, member_id)
    written = set(
        session.scalars(
            select(Participant.thread_id).where(
                Participant.member_id == member_id, Participant.number == AUTHOR
            )
        )
    )
    for challenge in threads:
        if challenge.id in written and challenge.state is not ChallengeState.WITHDRAWN:
            _abandon(session, challenge, now=now)


def _abandon(session: Session, challenge: Challenge, *, now: datetime) -> None:
    was_open = challenge.state is ChallengeState.OPEN
    challenge.state = ChallengeState.WITHDRAWN
    challenge.changes += 1
    circle.stop(challenge)
    if was_open:
        telling.tell(session, challenge, AuthorLeft(), now=now)
    session.flush()


def kept(session: Session, member_id: int) -> tuple[str, ...]:
    """All that a member has in challenges, a sentence a thing; the latest of what they wrote."""
    return (*_posted(session, member_id), *_replied(session, member_id), _rest(session, member_id))


def _posted(session: Session, member_id: int) -> list[str]:
    rows = session.execute(
        select(Challenge.code, ChallengeWords.problem, Challenge.state)
        .join(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .join(Participant, Participant.id == ChallengeWords.participant_id)
        .where(Participant.member_id == member_id)
        .order_by(Challenge.id.desc())
        .limit(LATEST)
    )
    return [wording.kept_challenge(code, problem, state.value) for code, problem, state in rows]


def _replied(session: Session, member_id: int) -> list[str]:
    rows = session.execute(
        select(Challenge.code, Reply.text)
        .join(Reply, Reply.challenge_id == Challenge.id)
        .join(Participant, Participant.id == Reply.participant_id)
        .where(Participant.member_id == member_id, Reply.state != ReplyState.WITHDRAWN)
        .order_by(Reply.id.desc())
        .limit(LATEST)
    )
    return [wording.kept_reply(code, text) for code, text in rows]


def _rest(session: Session, member_id: int) -> str:
    return wording.kept_counts(
        follows=_count(session, Follower, member_id, Follower.followed_at.is_not(None)),
        asked=_count(session, Asking, member_id),
        reports=_count(session, Report, member_id),
        marks=_count(session, Mark, member_id),
    )


def _count(
    session: Session,
    table: type[Follower | Asking | Report | Mark],
    member_id: int,
    *which: ColumnElement[bool],
) -> int:
    return session.scalars(
        select(func.count())
        .select_from(table)
        .join(Participant, Participant.id == table.participant_id)
        .where(Participant.member_id == member_id, *which)
    ).one()
