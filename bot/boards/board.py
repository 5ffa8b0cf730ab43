"""What a notice board is to the network, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages import Text


@dataclass(frozen=True)
class Notice:
    """What is to hang on a board. `ref` is opaque and may be shown to the board's provider."""

    ref: str
    content: Text
    written_at: datetime


class Board(Protocol):
    """One notice board. Raises SendLater where all of the board has to wait, SendRefused where it
    will never take this. `address` names it; empty where nothing new is to be pinned anywhere, and
    what hangs already is only looked after.
    """

    @property
    def address(self) -> str: ...

    def pin(self, notice: Notice) -> str:
        """Hangs it up; where it hangs."""

    def find(self, notice: Notice) -> str | None:
        """Where it hangs, if an earlier try hung it up."""

    def change(self, place: str, notice: Notice) -> None:
        """Says something else there."""

    def take_down(self, place: str, notice: Notice) -> None:
        """Nothing hangs there any more or, where that cannot be, this."""
