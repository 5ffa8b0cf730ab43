"""Keeps what is said to a member, and notes whose words stand in it.

Somebody may take their words back at the moment in which another reads them. So the threads are
held for as long as the note takes, and what has changed since it was read is not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import delivery, outbox, quotes
from bot.attribution import THE_CHALLENGE, Participant
from bot.challenges.models import Challenge, ChallengeWords, Reply
from bot.delivery import Recipient
from bot.messages import Outgoing, Text, Whose, quoted
from bot.wording import challenges as wording


def say(
    session: Session,
    contents: Sequence[Outgoing],
    to: Recipient,
    *,
    now: datetime,
    prompt: str | None = None,
) -> tuple[int, ...]:
    """Enqueues an answer, as `outbox.enqueue`."""
    sent = outbox.enqueue(session, contents, to, now=now, prompt=prompt)
    pairs = [
        (one, whose) for one, said in zip(sent, contents, strict=True) for whose in quoted(said)
    ]
    if not pairs:
        return sent
    standing = _standing(session, {whose for _, whose in pairs})
    quotes.carried(session, [(one, whose) for one, whose in pairs if whose in standing])
    gone = {one for one, whose in pairs if whose not in standing}
    delivery.take_back(session, gone, Text(wording.WORDS_GONE), reason="taken back")
    return sent


def _standing(session: Session, read: Collection[Whose]) -> frozenset[Whose]:
    """Those that read now as they did, and will until commit."""
    speakers = {one.participant_id for one in read}
    inside = select(Participant.thread_id).where(Participant.id.in_(speakers))
    held = select(Challenge.id).where(Challenge.id.in_(inside)).order_by(Challenge.id)
    session.execute(held.with_for_update(read=True)).all()
    there = set(session.scalars(select(Participant.id).where(Participant.id.in_(speakers))))
    said = _said(session, read)
    return frozenset(
        one
        for one in read
        if one.participant_id in there
        and (one.said < 0 or set(one.words) <= said.get((one.participant_id, one.said), set()))
    )


def _said(session: Session, read: Collection[Whose]) -> dict[tuple[int, int], set[str]]:
    posted = session.execute(
        select(
            ChallengeWords.participant_id,
            ChallengeWords.problem,
            ChallengeWords.context,
            ChallengeWords.tried,
        ).where(ChallengeWords.participant_id.in_({one.participant_id for one in read}))
    )
    replied = session.execute(
        select(Reply.participant_id, Reply.id, Reply.text).where(
            Reply.id.in_({one.said for one in read})
        )
    )
    return {
        **{(one, THE_CHALLENGE): set(words) for one, *words in posted},
        **{(one, reply_id): {text} for one, reply_id, text in replied},
    }
