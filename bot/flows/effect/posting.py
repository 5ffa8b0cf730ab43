"""What a turn about posting does."""

from __future__ import annotations

from dataclasses import dataclass

from bot.challenges.posts import NewChallenge


@dataclass(frozen=True)
class Posted:
    """A challenge goes out, once for a `key`. `to` is the name of the set that alone sees it."""

    new: NewChallenge
    key: str
    to: str = ""


@dataclass(frozen=True)
class Changed:
    """The author changed their challenge's words or themes."""

    code: str
    new: NewChallenge


@dataclass(frozen=True)
class Followed:
    """Instead of posting, the member has the same problem as somebody else."""

    code: str


PostingEffect = Posted | Changed | Followed
