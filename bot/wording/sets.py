"""The sentences about sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

NO_SET = (
    "You are in no set yet. Whoever runs the network puts people into sets. You can still post to "
    "the whole network: type “post”."
)
POST = "Post a challenge"


def yours(lines: Sequence[str]) -> str:
    return "\n".join(
        (
            "You are in:" if len(lines) > 1 else "You are in one set:",
            *lines,
            "What you post to a set is seen by its members and by who facilitates it, nobody else.",
        )
    )


def line(
    name: str, members: int, purpose: str, *, facilitated: bool, meets: datetime | None
) -> str:
    """A set as one of its members sees it. `meets` is local."""
    who = "" if facilitated else " It needs a facilitator."
    return f"{name}: you and {_others(members - 1)}.{_purpose(purpose)}{_meets(meets)}{who}"


def led(lines: Sequence[str]) -> str:
    return "\n".join(
        (
            "You facilitate:",
            *lines,
            "To change one, type “edit set” and its name. “sessions” shows and plans its sessions.",
        )
    )


def led_line(
    name: str, number: int, purpose: str, *, gathered: bool, meets: datetime | None
) -> str:
    """A set as who facilitates it sees it."""
    small = " It is being gathered: it needs 6 members, or a note, before it can meet."
    return (
        f"{name}: {members(number)}.{_purpose(purpose)}{_meets(meets)}{small if gathered else ''}"
    )


def _purpose(purpose: str) -> str:
    flat = " ".join(purpose.split())
    return f" {flat.rstrip('.')}." if flat else ""


def _meets(at: datetime | None) -> str:
    return f" Next session: {at:%A} {at.day} {at:%B %Y}, {at:%H:%M}." if at is not None else ""


def _others(number: int) -> str:
    return "nobody else yet" if number == 0 else f"{number} other{'' if number == 1 else 's'}"


def members(number: int) -> str:
    return f"{number} member{'' if number == 1 else 's'}"


# Why a set may not be so small or so large

_WITH_A_NOTE = "If it must be so, give a note that says why."


def too_few(number: int) -> str:
    return (
        f"A set has at least 6 members, so that there are enough ideas even when somebody misses a "
        f"session; this would be {number}. 9 is best. {_WITH_A_NOTE}"
    )


def too_many(number: int) -> str:
    return (
        f"A set has at most 12 members, so that everybody gets to speak; this would be {number}. "
        f"9 is best. {_WITH_A_NOTE}"
    )


# When nobody facilitates a set any more

SHOW_SETS = "See my sets"


def needs_facilitator(name: str) -> str:
    """To the members of a set."""
    return (
        f"Your set {name} needs a facilitator: whoever facilitated it no longer does. The set and "
        "what you planned stay. Whoever runs the network knows and will find somebody. You get "
        "this because you are in the set."
    )


def needs_facilitator_found(name: str) -> str:
    """To administrators."""
    return (
        f"The set {name} needs a facilitator: whoever facilitated it no longer does. Its members "
        f"know. To put somebody in: type “edit set {name}”. You get this because you are an "
        "administrator."
    )


# Changing a set


def edited_meanwhile(name: str) -> str:
    return (
        f"Somebody else has changed {name} while you were editing it. Nothing of theirs or yours "
        "is lost: send your changes again to see both, and choose."
    )


BEING_GATHERED = (
    "It is being gathered: no session can be planned for it before it has 6 members, or a note "
    "says why it is small."
)
