"""What is said about what a member follows, does for a living, and how often they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.wording import NEXT

# Buttons

SEE_THEMES = "See the themes"
FOLLOW_THEME = "Follow this theme"
UNFOLLOW_THEME = "Unfollow this theme"
NONE_OF_THEM = "None of these"
SAVE = "Save"

# Sentences

MUTE_WHAT = (
    "What shall I be quiet about? Type “mute 2 weeks” or “mute until 3 December” for quiet from "
    "all that I start, or “mute” and a challenge's code, like “mute K7M”, for that one."
)
AWAKE = f"Welcome back. You hear from me again when there is something for you. {NEXT}"
NOT_QUIET = (
    "I am not being quiet. To hear of one challenge again, type “unmute” and its code, like "
    "“unmute K7M”."
)
NOT_A_DAY = (
    "I cannot read that as a day. Please write it like “mute until 3 December”, “mute until 1/9” "
    "or “mute 2 weeks”."
)
KEPT = f"Saved. {NEXT}"

# The form

TITLE = "Your settings"
YOUR_SETTINGS = "settings"
INTRO = (
    "This helps me to bring you challenges that you can help with, and not too many. What you "
    "leave out stays as it is."
)
JOB = "What is your work, in a few words? For example: grants and monitoring."
A_WEEK = "How often may I ask you to help a colleague?"
QUIET = "Until which day shall I be quiet?"
NO_QUIET_NOW = "Leave it out if I need not be quiet."


def themes(number: int, of: int) -> str:
    asked = "Which themes do you follow?"
    return f"{asked} (part {number} of {of})" if of > 1 else asked


def themes_now(names: Sequence[str]) -> str:
    return f"Now: {', '.join(names)}." if names else ""


def job_now(job: str) -> str:
    named = "Please do not name your council."
    return f"Now: {job}. Type “none” to take it back. {named}" if job else named


def a_week_now(limit: int | None) -> str:
    return f"Now: {times_a_week(limit).lower()}." if limit is not None else ""


def times_a_week(number: int) -> str:
    match number:
        case 0:
            return "Never"
        case 1:
            return "Once a week"
        case _:
            return f"Up to {number} times a week"


def quiet_now(until: date) -> str:
    return f"Now: until {_day(until)}. Type “unmute” outside this form to end it."


def quiet_until(day: date) -> str:
    return (
        f"I start nothing with you until {_day(day)}; from that day on you hear from me again. "
        "What you ask me I answer as always. Type “unmute” to end it earlier."
    )


def nearly_named(name: str) -> str:
    return f"I have no theme called “{name}”. Do you mean one of these?"


def followed(theme: str) -> str:
    return (
        f"You follow “{theme}” now: you are among those I ask when a colleague is stuck there. "
        f"Type “unfollow theme {theme}” to end it."
    )


def unfollowed(theme: str) -> str:
    return f"You do not follow “{theme}” any more. {NEXT}"


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
