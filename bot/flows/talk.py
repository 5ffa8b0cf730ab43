"""Messages that are neither question nor command: a kind word for each, and the next step."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot import wording
from bot.flows.meaning import Guessed, NoSuchNumber, Unreadable
from bot.flows.turn import Context, Turn, moderates
from bot.messages import Choice, Text

_UNREADABLE = {
    Unreadable.EMPTY: wording.EMPTY,
    Unreadable.PICTURE: wording.PICTURE,
    Unreadable.TOO_LONG: wording.TOO_LONG,
}


def about(meaning: NoSuchNumber | Guessed | Unreadable) -> Turn:
    match meaning:
        case Unreadable():
            return Turn((Text(_UNREADABLE[meaning]),))
        case NoSuchNumber(number, choices):
            return Turn((Text(wording.misread(number, choices)),))
        case Guessed(command):
            yes = Choice(wording.YES, f"say:{command}")
            return Turn((Text(wording.did_you_mean(command), (yes,)),))
        case _:
            assert_never(meaning)


def help_for(context: Context) -> Turn:
    """`help`, with more for those who facilitate a set, and for those who moderate."""
    parts = [wording.HELP]
    if context.lookup.meetings.facilitated():
        parts.append(wording.HELP_FACILITATORS)
    if moderates(context):
        parts.append(wording.HELP_MODERATORS)
    return Turn((Text("\n".join(parts)),))


def also_a_picture(turn: Turn) -> Turn:
    """The same turn, saying first that what was attached was not read."""
    return replace(turn, replies=(Text(wording.PICTURE_TOO), *turn.replies))
