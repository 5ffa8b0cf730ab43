"""`guide CODE`: the session step by step, timed for those who come; `digest CODE` before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.flows.effect.between import Shows
from bot.flows.meaning import Pressed, Said
from bot.flows.named import code
from bot.flows.rhythm import Meeting
from bot.flows.turn import Context, Turn
from bot.learning_sets import digest_page
from bot.learning_sets.guide import FEWEST, MOST, Kind, Step, TooShort, plan
from bot.learning_sets.paging import pages
from bot.messages import Choice, Text
from bot.wording import digest_page as facilitating_words
from bot.wording import guide as words
from bot.wording.moments import local

PAGE = 1_300
"""Characters of a page: with its choices it stays within WhatsApp's 1,600."""


@dataclass(frozen=True)
class _Guide:
    """A session's steps for so many people."""

    meeting: Meeting
    present: int
    issues: int
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """What its buttons carry."""
        return f"{self.meeting.session.code}:{self.present}"


def said(command: Said, context: Context) -> Turn:
    """`guide`, with a session's code and the number present, or for the next one I look after."""
    first, _, number = command.argument.partition(" ")
    present = int(number) if number.strip().isdecimal() else None
    rhythm = context.lookup.rhythm
    if first:
        return _overview(_meeting(first, context), present, context)
    now = context.now
    return _overview(rhythm.next_i_look_after(now) or rhythm.next_of_mine(now), present, context)


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of a guide or a digest does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "guide", (named,):
            return _overview(_meeting(named, context), None, context)
        case "guide", (named, present) if present.isdecimal():
            return _overview(_meeting(named, context), int(present), context)
        case "guide", (named, present, number) if present.isdecimal() and number.isdecimal():
            at = int(number)
            return _with(
                _meeting(named, context), int(present), context, lambda one: _step(one, at)
            )
        case "guide-whole", (named, present, number) if present.isdecimal() and number.isdecimal():
            at = int(number)
            return _with(
                _meeting(named, context), int(present), context, lambda one: _whole(one, at)
            )
        case "digest", (named,):
            return _digest(_meeting(named, context), 1, context)
        case "digest", (named, number) if number.isdecimal():
            return _digest(_meeting(named, context), int(number), context)
    return None


def _meeting(named: str, context: Context) -> Meeting | None:
    return context.lookup.rhythm.meeting(code(named))


def _overview(meeting: Meeting | None, present: int | None, context: Context) -> Turn:
    return _with(meeting, present, context, _in_short)


def _with(
    meeting: Meeting | None,
    present: int | None,
    context: Context,
    shown: Callable[[_Guide], Turn],
) -> Turn:
    """The guide as it is to be shown, or why there is none."""
    if meeting is None:
        return Turn((Text(words.NO_SUCH_SESSION),))
    if meeting.cancelled:
        return Turn((Text(words.CANCELLED),))
    rhythm, one = context.lookup.rhythm, meeting.session
    number = present or rhythm.coming(one.id) or rhythm.in_the_set(one.set_id)
    number = min(max(number, FEWEST), MOST)
    issues = max(1, rhythm.issues(one.id))
    steps = plan(number, one.minutes, issues)
    if isinstance(steps, TooShort):
        return Turn((Text(words.too_short(one.minutes, number, issues, steps.needed)),))
    return shown(_Guide(meeting, number, issues, steps))


def _in_short(guide: _Guide) -> Turn:
    one = guide.meeting.session
    when = local(one.starts, one.zone)
    head = words.head(guide.meeting.set_name, when, guide.present, one.minutes)
    lines = (
        words.line(
            number,
            step.kind.value,
            words.issue(step.issue, guide.issues) if step.issue else "",
            _clock(guide, step.begins),
            step.minutes,
        )
        for number, step in enumerate(guide.steps, 1)
    )
    choices = (
        Choice(words.FIRST_STEP, f"guide:{guide.name}:1"),
        Choice(words.IN_FULL, f"guide-whole:{guide.name}:1"),
    )
    return Turn((Text("\n".join((head, *lines)), choices),))


def _step(guide: _Guide, number: int) -> Turn:
    number = number if 1 <= number <= len(guide.steps) else 1
    whole = Choice(words.WHOLE, f"guide:{guide.name}")
    return Turn((Text(_told(guide, number), (*_onward(guide, number), whole)),))


def _onward(guide: _Guide, number: int) -> tuple[Choice, ...]:
    """The next step; after the last one, a member's own."""
    if number < len(guide.steps):
        return (Choice(words.NEXT_STEP, f"guide:{guide.name}:{number + 1}"),)
    commit = Choice(words.COMMIT, f"commit:{guide.meeting.session.code}")
    return (commit,) if guide.meeting.member else ()


def _whole(guide: _Guide, number: int) -> Turn:
    told = pages((_told(guide, each) for each in range(1, len(guide.steps) + 1)), PAGE)
    number = number if 1 <= number <= len(told) else 1
    more = Choice(words.MORE, f"guide-whole:{guide.name}:{number + 1}")
    first = Choice(words.FIRST_STEP, f"guide:{guide.name}:1")
    return Turn((Text(told[number - 1], (more, first) if number < len(told) else (first,)),))


def _told(guide: _Guide, number: int) -> str:
    step = guide.steps[number - 1]
    people = guide.present - (1 if step.kind is Kind.IDEAS else 0)
    return words.step(
        number,
        len(guide.steps),
        step.kind.value,
        words.issue(step.issue, guide.issues) if step.issue else "",
        _clock(guide, step.begins),
        _clock(guide, step.begins + step.minutes),
        step.minutes,
        words.each(step.minutes, people),
    )


def _clock(guide: _Guide, minutes: int) -> str:
    """The local time so many minutes after the beginning, whatever the clocks do meanwhile."""
    one = guide.meeting.session
    return f"{(one.starts + timedelta(minutes=minutes)).astimezone(ZoneInfo(one.zone)):%H:%M}"


def digest(command: Said, context: Context) -> Turn:
    """`digest CODE`, or of the next session that I look after."""
    rhythm = context.lookup.rhythm
    if not command.argument:
        meeting = rhythm.next_i_look_after(context.now)
        if meeting is None:
            return Turn((Text(facilitating_words.NOTHING_TO_FACILITATE),))
        return _digest(meeting, 1, context)
    return _digest(_meeting(command.argument.split()[0], context), 1, context)


def _digest(meeting: Meeting | None, number: int, context: Context) -> Turn:
    if meeting is None:
        return Turn((Text(facilitating_words.NO_SESSION),))
    if not meeting.facilitates:
        return Turn((Text(facilitating_words.NOT_YOURS),))
    if meeting.cancelled:
        return Turn((Text(words.CANCELLED),))
    found = context.lookup.rhythm.digest(meeting.session, context.now)
    return Turn((digest_page.message(found, number),), (Shows(found.whose),))
