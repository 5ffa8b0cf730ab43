"""What comes in: a handler turns a provider's request into an `Inbound`, without its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

# Everything that is neither a letter to read nor a line break or tab: controls, and halves of
# surrogate pairs, which UTF-8 cannot carry.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


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
    `overheard`: others there can read what is answered in that place.
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
    overheard: bool = False
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
