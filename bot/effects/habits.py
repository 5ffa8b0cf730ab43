"""Keeps when and how often a member may be disturbed."""

from __future__ import annotations

from typing import assert_never

from bot import habits
from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.habits import ChoseHabits, HabitsEffect, StoppedNudges
from bot.nudges import stopped


def make(effect: HabitsEffect, acting: Acting) -> Made:
    session, member_id = acting.session, acting.member.id
    match effect:
        case ChoseHabits():
            if effect.nation is not None:
                habits.choose_nation(session, member_id, effect.nation)
            if effect.quiet is not None:
                habits.choose_quiet_hours(session, member_id, effect.quiet)
            if effect.a_week is not None:
                habits.choose_nudges_a_week(session, member_id, effect.a_week)
            if effect.digest is not None:
                habits.choose_digest(session, member_id, effect.digest)
            if effect.stopped is not None:
                stopped.choose_stopped(session, member_id, effect.stopped)
        case StoppedNudges(kind):
            stopped.stop_kinds(session, member_id, (kind,))
        case _:
            assert_never(effect)
    return DONE
