"""What members say of a reply: I'll try this, this helped, thanks, solved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, distinct, func, select
from sqlalchemy.orm import Session

from bot import attribution
from bot.attribution import Participant
from bot.challenges import errors, gate, states, telling
from bot.challenges.gate import Viewer
from bot.challenges.models import (
    Challenge,
    ChallengeState,
    ChallengeWords,
    Mark,
    MarkKind,
    Reply,
    ReplyKind,
    ReplyState,
)
from bot.challenges.notices import Appreciated
from knowledge.database import insert_new

HELPED_ENOUGH = 2
"""Members whom a reply helped, after which it is worth an entry."""
_USEFUL = (MarkKind.HELPED, MarkKind.SOLVED)


@dataclass(frozen=True)
class Ripe:
    """A challenge that is worth an entry, with the replies that helped. Ids, for the drafts."""

    challenge_id: int
    code: str
    reply_ids: tuple[int, ...]


def mark(session: Session, viewer: Viewer, ref: str, kind: MarkKind, *, now: datetime) -> None:
    """Marks somebody else's reply; whoever gave it hears once for each kind.

    "Solved" is for the challenge's author and solves the challenge. Raises NoSuchReply, OwnReply,
    NotYours, WrongState.
    """
    challenge, reply = _markable(session, viewer, ref)
    one = attribution.participant(session, challenge.id, viewer.member_id)
    if reply.participant_id == one.id:
        raise errors.OwnReply
    if kind is MarkKind.SOLVED:
        if one.number != attribution.AUTHOR:
            raise errors.NotYours
        if challenge.state is not ChallengeState.SOLVED:
            states.turn(
                session, challenge, ChallengeState.SOLVED, now=now, thanked=reply.participant_id
            )
    row = {"reply_id": reply.id, "participant_id": one.id, "kind": kind, "marked_at": now}
    new = insert_new(session, Mark, [row], Mark.reply_id)
    if new and kind is not MarkKind.SOLVED:
        event = Appreciated(reply.id, reply.participant_id, kind)
        telling.tell(session, challenge, event, now=now)


def unmark(session: Session, viewer: Viewer, ref: str, kind: MarkKind) -> None:
    """Takes a mark back. Raises NoSuchReply, WrongState."""
    challenge, reply = _markable(session, viewer, ref)
    one = attribution.participant(session, challenge.id, viewer.member_id)
    session.execute(
        delete(Mark).where(
            Mark.reply_id == reply.id, Mark.participant_id == one.id, Mark.kind == kind
        )
    )


def ripe(session: Session, *which: ColumnElement[bool]) -> tuple[Ripe, ...]:
    """Challenges that are solved, or have a reply that helped two, with the replies that helped.

    Where no reply is marked in a solved one, all that offer something count. `which` narrows it
    down. Also those of a set: ask `agreements.all_agreed` before any word of one leaves it.
    """
    helped = (
        select(Mark.reply_id, func.count(distinct(Mark.participant_id)).label("members"))
        .where(Mark.kind.in_(_USEFUL))
        .group_by(Mark.reply_id)
        .subquery()
    )
    rows = session.execute(
        select(Challenge.id, Challenge.code, Reply.id, func.coalesce(helped.c.members, 0))
        .join(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .join(Reply, Reply.challenge_id == Challenge.id)
        .join(Participant, Participant.id == Reply.participant_id)
        .outerjoin(helped, helped.c.reply_id == Reply.id)
        .where(
            Challenge.state != ChallengeState.WITHDRAWN,
            Reply.state != ReplyState.WITHDRAWN,
            Reply.kind == ReplyKind.OFFER,
            Participant.number.is_distinct_from(attribution.AUTHOR),
            (Challenge.state == ChallengeState.SOLVED) | (helped.c.members >= HELPED_ENOUGH),
            *which,
        )
        .order_by(Challenge.id, func.coalesce(helped.c.members, 0).desc(), Reply.id)
    )
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for challenge_id, code, reply_id, members in rows:
        found.setdefault((challenge_id, code), []).append((reply_id, members))
    return tuple(Ripe(*which_one, _useful(replies)) for which_one, replies in found.items())


def _useful(replies: list[tuple[int, int]]) -> tuple[int, ...]:
    helped = tuple(reply_id for reply_id, members in replies if members)
    return helped or tuple(reply_id for reply_id, _ in replies)


def _markable(session: Session, viewer: Viewer, ref: str) -> tuple[Challenge, Reply]:
    challenge, reply = gate.seen_reply(session, viewer, ref)
    if challenge.state is ChallengeState.WITHDRAWN:
        raise errors.state_of(challenge)
    if reply.state is ReplyState.WITHDRAWN:
        raise errors.ReplyGone
    return challenge, reply
