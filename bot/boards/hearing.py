"""What is typed under a post, for all there to see: relayed, and never under a pseudonym."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.attribution import Participant
from bot.challenges import fit, gate, replies
from bot.challenges.errors import ReplyGone
from bot.challenges.gate import Viewer
from bot.challenges.models import LONGEST_REPLY, Challenge, ChallengeState, Reply, ReplyKind
from bot.challenges.replies import Given
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
    ref = _relayed(session, viewer, challenge, heard.own)
    if heard.spoken is not Spoken.TAKEN_BACK:
        _pass_on(session, viewer, challenge, heard, text, ref=ref, now=now)
    elif ref is not None:
        _take_back(session, viewer, ref, routing=routing, now=now)


def tells(
    session: Session, viewer: Viewer, challenge: Challenge, heard: OnBoard, text: str
) -> bool:
    """Whether to `hear` this would tell anybody words that are new to them. Raises Unfit."""
    if heard.spoken is Spoken.TAKEN_BACK:
        return False
    text = fit.needed(text, "reply", LONGEST_REPLY)
    ref = _relayed(session, viewer, challenge, heard.own)
    if ref is None:
        return challenge.state is ChallengeState.OPEN
    if heard.spoken is Spoken.SAID:  # what it was changed to has overtaken it
        return False
    said = session.scalar(select(Reply.text).where(Reply.ref == ref))
    return said != text


def pass_on(
    session: Session, viewer: Viewer, code: str, own: str, text: str, *, now: datetime
) -> Given:
    """Relays words that waited, or corrects those that were relayed before. Raises as `hear`."""
    challenge = gate.joined(session, viewer, code)
    ref = _relayed(session, viewer, challenge, own)
    if ref is not None:
        replies.correct(session, viewer, ref, text, now=now)
    return _said(session, viewer, challenge, own, text, now=now)


def _pass_on(
    session: Session,
    viewer: Viewer,
    challenge: Challenge,
    heard: OnBoard,
    text: str,
    *,
    ref: str | None,
    now: datetime,
) -> None:
    if heard.spoken is Spoken.CORRECTED and ref is not None:
        replies.correct(session, viewer, ref, text, now=now)
    else:  # a correction may overtake what it corrects; that is then the same one again
        _said(session, viewer, challenge, heard.own, text, now=now)


def _said(
    session: Session,
    viewer: Viewer,
    challenge: Challenge,
    own: str,
    text: str,
    *,
    now: datetime,
) -> Given:
    return replies.reply(
        session,
        viewer,
        challenge.code,
        text,
        kind=_kind(text),
        key=_key(own),
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


def _relayed(session: Session, viewer: Viewer, challenge: Challenge, own: str) -> str | None:
    return session.scalar(
        select(Reply.ref)
        .join(Participant, Participant.id == Reply.participant_id)
        .where(
            Reply.challenge_id == challenge.id,
            Participant.member_id == viewer.member_id,
            Reply.key == _key(own),
        )
    )


def _key(own: str) -> str:
    return f"board:{own}"
