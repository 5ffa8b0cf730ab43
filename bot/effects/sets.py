"""Makes sets and changes them. Whatever is refused raises a SetError."""

from __future__ import annotations

from typing import assert_never

from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.sets import SetEdited, SetEffect, SetMade, SetsConfirmed
from bot.learning_sets import editions, proposals, sets
from bot.learning_sets.size import NotYourSet
from bot.members import Role

LEADS = (Role.FACILITATOR, Role.ADMINISTRATOR)
"""Who may make sets."""


def make(effect: SetEffect, acting: Acting) -> Made:
    session, member, now = acting.session, acting.member, acting.now
    match effect:
        case SetMade(wanted):
            _may(member.role in LEADS)
            editions.make(session, wanted, now=now)
        case SetEdited(set_id, wanted, edition):
            _may(sets.facilitates(session, member.id, set_id))
            editions.edit(session, set_id, wanted, edition=edition, now=now)
        case SetsConfirmed(groups):
            _may(member.role in LEADS)
            proposals.confirm(session, dict(groups), facilitators=(member.id,), now=now)
        case _:
            assert_never(effect)
    return DONE


def _may(they: bool) -> None:
    if not they:
        raise NotYourSet
