"""Somebody who writes to the bot, and hears it as the conversation speaks: before any rendering."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app import Network
from bot.flows.turn import Reply
from bot.messages import Channel, Choice, Choices, EntryCard, Filled, Form, Inbound, Text

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
        return self.sends(Inbound(self.channel, _id(), self.address, text, None, attachments))

    def presses(self, label: str) -> tuple[Reply, ...]:
        """The one button of the last messages that has this label."""
        (choice,) = (choice for choice in self.choices if choice.label == label)
        return self.sends_button(choice.value)

    def sends_button(self, value: str) -> tuple[Reply, ...]:
        """Any button, on offer or not."""
        return self.sends(Inbound(self.channel, _id(), self.address, "", value))

    def hands_in(self, ref: str, *values: tuple[str, str]) -> tuple[Reply, ...]:
        """A whole form, as the web and Slack send it."""
        filled = Filled(ref, values)
        return self.sends(Inbound(self.channel, _id(), self.address, filled=filled))

    @property
    def form(self) -> Form:
        """The one form among the last messages."""
        (form,) = (reply for reply in self.heard if isinstance(reply, Form))
        return form

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

    def sends(self, inbound: Inbound) -> tuple[Reply, ...]:
        inbox_id = self.network.keep(inbound, now=self.time)
        self.network.handle(inbox_id, now=self.time)
        said = self.network.answer_here(inbox_id, now=self.time)
        self.heard = tuple(delivery.content for delivery in said)
        return self.heard


def _id() -> str:
    return f"message-{next(_numbers)}"


def short(reply: Reply) -> str:
    match reply:
        case EntryCard():
            return reply.problem
        case Form():
            return reply.asked.question
        case Text() | Choices():
            return reply.text
