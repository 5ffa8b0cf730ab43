"""Asking the author of a challenge whether any of the replies helped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from bot.attribution import AUTHOR, Participant
from bot.challenges.models import (
    Challenge,
    ChallengeState,
    Mark,
    MarkKind,
    Reply,
    ReplyKind,
    ReplyState,
)
from bot.nudges.kinds import Kind
from bot.nudges.nudge import Nudge, OfChallenge
from bot.nudges.window import Some, Window

AFTER_DAYS = timedelta(days=7)
"""From the first reply on: time enough to try something."""
FOR_DAYS = timedelta(days=21)


def due(session: Session, some: Some, window: Window) -> Iterator[Nudge]:
    """Open challenges of these members with replies of peers, none of which was marked."""
    rows = session.execute(
        select(
            Participant.member_id,
            Challenge.id,
            Challenge.code,
            func.count(Reply.id),
            func.min(Reply.given_at),
        )
        .join(Challenge, Challenge.id == Participant.thread_id)
        .join(Reply, Reply.challenge_id == Challenge.id)
        .where(
            Participant.number == AUTHOR,
            some.has(Participant.member_id),
            Challenge.state == ChallengeState.OPEN,
            Reply.state != ReplyState.WITHDRAWN,
            Reply.kind != ReplyKind.AUTHOR,
            Reply.participant_id != Participant.id,
            ~_marked().exists(),
        )
        .group_by(Participant.member_id, Challenge.id, Challenge.code)
    )
    for member_id, challenge_id, code, replies, first in rows:
        day = first.astimezone(window.zone).date() + AFTER_DAYS
        at, useless_at = window.morning(day), window.morning(day + FOR_DAYS)
        if window.holds(at, useless_at):
            thing = f"{Kind.FOLLOW_UP}:{challenge_id}"
            about = OfChallenge(code, replies)
            key = f"{thing}:{member_id}"
            yield Nudge(key, member_id, Kind.FOLLOW_UP, thing, at, useless_at, about)


def _marked() -> Select[int]:
    """What the author said helped."""
    marked = aliased(Reply)
    return (
        select(Mark.reply_id)
        .join(marked, marked.id == Mark.reply_id)
        .where(
            marked.challenge_id == Challenge.id,
            Mark.participant_id == Participant.id,
            Mark.kind.in_((MarkKind.HELPED, MarkKind.SOLVED)),
        )
        .correlate(Challenge, Participant)
    )
