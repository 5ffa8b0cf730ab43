"""The form that plans a session or a series, and what its answers say of a session."""

from __future__ import annotations

import hashlib
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot import days, times
from bot.drafts import Answers
from bot.flows import form
from bot.flows.effect.sessions import Planned
from bot.flows.numbers import plain
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.learning_sets import planning, series
from bot.learning_sets.series import Occurrence
from bot.learning_sets.session_errors import InThePast, LengthUnfit, SessionError
from bot.learning_sets.sessions import LONGEST_LINK, LONGEST_PLACE, Arrangement
from bot.messages import MOST_CHOICES, Choice, FieldKind, FormField, Text
from bot.times import Odd
from bot.wording import facilitating as words
from bot.wording import sessions as session_words

LEAVE_OUT, KEEP = "leave", "keep"
_NOTHING = {"none", "nothing", "-"}

ON = FormField("on", words.ON, words.ON_FIRST, FieldKind.DATE, required=True)
AT = FormField("at", words.AT, words.AT_HINT, required=True, longest=20)
LENGTH = FormField("length", words.LENGTH, words.LENGTH_HINT, longest=30)
PLACE = FormField("place", words.PLACE, words.PLACE_HINT, longest=LONGEST_PLACE)
LINK = FormField("link", words.LINK, words.LINK_HINT, longest=LONGEST_LINK)
_OFTEN = FormField(
    "often",
    words.OFTEN,
    kind=FieldKind.CHOICE,
    choices=tuple(Choice(label, value) for value, label in words.OFTEN_CHOICES.items()),
    required=True,
)
_TIMES = FormField("times", words.TIMES, words.TIMES_HINT, required=True, longest=4)


def begin(context: Context) -> Turn:
    """`plan session`."""
    facilitated = context.lookup.meetings.facilitated()
    if not facilitated:
        return Turn((Text(words.NO_SET),))
    one = {"set": (str(facilitated[0].id),)} if len(facilitated) == 1 else {}
    return form.start(PLAN, context, given=one)


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    facilitated = context.lookup.meetings.facilitated()
    sets = tuple(Choice(one.name, str(one.id)) for one in facilitated[:MOST_CHOICES])
    which = FormField("set", words.WHICH_SET, "", FieldKind.CHOICE, sets, required=True)
    often = answers.one("often")
    return (
        *((which,) if len(sets) != 1 else ()),
        *(ON, AT, LENGTH, PLACE, LINK, _OFTEN),
        *((_TIMES,) if often not in ("", "0") else ()),
        *_away_field(answers, context),
    )


def _set_id(answers: Answers, context: Context) -> int:
    facilitated = context.lookup.meetings.facilitated()
    if len(facilitated) == 1:
        return facilitated[0].id
    return int(answers.one("set")) if answers.one("set").isdecimal() else 0


def _away_field(answers: Answers, context: Context) -> tuple[FormField, ...]:
    """Asked while days of a series are no good ones; other days are asked about anew."""
    away = [one for one in _days(answers, context) if one.away is not None]
    if not away or answers.one("often") in ("", "0"):
        return ()
    lines = [_line(one) for one in away]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()[:8]
    choices = (Choice(words.LEAVE_OUT, LEAVE_OUT), Choice(words.KEEP_THEM, KEEP))
    name, hint = f"away-{digest}", "\n".join(lines)
    return (FormField(name, words.AWAY, hint, FieldKind.CHOICE, choices, required=True),)


def _line(one: Occurrence) -> str:
    day = session_words.day(one.day)
    return words.away(day, str(one.away), [nation.value for nation in one.nations])


def _days(answers: Answers, context: Context) -> tuple[Occurrence, ...]:
    """The days that were asked for, as far as they can be read."""
    first, often, number = _day(answers.one("on")), answers.one("often"), answers.one("times")
    if first is None:
        return ()
    nations = context.lookup.meetings.nations(_set_id(answers, context))
    if often in ("", "0"):
        return (series.occurrence(first, nations),)
    if not number.isdecimal() or len(number) > 2 or not often.isdecimal():
        return ()
    try:
        return series.occurrences(first, weeks=int(often), times=int(number), nations=nations)
    except SessionError:
        return ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def arrangement(answers: Answers) -> Arrangement:
    """What the answers say, all being in order."""
    return Arrangement(
        date.fromisoformat(answers.one("on")),
        times.read(answers.one("at")) or time(),
        times.minutes(answers.one("length")) or planning.USUALLY,
        days.HOME.key,
        _text(answers.one("place")),
        _text(answers.one("link")),
    )


