"""`settings`, and why a nudge came: the member says when, how often and of what they hear.

In the form an answer that is left out leaves things as they are, on every channel.
"""

from __future__ import annotations

import re
from datetime import time

from bot import days
from bot.drafts import Answers
from bot.flows import form, interests
from bot.flows.effect.habits import ChoseHabits, StoppedNudges
from bot.flows.meaning import Pressed
from bot.flows.nudged import Came
from bot.flows.numbers import plain
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.habits import DigestEvery, Habits, Nation
from bot.messages import Choice, FieldKind, FormField, Text
from bot.nudges.kinds import Kind
from bot.wording import OLD_BUTTON
from bot.wording import nudges as nudge_words
from bot.wording import settings as words

_A_WEEK = ("0", "1", "2", "3", "5", "10", "20")
_NO_HOURS = {"none", "no quiet hours", "never", "no", "nothing"}
_HOURS = re.compile(
    r"(?:from |between )?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?"
    r" ?(?:to|until|till|and|-|–) ?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?"
)
_WITH = {Kind.AFTERWARDS: frozenset({Kind.AFTERWARDS, Kind.CATCH_UP})}
"""What one choice of the form stands for, where that is more than one kind."""


def settings(context: Context) -> Turn:
    """What holds now, and what can be changed."""
    nudged, facts = context.lookup.nudged, context.lookup.threads.facts()
    chosen = nudged.habits()
    names = [nudge_words.NAMES[kind] for kind in Kind if kind in nudged.stopped()]
    muted = facts.muted_until if facts.muted(context.now) else None
    told = words.shown(
        chosen.nation,
        (chosen.quiet_from, chosen.quiet_until),
        chosen.nudges_a_week,
        chosen.digest,
        names,
        muted.astimezone(days.HOME).date() if muted is not None else None,
    )
    choices = [
        Choice(words.CHANGE_NUDGES, "settings:nudges"),
        Choice(words.CHANGE_INTERESTS, "settings:interests"),
    ]
    if muted is not None:
        choices.append(Choice(words.END_QUIET, "say:unmute"))
    return Turn((Text(told, tuple(choices)),))


def why(context: Context) -> Turn | None:
    """Why the latest nudge came; None where the latest thing was not a nudge."""
    came = context.lookup.nudged.latest()
    return _why(came, context) if came is not None else None


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button of the settings or of a nudge does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "settings", ("nudges",):
            return form.start(HABITS, context)
        case "settings", ("interests",):
            return interests.settings(context)
        case "why-nudge", (number,) if number.isdecimal():
            came = context.lookup.nudged.with_nudge(int(number))
            return _why(came, context) if came is not None else Turn((Text(OLD_BUTTON),))
        case "stop-nudges", (kind,) if kind in set(Kind):
            told = words.stopped(nudge_words.NAMES[kind])
            see = Choice(words.SETTINGS, "say:settings")
            return Turn((Text(told, (see,)),), (StoppedNudges(Kind(kind)),))
    return None


def _why(came: Came, context: Context) -> Turn:
    a_week = context.lookup.nudged.habits().nudges_a_week
    told = words.why([nudge_words.REASONS[kind] for kind in came.kinds], a_week)
    choices = [
        Choice(words.no_more(nudge_words.NAMES[kind]), f"stop-nudges:{kind}") for kind in came.kinds
    ]
    return Turn((Text(told, (*choices, Choice(words.SETTINGS, "say:settings"))),))


def _fields(_answers: Answers, context: Context) -> tuple[FormField, ...]:
    nudged = context.lookup.nudged
    chosen, stopped = nudged.habits(), nudged.stopped()
    weekly = tuple(Choice(words.a_week(int(number)), number) for number in _A_WEEK)
    digests = tuple(Choice(words.DIGESTS[every], every.value) for every in DigestEvery)
    nations = tuple(Choice(words.NATIONS[nation], nation.value) for nation in Nation)
    kinds = tuple(Choice(name, kind) for kind, name in words.KINDS.items())
    no_more = "; ".join(name for kind, name in words.KINDS.items() if kind in stopped)
    return (
        FormField(
            "nation",
            words.NATION,
            words.now(words.NATIONS[chosen.nation]),
            FieldKind.CHOICE,
            nations,
        ),
        FormField("hours", words.QUIET, words.quiet_now(_quiet(chosen)), longest=40),
        FormField(
            "a-week",
            words.A_WEEK,
            words.now(words.a_week(chosen.nudges_a_week).lower()),
            FieldKind.CHOICE,
            weekly,
        ),
        FormField(
            "digest",
            words.DIGEST,
            words.now(words.DIGESTS[chosen.digest].lower()),
            FieldKind.CHOICE,
            digests,
        ),
        FormField(
            "stopped",
            words.STOPPED,
            words.now(no_more),
            FieldKind.CHOICES,
            (*kinds, Choice(words.NONE_OF_THESE, "none")),
        ),
    )


def _quiet(chosen: Habits) -> tuple[time, time]:
    return chosen.quiet_from, chosen.quiet_until


def read_hours(text: str) -> tuple[time, time] | None:
    """Two times of day as they were typed: 19:00 to 08:00, 7pm-8am; the same twice for none."""
    said = plain(text)
    if said in _NO_HOURS:
        return time(0), time(0)
    found = _HOURS.fullmatch(said)
    if found is None:
        return None
    start, end = _time(*found.groups()[:3]), _time(*found.groups()[3:])
    return (start, end) if start is not None and end is not None else None


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour)
    if half is not None:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half == "pm" else 0)
    if number == 24 and not int(minute or 0):
        number = 0
    if number > 23 or int(minute or 0) > 59:
        return None
    return time(number, int(minute or 0))


def _check(field: FormField, answers: Answers, _context: Context) -> str:
    wrong = field.name == "hours" and read_hours(answers.one("hours")) is None
    return words.NOT_HOURS if wrong else ""


def _finish(answers: Answers, context: Context) -> Turn:
    nation, hours = answers.one("nation"), answers.one("hours")
    a_week, digest = answers.one("a-week"), answers.one("digest")
    chose = ChoseHabits(
        Nation(nation) if nation else None,
        read_hours(hours) if hours else None,
        int(a_week) if a_week else None,
        DigestEvery(digest) if digest else None,
        _stopped(answers.many("stopped"), context),
    )
    return Turn((Text(words.KEPT, (Choice(words.SETTINGS, "say:settings"),)),), (chose,))


def _stopped(picked: tuple[str, ...], context: Context) -> frozenset[Kind] | None:
    """The kinds that are stopped from now on: what the form does not offer stays as it was."""
    if not picked:
        return None
    offered = frozenset().union(*(_kinds(kind) for kind in words.KINDS))
    chosen = frozenset().union(*(_kinds(kind) for kind in picked if kind != "none"))
    return (context.lookup.nudged.stopped() - offered) | chosen


def _kinds(value: str) -> frozenset[Kind]:
    return _WITH.get(Kind(value), frozenset({Kind(value)}))


HABITS = FormPlan(
    "habits",
    words.TITLE,
    words.YOUR_HABITS,
    _fields,
    _finish,
    _check,
    intro=words.INTRO,
    submit=words.SAVE,
)
