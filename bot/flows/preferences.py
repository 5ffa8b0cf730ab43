"""Stopping, starting, and what is kept: the member is in charge of all of it."""

from __future__ import annotations

from bot import wording
from bot.flows import sure
from bot.flows.effect.asking import Agreed, Forgot
from bot.flows.meaning import Pressed
from bot.flows.turn import Context, Turn
from bot.members import ConsentKind
from bot.messages import Choice, Text


def stop() -> Turn:
    return Turn((Text(wording.STOPPED),), (Agreed(ConsentKind.STOPPED, wording.STOPPED),))


def start(context: Context) -> Turn:
    if not context.person.stopped:
        return Turn((Text(wording.NOT_STOPPED),))
    return Turn((Text(wording.STARTED),), (Agreed(ConsentKind.STARTED, wording.STARTED),))


def my_data(context: Context) -> Turn:
    return Turn((Text(wording.kept(context.lookup.kept())),))


def forget_me(context: Context) -> Turn:
    yes = Choice(wording.YES_FORGET, "forget:yes")
    return sure.ask(wording.FORGET_SURE, yes, wording.NO_KEEP, context)


def confirmed(press: Pressed) -> Turn | None:
    """What was asked about and agreed to. Without the question its button does nothing."""
    if press == Pressed("forget", ("yes",)):
        return Turn((Text(wording.FORGOTTEN),), (Forgot(),))
    return None
