"""What a turn does with the draft of a form."""

from __future__ import annotations

from dataclasses import dataclass

from bot.drafts import Draft, DraftStatus


@dataclass(frozen=True)
class Drafted:
    """A form was begun, filled in further, or stepped through."""

    draft: Draft


@dataclass(frozen=True)
class Closed:
    """A form was handed in or dropped: its draft is done with."""

    ref: str
    status: DraftStatus


FormEffect = Drafted | Closed
