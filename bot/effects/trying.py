"""Keeps what a member will try, and how it went."""

from __future__ import annotations

from typing import assert_never

from bot.challenges import gate, marks
from bot.challenges.models import MarkKind
from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.trying import (
    LetGo,
    Postponed,
    Told,
    TriesReply,
    TriesSolution,
    TryingEffect,
)
from bot.learning_sets import commitments, sets
from bot.learning_sets.commitments import FromReply


def make(effect: TryingEffect, acting: Acting) -> Made:
    session, member_id, now = acting.session, acting.member.id, acting.now
    match effect:
        case TriesReply():
            _tries_reply(effect, acting)
        case TriesSolution(source, what, day):
            commitments.commit(session, member_id, what, source=source, check_back_on=day, now=now)
        case Postponed(commitment_id, day):
            commitments.postpone(session, member_id, commitment_id, day)
        case Told():
            _told(effect, acting)
        case LetGo(commitment_id):
            commitments.let_go(session, member_id, commitment_id)
        case _:
            assert_never(effect)
    return DONE


def _tries_reply(effect: TriesReply, acting: Acting) -> None:
    """Marks the reply, so that whoever wrote it hears of it, and keeps what is tried."""
    viewer = sets.viewer(acting.session, acting.member)
    marks.mark(acting.session, viewer, effect.ref, MarkKind.TRY, now=acting.now)
    _, reply = gate.seen_reply(acting.session, viewer, effect.ref)
    commitments.commit(
        acting.session,
        acting.member.id,
        effect.what,
        source=FromReply(reply.id),
        check_back_on=effect.check_back_on,
        now=acting.now,
    )


def _told(effect: Told, acting: Acting) -> None:
    """The outcome, and what was learnt where that was asked; else what was said of it before."""
    session, member_id = acting.session, acting.member.id
    before = commitments.own(session, member_id, effect.commitment_id)
    if before is None:
        raise commitments.NoSuchCommitment
    readers = effect.readers or commitments.readers_of(session, before)
    commitments.tell(
        session,
        member_id,
        effect.commitment_id,
        effect.outcome,
        what=effect.what,
        learning=before.learning if effect.learning is None else effect.learning,
        sharing=readers.sharing,
        set_id=readers.set_id,
        check_back_on=effect.check_back_on,
        now=acting.now,
    )
