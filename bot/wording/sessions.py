"""The sentences about sessions: when and where, coming or not, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.wording import NEXT

HOME = "Europe/London"
"""The zone that needs no name."""


class When(Protocol):
    """What a session's arrangement says."""

    @property
    def starts_on(self) -> date: ...
    @property
    def starts_at(self) -> time: ...
    @property
    def minutes(self) -> int: ...
    @property
    def zone(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def link(self) -> str: ...


# Buttons

COMING = {"yes": "Yes, I will come", "maybe": "Maybe", "no": "No, I cannot"}
YES_TO_ALL = "Yes, to all of them"
NO_TO_ALL = "No, to none of them"
ONE_BY_ONE = "One by one"
SEE_SESSIONS = "See my sessions"
IN_CALENDAR = "Put it into your calendar"
OUT_OF_CALENDAR = "Take it out of your calendar"
ALL_IN_CALENDAR = "All your sessions, for your calendar"
VOLUNTEER = "Bring a challenge"
CATCH_UP = "Catch up"
JOIN = "To join"
CHANGE_ANSWER = "Change my answer"
PLAN = "Plan a session"
MOVE = "Move or change it"
CANCEL = "Cancel it"
AGENDA = "Pick the agenda"
ATTENDANCE = "Take attendance"
WRITE_UP = "Write it up"
POST = "Post a challenge"

# Lists

NO_SESSIONS = "No session of yours is planned. When one is, I tell you here."
NO_SESSIONS_YET = "No session is planned. Type “plan session” to plan one."
CANCELLED_WISH = "to cancel it."
IT_IS_CANCELLED = "cancelled."
YOUR_SESSIONS = "Your next sessions. Pick one to see more:"
LATELY = "Lately"
_ANSWERS = {"yes": "you said yes", "maybe": "you said maybe", "no": "you said no"}


def day(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"


def start(on: date, at: time) -> str:
    return f"{day(on)}, {at:%H:%M}"


def span(one: When) -> str:
    """Tuesday 8 December 2026, 10:00 to 12:00; the zone where it is another one."""
    zone = ZoneInfo(one.zone)
    starts = datetime.combine(one.starts_on, one.starts_at, zone).astimezone(UTC)
    ends = (starts + timedelta(minutes=one.minutes)).astimezone(zone)
    until = f"{ends:%H:%M}" if ends.date() == one.starts_on else start(ends.date(), ends.time())
    named = "" if one.zone == HOME else f" ({one.zone.partition('/')[2].replace('_', ' ')} time)"
    return f"{start(one.starts_on, one.starts_at)} to {until}{named}"


def arrangement(one: When) -> str:
    """When and where, in a sentence."""
    where = ". ".join(part for part in (one.place, one.link) if part)
    return f"{span(one)}. {where or 'The place is not known yet.'}"


def short(one: When) -> str:
    """For a list: Tue 8 Dec, 10:00."""
    return f"{one.starts_on:%a} {one.starts_on.day} {one.starts_on:%b}, {one.starts_at:%H:%M}"


def twice(at: time) -> str:
    """Of a time that comes twice on the night when clocks go back."""
    return (
        f"The clocks go back that night, so {at:%H:%M} comes twice. I take the first one, before "
        "they go back."
    )


def invited(set_name: str, lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return f"{set_name} meets on {lines[0]}\n\nWill you come?"
    shown = "\n".join(lines)
    return f"{set_name} meets {len(lines)} times:\n{shown}\n\nWill you come?"


def changed(set_name: str, code: str, now_at: str, was: str) -> str:
    if not was:
        return f"Changed: session {code} of {set_name} is now on {now_at}"
    return (
        f"Moved: session {code} of {set_name}, which was on {was}, is now on {now_at}\n\n"
        "Will you come?"
    )


def called_off(set_name: str, code: str, when: str) -> str:
    return f"Cancelled: session {code} of {set_name} on {when} will not take place."


def clash_of_yours(code: str, other: str, other_set: str) -> str:
    return (
        f"Please note: at the same hour as {code} you have session {other} of {other_set}. You can "
        "only be at one of them."
    )


def why(set_name: str) -> str:
    return (
        f"You get this because you are in {set_name}. I tell each change once. Type “sessions” to "
        "see them all, or “stop” to hear no more from me."
    )


def line(one: When, set_name: str, answer: str | None, *, several_sets: bool) -> str:
    """A session in the list of them."""
    of = f" {set_name}" if several_sets else ""
    said = _ANSWERS.get(answer or "", "not answered")
    return f"{short(one)}{of} ({said})"


def listed(code: str, one: When, set_name: str, answer: str | None, agenda: Sequence[str]) -> str:
    """A session in full, in the list of them. `answer` "facilitates" for who does not answer."""
    said = "" if answer == "facilitates" else f" {_said(answer)}"
    lines = [f"{code}, {set_name}: {arrangement(one)}{said}"]
    if agenda:
        lines.append("Agenda: " + "; ".join(agenda))
    return "\n".join(lines)


def _said(answer: str | None) -> str:
    return f"You said {answer}." if answer else "You have not said yet whether you will come."


def shown(
    code: str,
    set_name: str,
    one: When,
    *,
    cancelled: bool,
    answer: str | None,
    agenda: Sequence[str],
    waiting: Sequence[str],
) -> str:
    """One session. `agenda` are picked challenges, `waiting` volunteered ones that are not."""
    lines = [f"Session {code} of {set_name}", arrangement(one)]
    if cancelled:
        return "\n".join((*lines, "It is cancelled."))
    lines.append("" if answer == "facilitates" else _said(answer))
    lines.append("Agenda: " + ("; ".join(agenda) if agenda else "nothing is picked yet."))
    if waiting:
        lines.append("Also brought: " + "; ".join(waiting))
    return "\n".join(part for part in lines if part)


def issue(code: str, problem: str) -> str:
    return f"{code} “{problem}”"


def noted(answer: str, codes: Sequence[str], when: str) -> str:
    many = f"{len(codes)} sessions"
    which = f"session {codes[0]} on {when}" if len(codes) == 1 else many
    said = {
        "yes": f"Good. You are coming to {which}.",
        "maybe": f"Noted: maybe, for {which}. You can say yes or no until it begins.",
        "no": f"Noted: you cannot come to {which}. I send you afterwards what was explored.",
    }[answer]
    code = codes[0]
    return f"{said} To change it, type “yes {code}”, “maybe {code}” or “no {code}”."


WHICH = "Please say which session, with its code. Type “sessions” to see them."
CALENDAR = (
    "This is the private address of your calendar: sessions, and the days on which I ask how it "
    "went. Add it to your calendar program as a calendar from the internet. Whoever has the "
    "address can read it, so keep it to yourself; “renew calendar” makes a new one."
)
RENEWED = (
    "The old address of your calendar shows nothing any more, and neither do the files of single "
    "sessions that I sent before. This is the new one:"
)
YOUR_CALENDAR = "Your private calendar"

VOLUNTEERED = f"Thank you. Whoever facilitates the set sees it and picks the agenda. {NEXT}"
TAKEN_OFF = f"It is no longer on the list for that session. {NEXT}"
WHICH_SESSION = "To which of these sessions will you bring it?"
NOTHING_LEFT = "All those days are left out, so nothing is planned."
WHICH_CHALLENGE = "Which of your challenges will you bring to session {code}?"
NOTHING_TO_BRING = (
    "You have no open challenge that this set can read. Post one, to the set or to the network, "
    "and bring it then."
)
TAKE_OFF = "Take mine off"
SEE_IT = "See the session"
RENEW = "Make a new address"


def more(number: int) -> str:
    return f"And {number} more later."


def code_line(code: str, one: When) -> str:
    """On a button: M2X, Tue 8 Dec, 10:00."""
    return f"{code} {short(one)}"


def bring(code: str, problem: str) -> str:
    return f"{code}: {problem}"


NOT_A_DAY = (
    "I cannot read that as a day: there may be no such day. Please write it like 8 December 2026 "
    "or 8/12."
)
