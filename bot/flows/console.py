"""`console`: a one-time link to the pages for those who look after sets or the network."""

from __future__ import annotations

from bot.flows.effect.console import AsksForConsole
from bot.flows.turn import Context, Turn
from bot.members import Role
from bot.messages import Text
from bot.wording import console as words


def console(context: Context) -> Turn:
    """Whoever has nothing to look after is told so; where others read along, nobody gets a link."""
    looks_after = context.person.role is not Role.OFFICER
    if not looks_after and not context.lookup.meetings.facilitated():
        return Turn((Text(words.NOT_FOR_YOU),))
    if context.aside:
        return Turn((Text(words.NOT_HERE),))
    return Turn((), (AsksForConsole(),))
