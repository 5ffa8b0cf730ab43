"""What a nudge says, alone or with others, and what can be pressed to do the thing at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.learning_sets import digest_page
from bot.learning_sets.check_backs import outcome_choices
from bot.learning_sets.digest_page import DigestPage
from bot.learning_sets.seats import Rsvp
from bot.messages import MOST_CHOICES, Choice, Text
from bot.nudges.kinds import REMINDERS, Kind
from bot.nudges.nudge import (
    Nudge,
    OfChallenge,
    OfEntry,
    OfMeeting,
    OfStep,
    OfThemes,
    OfWeek,
)
from bot.wording import nudges as wording
from bot.wording import trying


@dataclass(frozen=True)
class _Said:
    """`beside` are its choices where it stands beside others: few, and clear by themselves."""

    body: str
    choices: tuple[Choice, ...] = ()
    beside: tuple[Choice, ...] = ()


def message(
    nudges: Sequence[Nudge],
    nudge_id: int,
    pages: Mapping[int, DigestPage],
    *,
    now: datetime,
) -> Text:
    """One message for all of them. `nudge_id` is the first one's, so that it can be asked why.

    `pages` tell facilitators of their sessions.
    """
    why = Choice(wording.WHY, f"why-nudge:{nudge_id}")
    said = [_said(one, pages, now) for one in nudges]
    if len(said) == 1:
        because = wording.because(wording.REASONS[nudges[0].kind])
        return Text(f"{said[0].body}\n\n{because}", (*said[0].choices[: MOST_CHOICES - 1], why))
    share = (MOST_CHOICES - 1) // len(said)
    choices = dict.fromkeys(choice for one in said for choice in one.beside[:share])
    body = wording.together([one.body for one in said])
    return Text(f"{body}\n\n{wording.BECAUSE_TOGETHER}", (*choices, why))


def _said(nudge: Nudge, pages: Mapping[int, DigestPage], now: datetime) -> _Said:
    match nudge.about:
        case OfMeeting():
            return _of_meeting(nudge.kind, nudge.about, pages.get(nudge.about.meeting.id), now)
        case OfStep(step, times):
            number = step.commitment_id
            let_go = Choice(trying.LET_GO, f"let-go:{number}")
            how = Choice(wording.HOW_IT_WENT, f"kept:{number}")
            body = wording.check_back(step.what, last=times >= len(REMINDERS))
            return _Said(body, (*outcome_choices(number), let_go), (how,))
        case OfChallenge(code, replies):
            show = Choice(wording.show(code), f"show:{code}")
            return _Said(wording.follow_up(code, replies), (show,), (show,))
        case OfThemes(shown):
            lines = [(one.code, one.problem) for one in shown]
            choices = tuple(Choice(wording.show(one.code), f"show:{one.code}") for one in shown)
            return _Said(wording.theme_digest(lines), choices, choices)
        case OfEntry(entry_id, problem):
            show = Choice(wording.STILL_RIGHT, f"entry:{entry_id}")
            return _Said(wording.still_true(problem), (show,), (show,))
        case OfWeek(drafts, reports, gaps, reviews):
            review = Choice(wording.REVIEW, "say:review")
            body = wording.moderators_week(drafts, reports, gaps, reviews)
            return _Said(body, (review,), (review,))
        case _:
            assert_never(nudge.about)


def _of_meeting(kind: Kind, about: OfMeeting, page: DigestPage | None, now: datetime) -> _Said:
    one = about.meeting
    what = about.step.what if about.step is not None else ""
    show = (wording.show(one.code), f"session:{one.code}")
    match kind:
        case Kind.DAY_AFTER | Kind.AFTERWARDS:
            asks = wording.day_after if kind is Kind.DAY_AFTER else wording.thanks
            return _doing(asks(one), one.code, (wording.SAY_STEP, f"commit:{one.code}"))
        case Kind.HALF_WAY if about.step is not None:
            how = (wording.HOW_IT_WENT, f"kept:{about.step.commitment_id}")
            return _doing(wording.half_way(one, what), one.code, how)
        case Kind.REFLECT:
            now_ = (wording.REFLECT_NOW, f"reflect:{one.code}")
            return _doing(wording.reflect(one), one.code, now_)
        case Kind.DAY_BEFORE:
            return _coming(about, now)
        case Kind.CATCH_UP:
            catch_up = (wording.CATCH_UP, f"catch-up:{one.code}")
            return _doing(wording.catch_up(one, what), one.code, catch_up)
        case Kind.FACILITATOR_DIGEST:
            guide = (wording.GUIDE, f"guide:{one.code}")
            said = _doing(wording.facilitator(one), one.code, guide, show)
            told = digest_page.message(page) if page is not None else None
            return _Said(told.text, told.choices, said.beside) if told is not None else said
        case _:
            return _doing(wording.hour_before(one), one.code, show)


def _doing(body: str, code: str, *does: tuple[str, str]) -> _Said:
    choices = tuple(Choice(label, value) for label, value in does)
    beside = tuple(
        Choice(label if code in label else wording.in_set(label, code), value)
        for label, value in does
    )
    return _Said(body, choices, beside)


def _coming(about: OfMeeting, now: datetime) -> _Said:
    one, answered = about.meeting, about.rsvp.value if about.rsvp is not None else ""
    tomorrow = one.starts - now > timedelta(hours=14)
    body = (wording.day_before if tomorrow else wording.later_today)(one, answered)
    yes, maybe, no = (
        (wording.YES_COME, f"come:{one.code}:yes"),
        (wording.MAYBE_COME, f"come:{one.code}:maybe"),
        (wording.CANNOT_COME, f"come:{one.code}:no"),
    )
    if about.rsvp is Rsvp.YES:
        return _doing(body, one.code, (wording.show(one.code), f"session:{one.code}"), no)
    said = _doing(body, one.code, yes, maybe, no)
    return _Said(body, said.choices, (said.beside[0], said.beside[2]))
