""" "Are you sure?": what cannot be undone is asked about, and asked again until it is answered.

A plain "yes" is an answer. Words that are none repeat the question, so that nobody wonders whether
it was done; a command or another button leaves it, and nothing has changed.
"""

from __future__ import annotations

from bot import wording
from bot.flows.meaning import (
    Command,
    Guessed,
    Meaning,
    NoSuchNumber,
    Pressed,
    Said,
    Unreadable,
    Words,
    pressed,
)
from bot.flows.numbers import plain
from bot.flows.turn import Context, State, Turn
from bot.messages import Choice, Choices, Text

FLOW = "asked if sure"
KEEP = "keep"
"""The value of a button that leaves everything as it is."""
_YES = set(wording.TYPED_YES)
_NO = set(wording.TYPED_NO)


def ask(text: str, yes: Choice, no: str, context: Context) -> Turn:
    """The question; `yes` is a button that does it, `no` the words of the one that does not."""
    state = State(
        FLOW,
        "ask",
        {
            "text": text,
            "yes": yes.value,
            "yes label": yes.label,
            "no label": no,
            "channel": "" if context.aside else context.channel,
        },
    )
    return _asked(state)


def _asked(state: State, before: str = "") -> Turn:
    """The question as it was asked, after a sentence on why it is asked again."""
    data = state.data
    choices = (Choice(data["yes label"], data["yes"]), Choice(data["no label"], KEEP))
    text = "\n\n".join(filter(None, (before, data["text"])))
    return Turn((Choices(text, choices),), state=state)


def answered(state: State, meaning: Meaning, context: Context) -> Pressed | Turn | None:
    """The button that an answer stands for, or the question again; None lets others start anew."""
    match meaning:
        case Words(text) if _said(text) in {*_YES, _said(state.data["yes label"])}:
            return pressed(state.data["yes"])
        case Words(text) if _said(text) in {*_NO, _said(state.data["no label"])}:
            return Pressed(KEEP)
        case Said(Command.CANCEL | Command.BACK | Command.SKIP):
            return Pressed(KEEP)
        case Pressed():
            return meaning if meaning == pressed(state.data["yes"]) else None
        case Words() | Guessed() | NoSuchNumber() | Unreadable():
            # On another channel, or with others around, the question is not in sight.
            elsewhere = context.aside or context.channel != state.data["channel"]
            return None if elsewhere else _asked(state, wording.YES_OR_NO)
    return None


def left(press: Pressed) -> Turn | None:
    """What is said where everything is left as it is; None where it is another button."""
    return Turn((Text(wording.CANCELLED),)) if press == Pressed(KEEP) else None


def _said(text: str) -> str:
    return plain(text).replace(",", "").replace("’", "'")
