"""Does what a turn in a thread decided. Whatever is refused raises a ChallengeError."""

from __future__ import annotations

from typing import assert_never

from sqlalchemy.orm import Session

from bot.challenges import followers, marks, replies, reports, states
from bot.challenges.gate import Viewer
from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.thread import (
    Corrected,
    Ended,
    Ending,
    Listened,
    Listening,
    Marked,
    Replied,
    Reported,
    Settled,
    ThreadEffect,
    TookBack,
)
from bot.learning_sets import sets
from bot.messages import Choice, Text
from bot.wording import challenges as wording
from bot.wording import threads as words


def make(effect: ThreadEffect, acting: Acting) -> Made:
    session, now, routing = acting.session, acting.now, acting.rules.routing
    viewer = sets.viewer(session, acting.member)
    match effect:
        case Replied():
            return _replied(session, viewer, effect, acting)
        case Corrected(ref, text):
            replies.correct(session, viewer, ref, text, now=now)
        case TookBack(ref):
            replies.withdraw_reply(session, viewer, ref, routing=routing, now=now)
        case Listened():
            _listened(session, viewer, effect, acting)
        case Marked():
            _marked(session, viewer, effect, acting)
        case Ended():
            _ended(session, viewer, effect, acting)
        case Reported():
            return _reported(session, viewer, effect, acting)
        case Settled(report_id):
            reports.settle(session, viewer, report_id, now=now)
        case _:
            assert_never(effect)
    return DONE


def _reported(session: Session, viewer: Viewer, effect: Reported, acting: Acting) -> Made:
    code, ref, reason = effect.code, effect.ref, effect.reason
    routing, now = acting.rules.routing, acting.now
    heard = (
        reports.report(session, viewer, code, reason, routing=routing, now=now)
        if ref is None
        else reports.report_reply(session, viewer, ref, reason, routing=routing, now=now)
    )
    return Made((Text(words.REPORTED if heard else words.NOBODY_LOOKS),))


def _marked(session: Session, viewer: Viewer, effect: Marked, acting: Acting) -> None:
    if effect.back:
        marks.unmark(session, viewer, effect.ref, effect.kind)
    else:
        marks.mark(session, viewer, effect.ref, effect.kind, now=acting.now)


def _replied(session: Session, viewer: Viewer, effect: Replied, acting: Acting) -> Made:
    given = replies.reply(
        session,
        viewer,
        effect.code,
        effect.text,
        kind=effect.kind,
        key=effect.key,
        now=acting.now,
    )
    said = words.sent(effect.code, given.label, given.kind.value)
    show = Choice(wording.SHOW, f"show:{effect.code}")
    return Made((Text(said, (show, Choice(words.CORRECT_IT, f"mine:{given.ref}"))),))


def _listened(session: Session, viewer: Viewer, effect: Listened, acting: Acting) -> None:
    code, now = effect.code, acting.now
    match effect.how:
        case Listening.FOLLOW:
            followers.follow(session, viewer, code, now=now)
        case Listening.UNFOLLOW:
            followers.unfollow(session, viewer, code)
        case Listening.SAME:
            followers.same(session, viewer, code, now=now)
        case Listening.MUTE:
            followers.mute(session, viewer, code, now=now)
        case Listening.UNMUTE:
            followers.unmute(session, viewer, code)
        case _:
            assert_never(effect.how)


def _ended(session: Session, viewer: Viewer, effect: Ended, acting: Acting) -> None:
    code, now, routing = effect.code, acting.now, acting.rules.routing
    match effect.how:
        case Ending.CLOSE:
            states.close(session, viewer, code, now=now)
        case Ending.REOPEN:
            states.reopen(session, viewer, code, routing=routing, now=now)
        case Ending.SOLVE:
            states.solve(session, viewer, code, now=now)
        case Ending.WITHDRAW:
            states.withdraw(session, viewer, code, now=now)
        case _:
            assert_never(effect.how)
