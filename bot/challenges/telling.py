"""Tells the audience of an event: once each, on the channel they used last, in this transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import courtesy, interests, members, outbox
from bot.attribution import AUTHOR, Participant
from bot.challenges.models import Asking, Challenge, ChallengeWords, Follower, NoticeRow
from bot.challenges.notices import (
    Event,
    Hearer,
    Replied,
    Reported,
    Subject,
    audience,
    key,
    message,
    quotes,
)
from bot.delivery import Recipient
from bot.interests import NOTHING_SAID
from bot.members import Member
from bot.quotes import quote
from knowledge.database import insert_new


def tell(session: Session, challenge: Challenge, event: Event, *, now: datetime) -> None:
    """Decides who hears of an event and enqueues it for those who have not heard of it yet."""
    told = audience(event, hearers(session, challenge, now=now))
    reached = members.addresses(session, [one.member_id for one in told])
    told = _not_yet_told(session, event, [one for one in told if one.member_id in reached], now)
    if not told:
        return
    subject = _subject(session, challenge)
    due = courtesy.notice_times(session, [one.member_id for one in told], now=now)
    for one in told:
        channel, address = reached[one.member_id]
        sent = outbox.enqueue(
            session,
            (message(event, subject, one),),
            Recipient(channel, address, member_id=one.member_id),
            now=now,
            due=due[one.member_id],
        )
        _note_whose_words(session, challenge, event, sent)


def hearers(session: Session, challenge: Challenge, *, now: datetime) -> tuple[Hearer, ...]:
    """Everybody in a thread."""
    rows = session.execute(
        select(
            Participant,
            Follower.followed_at,
            Follower.muted_at,
            Member.stopped_at,
            Asking.asked_at,
        )
        .join(Member, Member.id == Participant.member_id)
        .outerjoin(Asking, Asking.participant_id == Participant.id)
        .outerjoin(Follower, Follower.participant_id == Participant.id)
        .where(Participant.thread_id == challenge.id)
        .order_by(Participant.id)
    ).all()
    facts = interests.facts(session, [one.member_id for one, *_ in rows])
    return tuple(
        Hearer(
            one.id,
            one.member_id,
            author=one.number == AUTHOR,
            follows=followed_at is not None,
            asked=asked_at is not None,
            muted=muted_at is not None,
            stopped=stopped_at is not None,
            quiet_until=said.muted_until if said.muted(now) else None,
        )
        for one, followed_at, muted_at, stopped_at, asked_at in rows
        for said in (facts.get(one.member_id, NOTHING_SAID),)
    )


def same_count(session: Session, challenge_id: int) -> int:
    """How many others have the same problem."""
    return session.scalars(
        select(func.count())
        .select_from(Follower)
        .join(Participant, Participant.id == Follower.participant_id)
        .where(Participant.thread_id == challenge_id, Follower.same_at.is_not(None))
    ).one()


def _not_yet_told(
    session: Session, event: Event, told: Sequence[Hearer], now: datetime
) -> tuple[Hearer, ...]:
    what, about = key(event)
    rows = [
        {"participant_id": one.participant_id, "what": what, "about": about, "told_at": now}
        for one in told
    ]
    new = insert_new(session, NoticeRow, rows, NoticeRow.participant_id)
    return tuple(one for one in told if one.participant_id in new)


def _subject(session: Session, challenge: Challenge) -> Subject:
    words = session.get(ChallengeWords, challenge.id)
    if words is None:
        return Subject(challenge.code, "", "", "")
    return Subject(challenge.code, words.problem, words.context, words.tried)


def _note_whose_words(
    session: Session, challenge: Challenge, event: Event, sent: Collection[int]
) -> None:
    """So that words that are taken back later can be taken out of what was said here."""
    words = session.get(ChallengeWords, challenge.id)
    if quotes(event) and words is not None:
        quote(session, sent, words.participant_id)
    if isinstance(event, Replied):
        quote(session, sent, event.by, event.reply_id)
    if isinstance(event, Reported):
        for participant_id, said in event.quoted_from:
            quote(session, sent, participant_id, said)
