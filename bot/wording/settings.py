"""The settings: when and how often a member may be disturbed, and why a nudge came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from bot.wording import NEXT

# Buttons

CHANGE_NUDGES = "Change when I may write"
CHANGE_INTERESTS = "Change themes and work"
END_QUIET = "End the quiet"
SETTINGS = "See my settings"
NONE_OF_THESE = "None of these"
SAVE = "Save"

# The form

TITLE = "When I may write"
YOUR_HABITS = "settings"
INTRO = (
    "This is about messages that I start. What you ask me I answer at any time. What you leave out "
    "stays as it is."
)
NATION = "Whose bank holidays do you keep?"
QUIET = "Between which hours shall I start nothing?"
NOT_HOURS = "I cannot read that. Please write two times, like 19:00 to 08:00, or “none”."
A_WEEK = "How many reminders may I send you in a week, at most?"
DIGEST = "How often do you want to hear what is new in the themes you follow?"
STOPPED = "Which of these do you want no more?"
KEPT = f"Saved. {NEXT}"
NATIONS = {
    "ENG": "England",
    "WLS": "Wales",
    "SCT": "Scotland",
    "NIR": "Northern Ireland",
}
DIGESTS = {"off": "Never", "daily": "On each working day", "weekly": "Once a week"}
KINDS = {
    "day-after": "After a session: a step to try",
    "half-way": "Half way: how is it going",
    "reflect": "Before a session: reflect",
    "day-before": "The day before a session",
    "hour-before": "An hour before a session",
    "afterwards": "Thanks and catch-ups",
    "check-back": "How did it go",
    "follow-up": "Did a reply help",
    "still-true": "Is an entry still true",
}
"""The choices of the form: short, and by the kind that each begins with."""


def quiet_now(hours: tuple[time, time]) -> str:
    return f"Now: {hours_of(hours)}. For example 18:30 to 8, or “none”."


def now(what: str) -> str:
    return f"Now: {what}." if what else ""


def a_week(number: int) -> str:
    return "None" if number == 0 else f"Up to {number}"


def hours_of(hours: tuple[time, time]) -> str:
    start, end = hours
    return "no quiet hours" if start == end else f"{start:%H:%M} to {end:%H:%M}"


def shown(
    nation: str,
    hours: tuple[time, time],
    number: int,
    digest: str,
    stopped: Sequence[str],
    muted_until: date | None,
) -> str:
    """All that holds now, a line a thing."""
    lines = [
        "Your settings.",
        f"Bank holidays of: {NATIONS[nation]}",
        f"I start nothing between: {hours_of(hours)}, nor at weekends or on bank holidays",
        f"Reminders in a week: {a_week(number).lower()}",
        f"What is new in your themes: {DIGESTS[digest].lower()}",
        f"You want no more of: {'; '.join(stopped)}" if stopped else "",
        f"Quiet until: {_day(muted_until)}" if muted_until is not None else "",
        "Type “mute 2 weeks” or “mute until 3 December” for quiet from all that I start, or "
        "“stop” to hear no more from me.",
    ]
    return "\n".join(line for line in lines if line)


# Why


def why(reasons: Sequence[str], number: int) -> str:
    """`reasons` end the sentence "You got it because"."""
    because = " and because ".join(dict.fromkeys(reasons))
    return (
        f"You got that because {because}. I send at most {number} such "
        f"message{'' if number == 1 else 's'} a week, never in your quiet hours, at weekends or on "
        "bank holidays, and I remind you of one thing twice at most. Pick what you want no more "
        "of, or type “mute 2 weeks” for quiet from everything."
    )


def no_more(name: str) -> str:
    """A button of up to 75 characters."""
    return f"No more: {name}"


def stopped(name: str) -> str:
    return (
        f"You get no more of this: {name[0].lower()}{name[1:]}. Type “settings” if you change your "
        f"mind. {NEXT}"
    )


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
