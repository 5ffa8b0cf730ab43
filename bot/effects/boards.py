"""Passes on what was said under a post on a notice board, once its author has decided."""

from __future__ import annotations

from bot.boards import hearing
from bot.effects.acting import Acting, Made
from bot.flows.effect.boards import BoardEffect
from bot.learning_sets import sets
from bot.messages import Choice, Text
from bot.wording import challenges as wording
from bot.wording import threads as words


def make(effect: BoardEffect, acting: Acting) -> Made:
    viewer = sets.viewer(acting.session, acting.member)
    given = hearing.pass_on(
        acting.session, viewer, effect.code, effect.own, effect.text, now=acting.now
    )
    said = words.sent(effect.code, given.label, given.kind.value)
    show = Choice(wording.SHOW, f"show:{effect.code}")
    return Made((Text(said, (show, Choice(words.CORRECT_IT, f"mine:{given.ref}"))),))
