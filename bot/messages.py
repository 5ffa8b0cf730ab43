"""What goes out, told without any channel's words; what comes in is in `bot.inbound`.

A flow answers with members of the closed union `Outgoing`, which are stored as JSON (`to_json`,
`from_json`) and rendered by the channel's renderer only when they are sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from bot.inbound import Channel as Channel
from bot.inbound import Filled as Filled
from bot.inbound import Inbound as Inbound
from bot.inbound import OnBoard as OnBoard
from bot.inbound import Spoken as Spoken
from bot.inbound import clean as clean

LONGEST_QUESTION = 4_000
"""Characters of one message that the bot reads; a longer one is answered with a request to trim."""
LONGEST_ANSWER = 3_000
"""Characters of one answer in a form: the most that a box of Slack's takes."""

MOST_CHOICES = 10
"""Choices of one message: the most that WhatsApp's list holds."""
MOST_TO_PICK = 100
"""Choices of a question with several answers: the most that Slack's list holds."""


@dataclass(frozen=True)
class Choice:
    """A button, or a numbered line where there are no buttons. `label` may be a whole sentence."""

    label: str
    value: str


@dataclass(frozen=True)
class Whose:
    """Whose words a message carries, until it is kept: they are never stored with it or rendered.

    `said` is a reply's id, 0 for a challenge. `words` are as they were read, so that it is noticed
    where they changed while the message was made.
    """

    participant_id: int
    said: int
    words: tuple[str, ...] = ()


Quotes = Annotated[tuple[Whose, ...], Field(exclude=True)]


@dataclass(frozen=True)
class Link:
    """Something to follow: `path` is an address below the bot's own and begins with "/", or whole.

    The bot's own are stored as they are, and signed by whoever shows them.
    """

    label: str
    path: str


@dataclass(frozen=True)
class Text:
    """A plain message, with something to fetch or without."""

    text: str
    choices: tuple[Choice, ...] = ()
    kind: Literal["text"] = "text"
    link: Link | None = None
    quotes: Quotes = field(default=(), compare=False)


@dataclass(frozen=True)
class Choices:
    """A question with up to ten answers to pick from."""

    text: str
    choices: tuple[Choice, ...]
    kind: Literal["choices"] = "choices"
    quotes: Quotes = field(default=(), compare=False)


@dataclass(frozen=True)
class Solution:
    """A solution on a card. `number` is its own for good; `tried` a line about how it went."""

    number: int
    text: str
    tried: str = ""


@dataclass(frozen=True)
class EntryCard:
    """An entry of the knowledge base: the problem, what others did about it, and what next.

    `note` is said above the card, `source` below it; both are whole sentences. `numbers` and
    `tried` go with the `solutions`; without them these count from 1 and nobody has tried any.
    """

    entry_id: str
    problem: str
    solutions: tuple[str, ...]
    themes: tuple[str, ...]
    source: str
    choices: tuple[Choice, ...] = ()
    note: str = ""
    numbers: tuple[int, ...] = ()
    tried: tuple[str, ...] = ()
    kind: Literal["entry"] = "entry"

    @property
    def numbered(self) -> tuple[Solution, ...]:
        """The solutions as they are shown, in order."""
        numbers = self.numbers or tuple(range(1, len(self.solutions) + 1))
        tried = self.tried or ("",) * len(self.solutions)
        return tuple(map(Solution, numbers, self.solutions, tried))


class FieldKind(StrEnum):
    """What a field of a form takes. A date is kept as 2026-12-03, however it was typed."""

    LINE = "line"
    LINES = "lines"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"


@dataclass(frozen=True)
class FormField:
    """One question of a form.

    `name` is made of letters, digits and "-". `choices` are for the two kinds that choose, each
    with a value of up to 75 characters: up to ten, or a hundred to pick several from, which come on
    pages where they are typed; `more` then leads to the next page. `also` are other names by which
    a choice may be typed. `longest` counts characters, LONGEST_ANSWER at most. `asks`: a question
    is as good an answer as any. `values` is the answer so far, none where there is none; `problem`
    says in a sentence what is wrong with it.
    """

    name: str
    question: str
    hint: str = ""
    kind: FieldKind = FieldKind.LINE
    choices: tuple[Choice, ...] = ()
    required: bool = False
    longest: int = LONGEST_ANSWER
    asks: bool = False
    values: tuple[str, ...] = ()
    problem: str = ""
    more: str = ""
    also: Annotated[tuple[Choice, ...], Field(exclude=True)] = ()
    quotes: Quotes = field(default=(), compare=False)


@dataclass(frozen=True)
class Form:
    """A form: one question after another, or all of them at once where a channel can show that.

    `at` names the field that is asked now; `note` is said before it, `intro` before the first.
    `offers` can be picked in place of words; `stands`: it has an answer that is in order already.
    As it is sent, only the field that is asked has an answer in it: all the others are read from
    the draft when a form is shown whole, so that they go when the draft goes. `page` is the page of
    its choices, from 0, where they are typed.
    """

    ref: str
    title: str
    fields: tuple[FormField, ...]
    at: str
    submit: str
    intro: str = ""
    note: str = ""
    offers: tuple[Choice, ...] = ()
    stands: bool = False
    page: int = 0
    kind: Literal["form"] = "form"
    quotes: Quotes = field(default=(), compare=False)

    @property
    def number(self) -> int:
        """Which of the questions is asked now, from 1."""
        return next(n for n, field in enumerate(self.fields, 1) if field.name == self.at)

    @property
    def asked(self) -> FormField:
        return self.fields[self.number - 1]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be picked for the field that is asked, where one pick is the whole answer."""
        asked = self.asked
        if asked.kind is not FieldKind.CHOICE:
            return self.offers
        pick = f"form:pick:{self.ref}:{asked.name}"
        return tuple(Choice(choice.label, f"{pick}:{choice.value}") for choice in asked.choices)


Outgoing = Annotated[Text | Choices | EntryCard | Form, Field(discriminator="kind")]

_outgoing: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)


def quoted(outgoing: Outgoing) -> tuple[Whose, ...]:
    """Whose words stand in a message. A card's are the network's own."""
    match outgoing:
        case Form():
            return (*outgoing.quotes, *(one for each in outgoing.fields for one in each.quotes))
        case Text() | Choices():
            return outgoing.quotes
        case EntryCard():
            return ()


def to_json(outgoing: Outgoing) -> str:
    return _outgoing.dump_json(outgoing).decode()


def from_json(stored: str) -> Outgoing:
    """Raises `pydantic.ValidationError` on anything `to_json` did not write."""
    return _outgoing.validate_json(stored)
