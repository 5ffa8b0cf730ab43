""" "Are you sure?": what cannot be undone is asked about once. A plain "yes" is an answer."""

from __future__ import annotations

from bot import wording
from bot.flows.meaning import Command, Meaning, NoSuchNumber, Pressed, Said, Words, plain, pressed
from bot.flows.turn import State, Turn
from bot.messages import Choice, Choices, Text

FLOW = "sure"
KEEP = "keep"
"""The value of a button that leaves everything as it is."""
_YES = {"yes", "y", "yes please", "i am sure", "sure"}
_NO = {"no", "n", "no thanks", "keep it"}


def ask(text: str, yes: Choice, no: str) -> Turn:
    """The question; `yes` is a button that does it, `no` the words of the one that does not."""
    choices = (yes, Choice(no, KEEP))
    return Turn((Choices(text, choices),), state=State(FLOW, "ask", {"yes": yes.value}))


def answered(state: State, meaning: Meaning) -> Pressed | Turn | None:
    """The button that a typed answer stands for, or a turn; None lets other words start anew."""
    match meaning:
        case Words(text) if plain(text) in _YES:
            return pressed(state.data.get("yes", ""))
        case Words(text) if plain(text) in _NO:
            return Pressed(KEEP)
        case Said(Command.CANCEL | Command.BACK | Command.SKIP):
            return Pressed(KEEP)
        case NoSuchNumber(number, choices):
            return Turn((Text(wording.misread(number, choices)),), state=state)
    return None
