"""What a member meant: a button, a command, or words to look up.

Nothing here knows the domain: commands are a closed list, buttons carry `verb:argument:argument`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.challenges.codes import read_code
from bot.flows import session_words
from bot.flows.command import ALSO
from bot.flows.command import Command as Command
from bot.flows.named import code, is_like_a_code, may_be_a_code, named
from bot.flows.numbers import number, plain
from bot.invitations import is_code
from bot.messages import LONGEST_QUESTION, Choice, Filled, Inbound
from bot.wording.help import TOPICS
from knowledge.search import Decision, Finding
from knowledge.spelling import general_words
from knowledge.text import normalise

_WITH_CODE = (Command.SHARE, Command.KEEP)
"""Commands that want the code of a challenge behind them."""

_SHORT_WORD = 5
"""Letters up to which one slip is allowed for in a mistyped command; two beyond that."""
LONGEST_COMMAND = 2
"""Words of the longest command."""
_SHORTEST_GUESS = 3
"""Letters below which a mistyped command cannot be told from any other short word."""


class Unreadable(Enum):
    """Why there is nothing to look up."""

    EMPTY = "empty"
    PICTURE = "picture"
    TOO_LONG = "too long"


@dataclass(frozen=True)
class Pressed:
    """A choice was taken, by button, by its number or by its words."""

    verb: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoSuchNumber:
    """A bare number that no choice on the table has."""

    number: int
    choices: int


@dataclass(frozen=True)
class Said:
    """A command was typed."""

    command: Command
    argument: str = ""


@dataclass(frozen=True)
class Words:
    """Anything else: a question, or talk."""

    text: str


@dataclass(frozen=True)
class Guessed:
    """Nothing fits, but with a slip or two it would be this command."""

    command: Command


@dataclass(frozen=True)
class HandedIn:
    """A form was handed in whole."""

    filled: Filled


Meaning = Pressed | NoSuchNumber | Said | Guessed | Words | Unreadable | HandedIn


def command(text: str) -> Said | None:
    """The command that these words are, if they are one exactly."""
    words = plain(text)
    for known in Command:
        if words == known:
            return Said(known)
    first, _, rest = words.partition(" ")
    for known in (*_WITH_CODE, Command.EDIT):
        if first == known and _is_a_code(text):
            return Said(known, read_code(rest) or code(rest))
    if first == Command.HELP and rest.removeprefix("with ").removeprefix("on ") in TOPICS:
        return Said(Command.HELP, rest.removeprefix("with ").removeprefix("on "))
    if first == Command.THEMES and rest:
        return Said(Command.THEMES, rest)
    if first == Command.JOIN and is_code(rest):
        return Said(Command.JOIN, rest)
    if words.startswith(f"{Command.EDIT_SET} "):
        return Said(Command.EDIT_SET, words.removeprefix(f"{Command.EDIT_SET} "))
    also = ALSO.get(words)
    if also is not None:
        return Said(also)
    verb_and_rest = named(text)
    return Said(Command(verb_and_rest[0]), verb_and_rest[1]) if verb_and_rest else None


def _is_a_code(text: str) -> bool:
    """Whether what follows the first word is a challenge's code, right or mistyped."""
    rest = text.split(maxsplit=1)[-1].strip()
    return (
        read_code(rest) is not None or is_like_a_code(rest) or may_be_a_code(text, rest, alone=True)
    )


def code_in(text: str) -> str | None:
    """The invitation's code that somebody at the door gave, with "join" before it or alone."""
    words = [plain(word) for word in text.split()]
    if Command.JOIN in words:
        after = words[words.index(Command.JOIN) + 1 :]
        return "".join(after) or None
    return words[0] if len(words) == 1 and is_code(words[0]) else None


def guessed(text: str) -> Guessed | None:
    """The command that was probably mistyped."""
    words = plain(text)
    if len(words) < _SHORTEST_GUESS:
        return None
    best = process.extractOne(
        words,
        [known.value for known in Command if known not in _WITH_CODE],
        scorer=OSA.distance,
        score_cutoff=1 if len(words) <= _SHORT_WORD else 2,
    )
    return Guessed(Command(best[0])) if best is not None else None


def pressed(value: str) -> Pressed:
    verb, *arguments = value.split(":")
    return Pressed(verb, tuple(arguments))


def unreadable(inbound: Inbound) -> Unreadable | None:
    if inbound.choice is not None or inbound.filled is not None:
        return None
    if not normalise(inbound.text):  # only blanks and what is invisible
        return Unreadable.PICTURE if inbound.attachments else Unreadable.EMPTY
    return Unreadable.TOO_LONG if len(inbound.text) > LONGEST_QUESTION else None


def needs_finding(inbound: Inbound) -> bool:
    """Whether a look into the knowledge base may be needed: it takes time, so it is not wasted."""
    pressed_or_filled = inbound.choice is not None or inbound.filled is not None
    if pressed_or_filled or unreadable(inbound) is not None:
        return False
    known = command(inbound.text)
    if number(inbound.text) is not None:
        return False
    # "themes in our plan" may be a theme's name and may be a question; "W3C" looks like a code.
    unsure = known is not None and known.command in (Command.THEMES, Command.CHALLENGE)
    return known is None or (unsure and bool(known.argument))


def understand(
    inbound: Inbound, *, offered: tuple[Choice, ...], finding: Finding | None
) -> Meaning:
    """The meaning of a message, `offered` being the choices on the table."""
    if inbound.filled is not None:
        return HandedIn(inbound.filled)
    if inbound.choice is not None:
        return pressed(inbound.choice)
    nothing = unreadable(inbound)
    if nothing is not None:
        return nothing
    words = plain(inbound.text)
    index = number(inbound.text)
    if index is not None:
        if 1 <= index <= len(offered):
            return pressed(offered[index - 1].value)
        return NoSuchNumber(index, len(offered))
    for choice in offered:
        if words == plain(choice.label) or session_words.answers(words, choice.value):
            return pressed(choice.value)
    known = command(inbound.text)
    if known is None and finding is not None and _nothing_fits(finding, words):
        return guessed(inbound.text) or Words(inbound.text.strip())
    return known or Words(inbound.text.strip())


def _nothing_fits(finding: Finding, words: str) -> bool:
    if finding.small_talk is not None or finding.decision is Decision.ANSWER:
        return False
    said = words.split()
    # "stpo" is a slip whatever looks like it; "shop" may be meant, and then gets its suggestions.
    slipped = len(said) <= LONGEST_COMMAND and any(word not in general_words() for word in said)
    return finding.decision is Decision.MISS or slipped
