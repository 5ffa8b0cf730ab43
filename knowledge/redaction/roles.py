"""Roles that give a place away: the post itself names nobody, but what is said about it does.

"Our chief executive" could be anywhere. "The only female director of place in Wales", "the leader
of England's smallest county" and "the vicar who runs our panel" could not. The patterns
are data (roles.json): `pieces` are lists of alternatives, used as <piece> in each other and in the
patterns.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Iterator

from knowledge.redaction.span import Find, Kind

_PIECE = re.compile(r"<([a-z_]+)>")


def roles(text: str) -> Iterator[Find]:
    """The roles in a text that give a place away."""
    straight = text.replace("’", "'")
    for pattern in _patterns():
        for match in pattern.finditer(straight):
            yield Find(match.start(), match.start() + len(match.group().rstrip()), Kind.ROLE)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    file = importlib.resources.files("knowledge.redaction") / "roles.json"
    read = json.loads(file.read_text("utf-8"))
    pieces: dict[str, list[str]] = read["pieces"]
    return tuple(re.compile(_filled(one["pattern"], pieces), re.I) for one in read["patterns"])


def _filled(pattern: str, pieces: dict[str, list[str]]) -> str:
    def piece(match: re.Match[str]) -> str:
        return "(?:" + _filled("|".join(pieces[match.group(1)]), pieces) + ")"

    return _PIECE.sub(piece, pattern)
