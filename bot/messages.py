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


class Channel(StrEnum):
    WEB = "web"
    WHATSAPP = "whatsapp"
    SLACK = "slack"
    TERMINAL = "terminal"


@dataclass(frozen=True)
class Inbound:
    """One message from one person.

    `provider_id` is unique within the channel: a repeat carries the same one. `address` is the
    sender on that channel. `place` says where on the channel an answer belongs; only the channel's
    own handler reads it. `choice` is the value of a pressed button. `attachments` counts photos,
    voice notes and the like, which are never fetched.
    """

    channel: Channel
    provider_id: str
    address: str
    text: str = ""
    choice: str | None = None
    attachments: int = 0
    place: str = ""

    def readable(self) -> Inbound:
        """The same message without characters that no database or screen can hold."""
        return replace(self, text=clean(self.text), choice=clean(self.choice or "") or None)


@dataclass(frozen=True)
class Choice:
    """A button, or a numbered line where there are no buttons. `label` may be a whole sentence."""

    label: str
    value: str


@dataclass(frozen=True)
class Text:
    """A plain message."""

    text: str
    choices: tuple[Choice, ...] = ()
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Choices:
    """A question with up to ten answers to pick from."""

    text: str
    choices: tuple[Choice, ...]
    kind: Literal["choices"] = "choices"


@dataclass(frozen=True)
class EntryCard:
    """An entry of the knowledge base: the problem, what others did about it, and what next.

    `note` is said above the card, `source` below it; both are whole sentences.
    """

    entry_id: str
    problem: str
    solutions: tuple[str, ...]
    themes: tuple[str, ...]
    source: str
    choices: tuple[Choice, ...] = ()
    note: str = ""
    kind: Literal["entry"] = "entry"


Outgoing = Annotated[Text | Choices | EntryCard, Field(discriminator="kind")]

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
