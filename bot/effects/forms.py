"""Keeps the drafts of forms."""

from __future__ import annotations

from typing import assert_never

from bot import drafts
from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.forms import Closed, Drafted, FormEffect


def make(effect: FormEffect, acting: Acting) -> Made:
    match effect:
        case Drafted(draft):
            drafts.keep(acting.session, acting.member.id, draft, now=acting.now)
        case Closed(ref, status):
            drafts.close(acting.session, acting.member.id, ref, status)
        case _:
            assert_never(effect)
    return DONE