def _text(answer: str) -> str:
    return "" if plain(answer) in _NOTHING else answer


def check(field: FormField, answers: Answers, context: Context) -> str:
    """What is wrong with when and where; each is told at the question that it is about."""
    answer = answers.one(field.name)
    match field.name:
        case "on":
            day = _day(answer)
            past = day is not None and day < days.today(context.now)
            moment = session_words.day(day) if day is not None else ""
            return InThePast(moment=moment).sentence if past else ""
        case "at":
            return _wrong_time(answers, context)
        case "length":
            length = times.minutes(answer)
            fits = length is not None and planning.SHORTEST <= length <= planning.LONGEST
            return "" if fits else (LengthUnfit().sentence if length else words.NOT_A_LENGTH)
        case "place" | "link":
            return _wrong_place(field, answers, context)
        case "times":
            fits = answer.isdecimal() and len(answer) <= 2 and 2 <= int(answer) <= 26
            return "" if fits else words.NOT_A_NUMBER
    return ""


def _wrong_time(answers: Answers, context: Context) -> str:
    at, day = times.read(answers.one("at")), _day(answers.one("on"))
    if at is None:
        return words.NOT_A_TIME
    if day is None:
        return ""
    return _refusal(Arrangement(day, at, planning.USUALLY, days.HOME.key), context)


def _wrong_place(field: FormField, answers: Answers, context: Context) -> str:
    soon = days.today(context.now) + timedelta(days=2)
    given = {field.name: _text(answers.one(field.name))}
    return _refusal(Arrangement(soon, time(12), planning.USUALLY, days.HOME.key, **given), context)


def _refusal(one: Arrangement, context: Context) -> str:
    try:
        planning.checked(one, now=context.now)
    except SessionError as refusal:
        return refusal.sentence
    return ""


def notes(
    wanted: tuple[Arrangement, ...], set_id: int, context: Context, *, without: tuple[int, ...] = ()
) -> str:
    """What is odd about the time, and who meets elsewhere then."""
    first = wanted[0]
    odd = times.odd(first.starts_on, first.starts_at, ZoneInfo(first.zone))
    said = [session_words.twice(first.starts_at)] if odd is Odd.TWICE else []
    clashing = context.lookup.meetings.clashing(set_id, wanted, without=without)
    for one, names in zip(wanted, clashing, strict=True):
        if names:
            said.append(words.clash(names, one.starts_on if len(wanted) > 1 else None))
    return "\n".join(said)


def _finish(answers: Answers, context: Context) -> Turn:
    found, set_id = _days(answers, context), _set_id(answers, context)
    choice = next((answers.one(n) for n in answers.values if n.startswith("away-")), KEEP)
    kept = tuple(one.day for one in found if one.away is None or choice == KEEP)
    if not kept:
        return Turn(
            (Text(session_words.NOTHING_LEFT, (Choice(session_words.PLAN, "say:plan session"),)),)
        )
    first = arrangement(answers)
    wanted = tuple(_on(first, day) for day in kept)
    said = [notes(wanted, set_id, context)]
    if len(found) == 1 and found[0].away is not None:
        said.append(words.a_day_off(_line(found[0])))
    note = "\n".join(filter(None, said))
    return Turn((), (Planned(set_id, wanted[0], kept if len(kept) > 1 else (), note),))


def _on(first: Arrangement, day: date) -> Arrangement:
    return Arrangement(day, first.starts_at, first.minutes, first.zone, first.place, first.link)


PLAN = FormPlan(
    "plan-session",
    words.PLAN_TITLE,
    words.YOUR_PLAN,
    _fields,
    _finish,
    check,
    intro=words.PLAN_INTRO,
    submit=words.SEND,
)
