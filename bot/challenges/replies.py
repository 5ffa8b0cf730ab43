"""Replies: given under a pseudonym, corrected and withdrawn by whoever gave them, for ever."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot import attribution, quotes
from bot.attribution import AUTHOR, Participant
from bot.challenges import circle, errors, fit, gate, telling
from bot.challenges.followers import follow_along
from bot.challenges.gate import Viewer
from bot.challenges.models import (
    LONGEST_KEY,
    LONGEST_REPLY,
    Challenge,
    ChallengeState,
    Mark,
    Reply,
    ReplyKind,
    ReplyState,
)
from bot.challenges.notices import Replied, TakenBack
from bot.challenges.routing import Routing


@dataclass(frozen=True)
class Given:
    """A reply as it was taken: `label` is what others see of whoever gave it."""

    ref: str
    label: str
    kind: ReplyKind


def reply(
    session: Session,
    viewer: Viewer,
    code: str,
    text: str,
    *,
    kind: ReplyKind,
    key: str,
    public: bool = False,
    named: bool = False,
    now: datetime,
) -> Given:
    """Replies to an open challenge, and tells its author and all who follow it.

    What its author writes is the author's own word, whatever `kind` says. `public`: typed where
    all can see who wrote it. The same `key` again gives the same reply. Raises NoSuchChallenge,
    WrongState, Unfit.
    """
    challenge = gate.joined(session, viewer, code)
    known = _given(session, viewer, challenge, key)
    if known is not None:
        return _as_given(session, known)
    if challenge.state is not ChallengeState.OPEN:
        raise errors.state_of(challenge)
    text = fit.needed(text, "reply", LONGEST_REPLY)
    one = _participant(session, viewer, challenge, public=public, named=named)
    given = Reply(
        ref=secrets.token_hex(6),
        challenge_id=challenge.id,
        participant_id=one.id,
        kind=_kind(one, kind, public=public),
        public=public,
        state=ReplyState.GIVEN,
        text=text,
        key=key[:LONGEST_KEY],
        given_at=now,
        changed_at=now,
    )
    session.add(given)
    session.flush()
    if one.number != AUTHOR:
        follow_along(session, one.id, now=now)
        circle.stop(challenge)
    _tell(session, challenge, given, now=now)
    return _as_given(session, given)


def correct(session: Session, viewer: Viewer, ref: str, text: str, *, now: datetime) -> None:
    """Changes the words of the member's own reply, even when the challenge is over.

    Raises NoSuchReply, NotYours, ReplyGone, Unfit.
    """
    challenge, given = gate.own_reply(session, viewer, ref)
    if given.state is ReplyState.WITHDRAWN:
        raise errors.ReplyGone
    text = fit.needed(text, "reply", LONGEST_REPLY)
    if text == given.text:
        return
    given.text, given.state, given.changed_at = text, ReplyState.CORRECTED, now
    challenge.changes += 1
    session.flush()
    quotes.take_back(session, given.participant_id, given.id)
    if challenge.state is not ChallengeState.WITHDRAWN:
        _tell(session, challenge, given, now=now, change=challenge.changes)


def withdraw_reply(
    session: Session, viewer: Viewer, ref: str, *, routing: Routing, now: datetime
) -> None:
    """Takes the member's own reply back for good, even when the challenge is over.

    Where it was the only one, the challenge goes on to other peers. Raises NoSuchReply, NotYours,
    ReplyGone.
    """
    challenge, given = gate.own_reply(session, viewer, ref)
    if given.state is ReplyState.WITHDRAWN:
        raise errors.ReplyGone
    given.text, given.state, given.changed_at = "", ReplyState.WITHDRAWN, now
    session.execute(delete(Mark).where(Mark.reply_id == given.id))
    session.flush()
    quotes.take_back(session, given.participant_id, given.id)
    if challenge.state is ChallengeState.WITHDRAWN:
        return
    label = _label(session, given)
    event = TakenBack(given.id, given.participant_id, label)
    telling.tell(session, challenge, event, now=now)
    if challenge.widen_at is None:
        circle.resume(session, challenge, routing, now=now)


def _given(session: Session, viewer: Viewer, challenge: Challenge, key: str) -> Reply | None:
    """The reply that the same message has made already."""
    return session.scalar(
        select(Reply)
        .join(Participant, Participant.id == Reply.participant_id)
        .where(
            Participant.thread_id == challenge.id,
            Participant.member_id == viewer.member_id,
            Reply.key == key[:LONGEST_KEY],
        )
    )


def _participant(
    session: Session, viewer: Viewer, challenge: Challenge, *, public: bool, named: bool
) -> Participant:
    """Who typed for all to see gets no pseudonym by it: its letter would tell whose it is."""
    if public:
        return attribution.participant(session, challenge.id, viewer.member_id)
    return attribution.speaker(session, challenge.id, viewer.member_id, named=named)


def _kind(one: Participant, kind: ReplyKind, *, public: bool) -> ReplyKind:
    """An author who types for all to see is not given away as the author."""
    if one.number == AUTHOR and not public:
        return ReplyKind.AUTHOR
    return ReplyKind.OFFER if kind is ReplyKind.AUTHOR else kind


def _tell(
    session: Session, challenge: Challenge, given: Reply, *, now: datetime, change: int = 0
) -> None:
    event = Replied(
        given.id,
        given.ref,
        given.participant_id,
        _label(session, given),
        given.kind,
        given.text,
        change,
    )
    telling.tell(session, challenge, event, now=now)


def _label(session: Session, given: Reply) -> str:
    if given.public:
        return attribution.label(None, None)
    return attribution.labels(session, given.challenge_id)[given.participant_id]


def _as_given(session: Session, given: Reply) -> Given:
    return Given(given.ref, _label(session, given), given.kind)
