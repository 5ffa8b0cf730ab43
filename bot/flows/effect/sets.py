"""What a turn does with sets."""

from __future__ import annotations

from dataclasses import dataclass

from bot.learning_sets.editions import Version


@dataclass(frozen=True)
class SetMade:
    """Somebody who looks after sets makes one."""

    wanted: Version


@dataclass(frozen=True)
class SetEdited:
    """A set is to be so from now on; `edition` is the one that was seen."""

    set_id: int
    wanted: Version
    edition: int


@dataclass(frozen=True)
class SetsConfirmed:
    """Suggested sets are made, by name; whoever confirms facilitates them."""

    groups: tuple[tuple[str, frozenset[int]], ...]


SetEffect = SetMade | SetEdited | SetsConfirmed
