"""What a member wrote as replies: theirs to correct and take back for ever, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.attribution import Participant
from bot.challenges.models import Challenge, Reply, ReplyKind, ReplyState


@dataclass(frozen=True)
class Written:
    """A reply of the member's own that stands, and the code of the thread that it stands in."""

    ref: str
    code: str
    kind: ReplyKind
    text: str
    given_at: datetime


def replies_of(session: Session, member_id: int, *, limit: int = 200) -> tuple[Written, ...]:
    """The member's replies that they have not taken back, newest first, in whatever thread."""
    rows = session.execute(_theirs(member_id).order_by(Reply.id.desc()).limit(limit))
    return tuple(_written(reply, code) for reply, code in rows)


def own_reply(session: Session, member_id: int, ref: str) -> Written | None:
    row = session.execute(_theirs(member_id).where(Reply.ref == ref)).one_or_none()
    return _written(*row) if row is not None else None


def _theirs(member_id: int) -> Select[Reply, str]:
    return (
        select(Reply, Challenge.code)
        .join(Challenge, Challenge.id == Reply.challenge_id)
        .join(Participant, Participant.id == Reply.participant_id)
        .where(Participant.member_id == member_id, Reply.state != ReplyState.WITHDRAWN)
    )


def _written(reply: Reply, code: str) -> Written:
    return Written(reply.ref, code, reply.kind, reply.text, reply.given_at)
