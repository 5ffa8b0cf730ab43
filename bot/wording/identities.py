"""The Chatham House check, as its author reads it before anything is shared."""

from __future__ import annotations

from collections.abc import Sequence

# Buttons: up to 20 characters fit WhatsApp's

NEUTRAL = "Use neutral wording"
KEEP = "Keep as written"
CHANGE = "Change it"
SEND_NAMED = "Yes, name me"

OPENS, CLOSES = "«", "»"
"""Around what was found: plain characters, which screen readers read."""
SURE_TO_BE_NAMED = (
    "That has your own name in it. Others would know that it is you, in all that you write there, "
    "and once it is sent that cannot be undone. Are you sure?"
)
NO_ROOM = "The neutral wording would be too long to fit."


def guard(about: str) -> str:
    """`about` says whose text it is: "the problem"."""
    return f"In {about}, something may tell who or which council is meant. What shall I do?"


def again(about: str) -> str:
    return f"Please write {about} again, as others may read it."


def found(marked: str, proposals: Sequence[tuple[str, str]], *, more: int) -> str:
    """The text with marks in it, and what could stand there instead."""
    lines = [f"You wrote: {marked}"]
    lines += [f"{OPENS}{said}{CLOSES}: I would write “{neutral}”" for said, neutral in proposals]
    if more:
        lines.append(f"And {more} more, which are marked.")
    return "\n".join(lines)
