"""Somebody who writes to the bot, and hears it as the conversation speaks: before any rendering."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app import Network
from bot.flows.turn import Reply
from bot.messages import Channel, Choice, Choices, EntryCard, Form, Inbound, Text

_numbers = itertools.count(1)


@dataclass
class Officer:
    """One address on one channel. `heard` is what the bot said last; `time` goes by on request."""

    network: Network
    channel: Channel
    address: str
    time: datetime
    heard: tuple[Reply, ...] = field(default=())

    def says(self, text: str = "", *, attachments: int = 0) -> tuple[Reply, ...]:
        return self._sends(text, None, attachments)

    def presses(self, label: str) -> tuple[Reply, ...]:
        """The one button of the last messages that has this label."""
        (choice,) = (choice for choice in self.choices if choice.label == label)
        return self.sends_button(choice.value)

    def sends_button(self, value: str) -> tuple[Reply, ...]:
        """Any button, on offer or not."""
        return self._sends("", value, 0)

    def waits(self, time: timedelta) -> None:
        self.time += time

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for reply in self.heard for choice in reply.choices)

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.choices]

    @property
    def told(self) -> list[str]:
        """The last messages in short: a text, the problem on a card, the question of a form."""
        return [short(reply) for reply in self.heard]

    @property
    def card(self) -> EntryCard:
        """The one card among the last messages."""
        (card,) = (reply for reply in self.heard if isinstance(reply, EntryCard))
        return card

    def value_of(self, label: str) -> str:
        (choice,) = (choice for choice in self.choices if choice.label == label)
        return choice.value

    def _sends(self, text: str, choice: str | None, attachments: int) -> tuple[Reply, ...]:
        provider_id = f"{self.channel}-{next(_numbers)}"
        inbound = Inbound(self.channel, provider_id, self.address, text, choice, attachments)
        inbox_id = self.network.keep(inbound, now=self.time)
        self.network.handle(inbox_id, now=self.time)
        said = self.network.answer_here(inbox_id, now=self.time)
        self.heard = tuple(delivery.content for delivery in said)
        return self.heard


def short(reply: Reply) -> str:
    match reply:
        case EntryCard():
            return reply.problem
        case Form():
            return reply.asked.question
        case Text() | Choices():
            return reply.text
