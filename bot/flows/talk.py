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
            return Turn((Text(wording.did_you_mean(command), (yes,)),))
        case _:
            assert_never(meaning)


def help_for(context: Context) -> Turn:
    """`help`, with the moderators' own words for those who moderate."""
    text = (
        "\n".join((wording.HELP, wording.HELP_MODERATORS)) if moderates(context) else (wording.HELP)
    )
    return Turn((Text(text),))


def also_a_picture(turn: Turn) -> Turn:
    """The same turn, saying first that what was attached was not read."""
    return replace(turn, replies=(Text(wording.PICTURE_TOO), *turn.replies))
