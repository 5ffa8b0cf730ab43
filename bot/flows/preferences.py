"""Stopping, starting, and what is kept: the member is in charge of all of it."""

from __future__ import annotations

from dataclasses import replace

from bot import wording
from bot.flows import talk
from bot.flows.effect.asking import Agreed, Forgot
from bot.flows.meaning import Command, Meaning, NoSuchNumber, Pressed, Said, Words, plain
from bot.flows.turn import Context, State, Turn
from bot.members import ConsentKind
from bot.messages import Choice, Choices, Text

FLOW = "preferences"
_SURE = State(FLOW, "sure to forget")


def stop() -> Turn:
    return Turn((Text(wording.STOPPED),), (Agreed(ConsentKind.STOPPED, wording.STOPPED),))


def start(context: Context) -> Turn:
    if not context.person.stopped:
        return Turn((Text(wording.NOT_STOPPED),))
    return Turn((Text(wording.STARTED),), (Agreed(ConsentKind.STARTED, wording.STARTED),))


def my_data(context: Context) -> Turn:
    return Turn((Text(wording.kept(context.lookup.kept())),))


def forget_me() -> Turn:
    choices = (Choice(wording.YES_FORGET, "forget:yes"), Choice(wording.NO_KEEP, "forget:no"))
    return Turn((Choices(wording.FORGET_SURE, choices),), state=_SURE)


def step(state: State, meaning: Meaning, _context: Context) -> Turn | None:
    """The answer to "are you sure?"; None lets other words start something new."""
    if state.step != _SURE.step:
        return None
    match meaning:
        case Pressed("forget", ("yes",)):
            return Turn((Text(wording.FORGOTTEN),), (Forgot(),))
        case Words(text) if plain(text) in {"yes", "y", "yes please", "yes forget me"}:
            return Turn((Text(wording.FORGOTTEN),), (Forgot(),))
        case Pressed("forget", ("no",)) | Said(Command.CANCEL | Command.BACK | Command.SKIP):
            return Turn((Text(wording.CANCELLED),))
        case Words(text) if plain(text) in {"no", "n", "no thanks"}:
            return Turn((Text(wording.CANCELLED),))
        case NoSuchNumber():
            return replace(talk.about(meaning), state=state)  # the question still stands
    return None
