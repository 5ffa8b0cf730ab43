"""`sets`: the action learning sets that the member is in."""

from __future__ import annotations

from bot.flows.turn import Context, Turn
from bot.messages import Choice, Text
from bot.wording import sets as words


def sets(context: Context) -> Turn:
    mine = context.lookup.sets()
    if not mine:
        return Turn((Text(words.NO_SET),))
    said = words.yours([(one.name, one.members) for one in mine])
    return Turn((Text(said, (Choice(words.POST, "say:post"),)),))
