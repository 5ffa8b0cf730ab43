"""What is said around a form: its questions, what is wrong with an answer, and how to leave."""

from __future__ import annotations

from datetime import date, datetime

from bot.wording import NEXT

# Buttons

SEND = "Send"
OPEN_FORM = "Open the form"
CLOSE = "Close"
START_AGAIN = "Start again"
DROP = "Drop this form"
KEEP_START = "Keep the start"

# What is wrong with an answer

NEEDED = "This one needs an answer."
EMPTY = "That was empty. Please answer in words."
NOT_TEXT = "I can only read text, so I have not opened what you sent. Please answer in words."
NOT_A_DATE = "I cannot read that as a date. Please write it like 3 December 2026."
PICK_ONE = "Please pick one of the answers on offer."
PICK_SOME = "Please pick from the answers on offer, by number, like “1 and 3”."

# Around the questions

NOTHING_TO_CARRY_ON = f"You have no form to carry on with. {NEXT}"
FIRST_QUESTION = "This is the first question."
DATE_HINT = "For example 3 December, or next Friday."
CANNOT_SKIP = "This question needs an answer, so it cannot be skipped."
ALL_AT_ONCE = "To see all the questions at once, press “Open the form”."
COPY_CLOSED = "This form is closed here."
FORM_CLOSED = (
    "This form is closed, so nothing was sent. Please copy what you wrote before you close it."
)
OPTIONAL = "optional"
KEPT_A_QUESTION = "Kept as your answer. If you meant to ask me that, type “later” first."
PLEASE_LOOK_AGAIN = "Please look at this again"
MORE_OF_THESE = "More of these"
THE_FIRST_AGAIN = "The first of these again"
CHOOSE_NUMBERS = "Reply with one or more numbers, like “1 and 3”:"
FORM_UNKNOWN = f"That form belongs to something I no longer have, so nothing was sent. {NEXT}"


def filled_in(title: str) -> str:
    """What a member is shown to have said by handing in a whole form."""
    return f"I have filled in “{title}”."


def up_to(longest: int) -> str:
    return f"Up to {longest:,} characters."


def question(number: int, words: str, *, only: bool) -> str:
    """Without how many there are: answers bring up questions, and a count that grows annoys."""
    return words if only else f"Step {number}: {words}"


def so_far(answer: str) -> str:
    return f"Your answer so far: “{answer}”"


def ways(*, first: bool, skippable: bool) -> str:
    """The words that can be typed in place of an answer, and how to leave."""
    words = [*(() if first else ("back",)), *(("skip",) if skippable else ())]
    told = f"{', '.join(words)}, " if words else ""
    return f"Or type {told}later (I keep it for 72 hours) or cancel (I drop it)."


def too_long(length: int, longest: int) -> str:
    over = length - longest
    return (
        f"That is {over:,} character{'' if over == 1 else 's'} too long: it has {length:,}, and "
        f"{longest:,} fit."
    )


def kept_whole(fits: int) -> str:
    """After `too_long`, where it was typed."""
    return (
        f"I still have your long answer: send it in fewer words, or pick “{KEEP_START}” for its "
        f"first {fits:,} characters."
    )


def kept_start(length: int) -> str:
    return f"I have taken the first {length:,} characters."


def no_such_number(most: int) -> str:
    return f"Please pick from 1 to {most}." if most > 1 else "There is only 1 to pick."


def read_as(day: date) -> str:
    return f"I read that as {day:%A} {day.day} {day:%B %Y}."


def no_such_day(day: int, month: int, last: int, year: int | None) -> str:
    named = f"{date(2000, month, 1):%B}"
    there = f"there is no {day} {named}"
    if year is not None:
        return f"{there[0].upper()}{there[1:]} in {year}, which is no leap year. Another day?"
    return f"{named} has {last} days, so {there}. Please give me another day."


def look_again(problems: int) -> str:
    if problems == 1:
        return "Nothing is sent yet: one answer needs another look."
    return f"Nothing is sent yet: {problems} answers need another look."


def more_questions(called: str) -> str:
    return f"Thank you. There is more to ask before I can take {called}."


def carry_on(called: str) -> str:
    return f"Carry on with {called}"


def carrying_on(called: str) -> str:
    return f"Carrying on with {called}."


def set_aside(called: str, until: datetime) -> str:
    return (
        f"I keep {called} as it is until {until:%A} {until.day} {until:%B, %H:%M}. Type “carry on” "
        "to go back to it."
    )


def dropped(called: str) -> str:
    return f"I have dropped {called}. Nothing was sent, and what you wrote is deleted. {NEXT}"


def sure_to_drop(called: str) -> str:
    return f"You have not finished {called}. Shall I keep it, or drop it and delete what you wrote?"


def already_started(called: str) -> str:
    return f"You have begun {called} already, and I have kept it."


def already_sent(title: str) -> str:
    return (
        f"You have finished “{title}” already, so I have changed nothing now. If you want to fill "
        f"it in once more, pick “{START_AGAIN}”. {NEXT}"
    )


def was_dropped(title: str) -> str:
    return f"“{title}” was dropped, so nothing was sent."


def lapsed(title: str) -> str:
    return (
        f"“{title}” was left for more than 72 hours, so I no longer have what you wrote there, and "
        "nothing was sent."
    )


def kept(title: str, until: datetime, *, anything: bool) -> str:
    """In `my data`: a form that is not handed in; what was answered follows, if `anything` was."""
    return (
        f"You have begun the form “{title}”. Unless you carry on, it is deleted on {until.day} "
        f"{until:%B %Y}.{' You answered:' if anything else ''}"
    )
