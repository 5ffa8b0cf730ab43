"""What nudges say: each in a few lines, the last of which says why it came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

HOME = "Europe/London"
_LONGEST_STEP = 160


class When(Protocol):
    """When and where a session is."""

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
    @property
    def code(self) -> str: ...
    @property
    def set_name(self) -> str: ...


# Buttons

WHY = "Why this, or fewer?"
YES_COME = "Yes, I will come"
MAYBE_COME = "Maybe"
CANNOT_COME = "No, I cannot"
SAY_STEP = "Say what I will try"
REFLECT_NOW = "Write a reflection"
CATCH_UP = "Show the catch-up"
GUIDE = "Open the session guide"
HOW_IT_WENT = "Say how it went"
STILL_RIGHT = "Show the entry"
REVIEW = "Open the review"
POST = "Post a challenge"


def show(code: str) -> str:
    return f"Show {code}"


def in_set(label: str, code: str) -> str:
    """A button beside others that are about something else."""
    return f"{code}: {label[0].lower()}{label[1:]}"


# The knock

KNOCK = (
    "Hello from your officer network. Something that you asked to be told of is waiting for you "
    "here. Reply with any word to read it, or with the word stop to hear no more."
)
"""Sent as an approved template: to change it is to ask for approval again."""
WHILE_AWAY = "While you were away:"

# Bodies


def day_after(one: When) -> str:
    return (
        f"What will you try before {one.set_name} meets again? One small, practical step is "
        "enough, and I ask you later how it went."
    )


def half_way(one: When, step: str) -> str:
    return f"{one.set_name} is half way to its next session. How is it going with “{_short(step)}”?"


def reflect(one: When) -> str:
    return (
        f"{one.set_name} meets on {when(one)}. What have you learnt since the last session? A line "
        "or two is enough, and you choose who may read it."
    )


def day_before(one: When, answered: str) -> str:
    """`answered`: yes, maybe, or nothing yet."""
    meets = f"{one.set_name} meets tomorrow: {when(one)}.{_where(one)}"
    asks = {"yes": " You said that you will come.", "maybe": " You said maybe. Will you come?"}
    return meets + asks.get(answered, " Will you come?")


def later_today(one: When, answered: str) -> str:
    """The same where the day before was not a day to disturb anybody."""
    return day_before(one, answered).replace(" meets tomorrow: ", " meets soon: ", 1)


def hour_before(one: When) -> str:
    return f"{one.set_name} starts at {one.starts_at:%H:%M}.{_where(one)}"


def thanks(one: When) -> str:
    return (
        f"Thank you for being there: {one.set_name}, session {one.code}. If you know already what "
        "you will try, tell me now. Otherwise I ask you tomorrow."
    )


def catch_up(one: When, step: str) -> str:
    yours = f" You have this open: “{_short(step)}”." if step else ""
    return (
        f"{one.set_name} met on {_day(one.starts_on)} without you. I have put together what was "
        f"explored and which ideas came up.{yours}"
    )


def facilitator(one: When) -> str:
    return f"{one.set_name} starts at {one.starts_at:%H:%M}.{_where(one)} Here is all you need."


def check_back(step: str, *, last: bool) -> str:
    ends = " I will not remind you again." if last else ""
    return f"How did it go? You meant to try: “{_short(step)}”{ends}"


def follow_up(code: str, replies: int) -> str:
    came = "One reply" if replies == 1 else f"{replies} replies"
    return (
        f"{came} came to your challenge {code}. Did any of it help? Whoever wrote it would like to "
        "know."
    )


def theme_digest(lines: Sequence[tuple[str, str]]) -> str:
    """`lines` are codes and problems."""
    said = "\n".join(f"{code}: “{problem}”" for code, problem in lines)
    return (
        f"Nobody has answered {'this' if len(lines) == 1 else 'these'} yet:\n{said}\n"
        "Even a question back helps."
    )


def still_true(problem: str) -> str:
    return (
        f"Is this still true? “{_short(problem)}” You took part in it. Tell me what has changed, "
        "or leave it if nothing has."
    )


def moderators_week(drafts: int, reports: int, gaps: int, reviews: int) -> str:
    counted = [
        _some(drafts, "draft or wording", "drafts and wordings"),
        _some(reports, "report", "reports"),
        _some(gaps, "question without an answer", "questions without an answer"),
        _some(reviews, "entry to look at again", "entries to look at again"),
    ]
    waiting = [one for one in counted if one]
    return f"This week there wait for you and the other moderators: {', '.join(waiting)}."


def together(bodies: Sequence[str]) -> str:
    lines = "\n\n".join(f"• {body}" for body in bodies)
    return f"There are {_count(len(bodies))} things today:\n\n{lines}"


# Why it came


def because(reason: str) -> str:
    """The last line of a message."""
    return f"You get this because {reason}. Type “why” for more, or to get fewer of these."


BECAUSE_TOGETHER = (
    "They come together so that I disturb you once. Type “why” to hear what each is for, or to get "
    "fewer of them."
)
REASONS = {
    "day-after": "you were at the session",
    "half-way": "you have something to try before the next session",
    "reflect": "your set meets in a few days",
    "day-before": "your set meets then",
    "hour-before": "your set meets then",
    "afterwards": "you were at the session",
    "catch-up": "you missed the session",
    "facilitator-digest": "you facilitate this set",
    "check-back": "you told me that you would try it",
    "follow-up": "it is your challenge and you have not said what helped",
    "theme-digest": "you follow a theme of it",
    "still-true": "you took part in it and it is time to look at it again",
    "moderators-week": "you are a moderator",
}
"""By kind: the end of the sentence "You get this because ..."."""
NAMES = {
    "day-after": "What will you try, on the day after a session",
    "half-way": "How is it going, half way to the next session",
    "reflect": "A reflection, three days before a session",
    "day-before": "A reminder on the day before a session",
    "hour-before": "The place or link an hour before a session",
    "afterwards": "Thanks after a session",
    "catch-up": "The catch-up after a session that you missed",
    "facilitator-digest": "Your set at a glance, an hour before its session",
    "check-back": "How did it go with what you meant to try",
    "follow-up": "Did a reply to your challenge help",
    "theme-digest": "What is new in your themes",
    "still-true": "Is an entry that you took part in still true",
    "moderators-week": "What waits for the moderators, once a week",
}
"""By kind, as it stands in the settings."""


def when(one: When) -> str:
    """Tuesday 8 December 2026, 10:00 to 12:00; the zone where it is another one."""
    zone = ZoneInfo(one.zone)
    starts = datetime.combine(one.starts_on, one.starts_at, zone)
    ends = (starts.astimezone(ZoneInfo("UTC")) + timedelta(minutes=one.minutes)).astimezone(zone)
    named = "" if one.zone == HOME else f" ({one.zone.partition('/')[2].replace('_', ' ')} time)"
    return f"{_day(one.starts_on)}, {one.starts_at:%H:%M} to {ends:%H:%M}{named}"


def _where(one: When) -> str:
    where = ". ".join(part for part in (one.place, one.link) if part)
    return f" {where}." if where and not one.link else f" {where} ".rstrip() if where else ""


def _day(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_STEP else f"{text[: _LONGEST_STEP - 1].rstrip()}…"


def _some(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}" if number else ""


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(number, str(number))
