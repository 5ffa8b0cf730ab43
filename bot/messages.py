"""What comes in and what goes out, told without any channel's words.

A handler turns a provider's request into an `Inbound`. A flow answers with members of the closed
union `Outgoing`, which are stored as JSON (`to_json`, `from_json`) and rendered by the channel's
renderer only when they are sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

LONGEST_QUESTION = 4_000
"""Characters of one message that the bot reads; a longer one is answered with a request to trim."""
LONGEST_ANSWER = 3_000
"""Characters of one answer in a form: the most that a box of Slack's takes."""

MOST_CHOICES = 10
"""Choices of one message: the most that WhatsApp's list holds."""


class Channel(StrEnum):
    WEB = "web"
    WHATSAPP = "whatsapp"
    SLACK = "slack"
    TERMINAL = "terminal"


@dataclass(frozen=True)
class Filled:
    """A form that was handed in whole: all that it asked, by field and as it was typed.

    A field stands once for each of its values, and once with "" where it was left empty.
    """

    ref: str
    values: tuple[tuple[str, str], ...]


class Spoken(StrEnum):
    """What somebody did with their words on a notice board."""

    SAID = "said"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True)
class OnBoard:
    """Words under a post on a notice board, where all there can see who wrote them.

    `post` is where the post hangs and `own` which words they are, both as the board knows them.
    """

    post: str
    own: str
    spoken: Spoken = Spoken.SAID


@dataclass(frozen=True)
class Inbound:
    """One message from one person.

    `provider_id` is unique within the channel: a repeat carries the same one. `address` is the
    sender on that channel. `place` says where on the channel an answer belongs; only the channel's
    own handler reads it. `choice` is the value of a pressed button. `attachments` counts photos,
    voice notes and the like, which are never fetched. `aside` says that it was not said in the
    member's own conversation with the bot but, say, in a channel: it answers no question of a form.
    `on_board`: it was not said to the bot at all, but under a post of its on a notice board.
    """

    channel: Channel
    provider_id: str
    address: str
    text: str = ""
    choice: str | None = None
    attachments: int = 0
    place: str = ""
    filled: Filled | None = None
    aside: bool = False
    on_board: OnBoard | None = None

    def readable(self) -> Inbound:
        """The same message without characters that no database or screen can hold."""
        return replace(
            self,
            text=clean(self.text),
            choice=clean(self.choice or "") or None,
            filled=self.filled
            and Filled(
                clean(self.filled.ref),
                tuple((clean(name), clean(value)) for name, value in self.filled.values),
            ),
        )


@dataclass(frozen=True)
class Choice:
    """A button, or a numbered line where there are no buttons. `label` may be a whole sentence."""

    label: str
    value: str


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


@dataclass(frozen=True)
class Choices:
    """A question with up to ten answers to pick from."""

    text: str
    choices: tuple[Choice, ...]
    kind: Literal["choices"] = "choices"


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

    `name` is made of letters, digits and "-". `choices` are for the two kinds that choose: up to
    ten, each with a value of up to 75 characters. `longest` counts characters, LONGEST_ANSWER at
    most. `values` is the answer so far, none where there is none; `problem` says in a sentence what
    is wrong with it.
    """

    name: str
    question: str
    hint: str = ""
    kind: FieldKind = FieldKind.LINE
    choices: tuple[Choice, ...] = ()
    required: bool = False
    longest: int = LONGEST_ANSWER
    values: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Form:
    """A form: one question after another, or all of them at once where a channel can show that.

    `at` names the field that is asked now; `note` is said before it, `intro` before the first.
    As it is sent, only the field that is asked has an answer in it: all the others are read from
    the draft when a form is shown whole, so that they go when the draft goes.
    """

    ref: str
    title: str
    fields: tuple[FormField, ...]
    at: str
    submit: str
    intro: str = ""
    note: str = ""
    kind: Literal["form"] = "form"

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
            return ()
        pick = f"form:pick:{self.ref}:{asked.name}"
        return tuple(Choice(choice.label, f"{pick}:{choice.value}") for choice in asked.choices)


Outgoing = Annotated[Text | Choices | EntryCard | Form, Field(discriminator="kind")]

_outgoing: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)

# Everything that is neither a letter to read nor a line break or tab: controls, and halves of
# surrogate pairs, which UTF-8 cannot carry.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def to_json(outgoing: Outgoing) -> str:
    return _outgoing.dump_json(outgoing).decode()


def from_json(stored: str) -> Outgoing:
    """Raises `pydantic.ValidationError` on anything `to_json` did not write."""
    return _outgoing.validate_json(stored)
