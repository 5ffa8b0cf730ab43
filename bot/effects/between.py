"""Does what a turn decided about commitments, reflections and who may read them."""

from __future__ import annotations

from typing import assert_never

from bot.challenges import gate
from bot.effects.acting import DONE, Acting, Made
from bot.flows import trying
from bot.flows.effect.between import (
    BetweenEffect,
    Commits,
    Drafts,
    LetsRead,
    Reflects,
    ReflectsAnew,
    Shows,
    TakesReflectionBack,
)
from bot.learning_sets import commitments, committed, learnt, reflections, rhythm, sets
from bot.learning_sets.commitment import Commitment
from bot.messages import Choice, Text
from bot.wording import committing as words
from bot.wording import reflecting as reflecting_words


def make(effect: BetweenEffect, acting: Acting) -> Made:
    session, member_id, now = acting.session, acting.member.id, acting.now
    match effect:
        case Commits():
            return _commits(effect, acting)
        case LetsRead(commitment_id, readers, what, learning):
            commitments.let_read(
                session, member_id, commitment_id, readers, what=what, learning=learning, now=now
            )
        case Reflects(new):
            reflections.write(session, member_id, new, now=now)
        case ReflectsAnew(reflection_id, said, readers):
            reflections.change(
                session, member_id, reflection_id, words=said, readers=readers, now=now
            )
        case TakesReflectionBack(reflection_id):
            reflections.remove(session, member_id, reflection_id)
        case Drafts(about, problem):
            made = learnt.draft(session, about, problem, member_id, now=now)
            told = reflecting_words.DRAFTED if made else reflecting_words.NOT_DRAFTED
            return Made((Text(told, (Choice(reflecting_words.REVIEW, "say:review"),)),))
        case Shows(whose):
            return Made(shows=whose)
        case _:
            assert_never(effect)
    return DONE


def _commits(effect: Commits, acting: Acting) -> Made:
    """Keeps it, and says so with the buttons that move its day or show it to others."""
    session, day = acting.session, effect.check_back_on
    made = commitments.commit(
        session,
        acting.member.id,
        effect.what,
        source=effect.source,
        check_back_on=day,
        now=acting.now,
    )
    _tie(effect, made, acting)
    choices = (
        *trying.day_choices(("kept", str(made.id)), acting.now),
        Choice(words.WHO_MAY_READ, f"who:commitment:{made.id}"),
        Choice(words.LET_GO, f"let-go:{made.id}"),
    )
    return Made((Text(words.will_try(made.what, day), choices),))


def _tie(effect: Commits, made: Commitment, acting: Acting) -> None:
    """To the session after which it was said, and to the challenge that it is for."""
    meeting = rhythm.coded(acting.session, effect.session_code) if effect.session_code else None
    if meeting is not None:
        committed.made_after(acting.session, made, meeting.id)
    if effect.challenge:
        viewer = sets.viewer(acting.session, acting.member)
        made.challenge_id = gate.seen(acting.session, viewer, effect.challenge).id
        acting.session.flush()
