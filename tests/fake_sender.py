"""A channel that remembers what it was given, and fails when told to."""

from __future__ import annotations

from collections.abc import Callable

from bot.delivery import Delivery, Receipt, SendError
from tests.officer import short


class FakeSender:
    """`fails` holds what the next sends raise; `crash` runs after the provider took a message."""

    def __init__(self) -> None:
        self.taken: list[Delivery] = []
        self.fails: list[SendError] = []
        self.asked = 0
        self.pieces = 1
        self.crash: Callable[[], None] = lambda: None

    def send(self, delivery: Delivery) -> Receipt:
        if self.fails:
            raise self.fails.pop(0)
        self.taken.append(delivery)
        self.crash()
        return self._receipt(delivery)

    def find(self, delivery: Delivery) -> Receipt | None:
        self.asked += 1
        known = any((d.ref, d.part) == (delivery.ref, delivery.part) for d in self.taken)
        return self._receipt(delivery) if known else None

    def _receipt(self, delivery: Delivery) -> Receipt:
        more = delivery.part + 1 < self.pieces
        return Receipt(f"{delivery.ref}-{delivery.part}", more=more)

    @property
    def said(self) -> list[str]:
        return [short(delivery.content) for delivery in self.taken]
