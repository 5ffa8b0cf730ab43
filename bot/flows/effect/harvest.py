"""What a turn does on the way from a challenge to an entry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """A moderator publishes a draft as it was seen, or with its neutral wordings."""

    entry_id: str
    seen: str
    neutral: bool


@dataclass(frozen=True)
class Merged:
    """A moderator merges a draft into an entry that says the same."""

    entry_id: str
    seen: str
    into: str
    neutral: bool


@dataclass(frozen=True)
class Rejected:
    """A moderator turns a draft down."""

    entry_id: str
    why: str


@dataclass(frozen=True)
class Reworded:
    """A moderator lets one part of a draft say something else; without words it is left out."""

    entry_id: str
    seen: str
    part: str
    words: str


@dataclass(frozen=True)
class PointedTo:
    """A moderator says which entry may answer a challenge that nobody replied to."""

    code: str
    entry_id: str


@dataclass(frozen=True)
class LetBe:
    """A moderator leaves such a challenge as it is."""

    code: str


@dataclass(frozen=True)
class Shared:
    """A member lets their words leave their set without names, or no longer."""

    code: str
    agreed: bool


@dataclass(frozen=True)
class Credited:
    """A member chooses whether they are named for an entry; None is what was published last."""

    entry_id: str | None
    named: bool


HarvestEffect = Published | Merged | Rejected | Reworded | PointedTo | LetBe | Shared | Credited
