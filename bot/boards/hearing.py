"""What is typed under a post, for all there to see: relayed, and never under a pseudonym."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.attribution import Participant
from bot.challenges import replies
from bot.challenges.errors import ReplyGone
from bot.challenges.gate import Viewer
from bot.challenges.models import Challenge, Reply, ReplyKind
from bot.challenges.routing import Routing
from bot.messages import OnBoard, Spoken


def hear(
    session: Session,
    viewer: Viewer,
    challenge: Challenge,
    heard: OnBoard,
    text: str,
    *,
    routing: Routing,
    now: datetime,
) -> None:
    """Relays the words, or makes the same of the relayed ones as was made of them on the board.

    Raises WrongState, Unfit, ReplyGone.
    """
    ref = _relayed(session, viewer, challenge, heard)
    match heard.spoken, ref:
        case Spoken.TAKEN_BACK, str():
            _take_back(session, viewer, ref, routing=routing, now=now)
        case Spoken.TAKEN_BACK, None:
            return
        case Spoken.CORRECTED, str():
            replies.correct(session, viewer, ref, text, now=now)
        case _:  # a correction may overtake what it corrects; that is then the same one again
            replies.reply(
                session,
                viewer,
                challenge.code,
                text,
                kind=_kind(text),
                key=_key(heard),
                public=True,
                now=now,
            )


def _kind(text: str) -> ReplyKind:
    return ReplyKind.QUESTION if text.rstrip().endswith("?") else ReplyKind.OFFER


def _take_back(
    session: Session, viewer: Viewer, ref: str, *, routing: Routing, now: datetime
) -> None:
    try:
        replies.withdraw_reply(session, viewer, ref, routing=routing, now=now)
    except ReplyGone:  # they took it back here before they deleted it there
        return


def _relayed(session: Session, viewer: Viewer, challenge: Challenge, heard: OnBoard) -> str | None:
    return session.scalar(
        select(Reply.ref)
        .join(Participant, Participant.id == Reply.participant_id)
        .where(
            Reply.challenge_id == challenge.id,
            Participant.member_id == viewer.member_id,
            Reply.key == _key(heard),
        )
    )


def _key(heard: OnBoard) -> str:
    return f"board:{heard.own}"
