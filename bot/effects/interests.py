"""Keeps what a member said of themselves."""

from __future__ import annotations

from typing import assert_never

from bot import interests
from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.interests import (
    FollowedTheme,
    InterestsEffect,
    Quieted,
    SaidOfThemselves,
)


def make(effect: InterestsEffect, acting: Acting) -> Made:
    session, member_id = acting.session, acting.member.id
    match effect:
        case FollowedTheme(theme_id, follows):
            others = set(interests.of(session, member_id).themes) - {theme_id}
            now_followed = others | ({theme_id} if follows else set())
            interests.follow_themes(session, member_id, now_followed)
        case Quieted(until):
            interests.mute(session, member_id, until)
        case SaidOfThemselves(themes, job, a_week):
            if themes is not None:
                interests.follow_themes(session, member_id, themes)
            if job is not None:
                interests.work_as(session, member_id, job)
            if a_week is not None:
                interests.limit(session, member_id, a_week)
        case _:
            assert_never(effect)
    return DONE
