"""What a member says of their own words: may they be shared, and are they named for them."""

from __future__ import annotations

from bot.flows.effect.harvest import Credited, Shared
from bot.flows.meaning import Pressed, Said
from bot.flows.turn import Context, Turn


def pressed(press: Pressed, _context: Context) -> Turn | None:
    """The buttons of the two notices; None where it is not one of them."""
    match press.verb, press.arguments:
        case "agree", (code, "yes" | "no" as word):
            return _shared(code, agreed=word == "yes")
        case "credit", (entry_id, "yes" | "no" as word):
            return Turn((), (Credited(entry_id, named=word == "yes"),))
    return None


def share(said: Said, _context: Context) -> Turn:
    """`share CODE`."""
    return _shared(said.argument, agreed=True)


def keep(said: Said, _context: Context) -> Turn:
    """`keep CODE`."""
    return _shared(said.argument, agreed=False)


def name_me(_said: Said, _context: Context) -> Turn:
    """`name me`, for what was published last."""
    return Turn((), (Credited(None, named=True),))


def do_not_name_me(_said: Said, _context: Context) -> Turn:
    return Turn((), (Credited(None, named=False),))


def _shared(code: str, *, agreed: bool) -> Turn:
    return Turn((), (Shared(code, agreed),))
