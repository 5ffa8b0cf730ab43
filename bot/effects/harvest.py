"""Does what a turn decided on the way from a challenge to an entry."""

from __future__ import annotations

from typing import assert_never

from bot import attribution, harvest, publishing
from bot.challenges import gaps
from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.harvest import (
    Credited,
    HarvestEffect,
    LetBe,
    Merged,
    PointedTo,
    Published,
    Rejected,
    Reworded,
    Shared,
)
from bot.learning_sets import sets
from bot.messages import Text
from bot.publishing import Wish
from bot.wording import harvest as wording

DraftEffect = Published | Merged | Rejected | Reworded


def make(effect: HarvestEffect, acting: Acting) -> Made:
    session, now = acting.session, acting.now
    match effect:
        case Published() | Merged() | Rejected() | Reworded():
            _settle(effect, acting)
        case PointedTo(code, entry_id):
            viewer = sets.viewer(session, acting.member)
            gaps.link(session, viewer, code, entry_id, now=now)
        case LetBe(code):
            gaps.let_be(session, sets.viewer(session, acting.member), code, now=now)
        case Shared(code, agreed):
            viewer = sets.viewer(session, acting.member)
            code = harvest.agree(session, viewer, code, agreed=agreed, now=now)
            said = wording.will_be_shared(code) if agreed else wording.stays(code)
            return Made((Text(said),))
        case Credited():
            return _credit(effect, acting)
        case _:
            assert_never(effect)
    return DONE


def _settle(effect: DraftEffect, acting: Acting) -> None:
    session, now, me = acting.session, acting.now, acting.member.id
    match effect:
        case Published(entry_id, seen, neutral):
            publishing.publish(session, Wish(entry_id, seen, me), neutral=neutral, now=now)
        case Merged(entry_id, seen, into, neutral):
            publishing.merge(session, Wish(entry_id, seen, me), into, neutral=neutral, now=now)
        case Rejected(entry_id, why):
            publishing.reject(session, Wish(entry_id, "", me), why, now=now)
        case Reworded(entry_id, seen, part, words):
            publishing.reword(session, Wish(entry_id, seen, me), part, words, now=now)
        case _:
            assert_never(effect)


def _credit(effect: Credited, acting: Acting) -> Made:
    session, me = acting.session, acting.member.id
    entry_id = effect.entry_id or attribution.told_last(session, me)
    if entry_id is None or not attribution.choose_credit(
        session, entry_id, me, credited=effect.named
    ):
        return Made((Text(wording.NOTHING_TO_BE_NAMED_FOR),))
    return Made((Text(wording.NAMED if effect.named else wording.NOT_NAMED),))
