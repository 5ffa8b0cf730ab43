"""The sentences about sets."""

from __future__ import annotations

from collections.abc import Sequence

NO_SET = (
    "You are in no set yet. Whoever runs the network puts people into sets. You can still post to "
    "the whole network: type “post”."
)
POST = "Post a challenge"


def yours(sets: Sequence[tuple[str, int]]) -> str:
    """`sets` are names and how many are in each, the member too."""
    lines = [f"{name}: you and {_others(size - 1)}" for name, size in sets]
    return "\n".join(
        (
            "You are in:" if len(lines) > 1 else "You are in one set:",
            *lines,
            "What you post to a set is seen by its members alone.",
        )
    )


def _others(number: int) -> str:
    return "nobody else yet" if number == 0 else f"{number} other{'' if number == 1 else 's'}"
