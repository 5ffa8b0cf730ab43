"""Fake providers: they note what reached whom and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.delivery import Delivery, Receipt, SendRefused
from bot.messages import Channel, Form, Outgoing
from handlers.numbered import paragraphs


@dataclass(frozen=True)
class Reached:
    """A message as a provider took it. `started`: the bot began it, nobody had asked.

    `keys` are those of the nudges in it, as the bot noted them down when it was sent; of a `knock`,
    those that wait behind it. `awaited`: it waited behind a knock until its reader wrote.
    """

    ref: str
    part: int
    delivery_id: int
    channel: Channel
    address: str
    at: datetime
    content: Outgoing
    started: bool
    keys: tuple[str, ...] = ()
    knock: bool = False
    awaited: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(paragraphs(self.content))

    @property
    def values(self) -> tuple[str, ...]:
        """Of what can be pressed."""
        return tuple(choice.value for choice in self.content.choices)

    @property
    def is_form(self) -> bool:
        return isinstance(self.content, Form)

    @property
    def is_nudge(self) -> bool:
        """Every nudge can be asked why it came; a knock is one if nudges wait behind it."""
        asks = any(value.startswith("why-nudge:") for value in self.values)
        return self.started and (bool(self.keys) if self.knock else asks)


class Provider:
    """One channel. `took` hears of each message; `takes` whether it takes one at all."""

    def __init__(
        self, took: Callable[[Delivery], None], takes: Callable[[Delivery], bool] = lambda _: True
    ) -> None:
        self._took = took
        self._takes = takes

    def send(self, delivery: Delivery) -> Receipt:
        if not self._takes(delivery):
            raise SendRefused("63016")  # outside the window for free words
        self._took(delivery)
        return Receipt(f"{delivery.ref}-{delivery.part}")

    def find(self, delivery: Delivery) -> Receipt | None:  # noqa: ARG002
        """Nothing is ever lost on the way."""
        return None
