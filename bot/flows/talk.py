"""Messages that are neither question nor command: a kind word for each, and the next step."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot import wording
from bot.flows.meaning import Guessed, NoSuchNumber, Pressed, Said, Unreadable
from bot.flows.turn import Context, Turn, moderates
from bot.members import Role
from bot.messages import Choice, Choices, Text
from bot.wording import help as help_words

_UNREADABLE = {
    Unreadable.EMPTY: wording.EMPTY,
    Unreadable.PICTURE: wording.PICTURE,
    Unreadable.TOO_LONG: wording.TOO_LONG,
}


def about(meaning: NoSuchNumber | Guessed | Unreadable, context: Context) -> Turn:
    match meaning:
        case Unreadable():
            return Turn((Text(_UNREADABLE[meaning]),))
        case NoSuchNumber(number, choices):
            # What was offered to one alone is not shown where others read along.
            again = () if context.aside else context.offered
            return Turn((Text(wording.misread(number, choices), again),))
        case Guessed(command):
            yes = Choice(wording.YES, f"say:{command}")
            no = Choice(wording.NOT_A_COMMAND, "not-a-command")
            return Turn((Choices(wording.did_you_mean(command), (yes, no)),))
        case _:
            assert_never(meaning)


def pressed(press: Pressed) -> Turn | None:
    """The answer to "did you mean"; None where it is not ours."""
    if press == Pressed("not-a-command"):
        return Turn((Text(wording.ASK_OTHERWISE),))
    return None


def help_for(said: Said, context: Context) -> Turn:
    """`help` in short, with a line for those who look after others; `help forms`: more of that."""
    if said.argument in help_words.TOPICS:
        return Turn((Text(help_words.TOPICS[said.argument]),))
    parts = [help_words.HELP]
    leads = context.person.role in (Role.FACILITATOR, Role.ADMINISTRATOR)
    if leads or context.lookup.meetings.facilitated():
        parts.append(help_words.FACILITATORS)
    if moderates(context):
        parts.append(help_words.MODERATORS)
    return Turn((Text("\n\n".join(parts)),))


def also_a_picture(turn: Turn) -> Turn:
    """The same turn, saying first that what was attached was not read."""
    return replace(turn, replies=(Text(wording.PICTURE_TOO), *turn.replies))
