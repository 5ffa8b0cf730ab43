"""Messages that are neither question nor command: a kind word for each, and the next step."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot import wording
from bot.flows.meaning import Guessed, NoSuchNumber, Unreadable
from bot.flows.turn import Context, Turn, moderates
from bot.members import Role
from bot.messages import Choice, Text
from bot.wording import leading

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
    """`help`, with their own words for those who facilitate or moderate."""
    leads = context.person.role in (Role.FACILITATOR, Role.ADMINISTRATOR)
    parts = (
        wording.HELP,
        leading.HELP if leads else "",
        wording.HELP_MODERATORS if moderates(context) else "",
    )
    return Turn((Text("\n".join(filter(None, parts))),))


def also_a_picture(turn: Turn) -> Turn:
    """The same turn, saying first that what was attached was not read."""
    return replace(turn, replies=(Text(wording.PICTURE_TOO), *turn.replies))
