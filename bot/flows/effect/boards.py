"""What a turn does with words that were said under a post on a notice board."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PassedOn:
    """The member lets these words go out; `own` says which they are, as the board knows them."""

    code: str
    own: str
    text: str


BoardEffect = PassedOn
