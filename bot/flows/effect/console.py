"""What a turn about the console would have done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AsksForConsole:
    """The member is given a link that signs them in to the console, once."""


ConsoleEffect = AsksForConsole
