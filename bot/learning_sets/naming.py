"""Finds members by the names that a facilitator types, without telling who else there is.

Only a name that is typed whole is found; case, accents and blanks do not matter. With a slip or two
it is doubtful: the name is offered and has to be confirmed. Anything else is not found, and so is
whoever asked the bot to stop: the answer is the same, so nobody can look the members up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.members import Member

_SHORTEST_DOUBTFUL = 5
"""Letters below which a slip makes it another name."""
_TWO_SLIPS_FROM = 9


@dataclass(frozen=True)
class Named:
    """A name that was typed and whom it means; None for nobody who can be found."""

    typed: str
    member_id: int | None = None
    name: str = ""
    sure: bool = False


class Names:
    """The members who can be found now. Read it inside the transaction that uses it."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(
            select(Member.name, Member.id).where(
                Member.name.is_not(None), Member.stopped_at.is_(None)
            )
        )
        self._known: dict[str, list[tuple[str, int]]] = {}
        for name, number in rows:
            if name is not None:
                self._known.setdefault(plain(name), []).append((name, number))

    def find(self, typed: str) -> Named:
        asked = plain(typed)
        same = self._known.get(asked, [])
        exact = [each for each in same if each[0] == typed] or same
        if len(exact) == 1:
            return Named(typed, exact[0][1], exact[0][0], sure=True)
        if exact or len(asked) < _SHORTEST_DOUBTFUL:
            return Named(typed)
        slips = 2 if len(asked) >= _TWO_SLIPS_FROM else 1
        near = process.extract(
            asked, list(self._known), scorer=OSA.distance, score_cutoff=slips, limit=2
        )
        if len(near) != 1 or len(self._known[near[0][0]]) != 1:
            return Named(typed)
        ((name, number),) = self._known[near[0][0]]
        return Named(typed, number, name)


def names_of(session: Session, member_ids: Collection[int]) -> Mapping[int, str]:
    """Those of them who have a name."""
    rows = session.execute(select(Member.id, Member.name).where(Member.id.in_(member_ids)))
    return {number: name for number, name in rows if name is not None}


def parted(text: str) -> tuple[str, ...]:
    """The names in a text: one a line, or parted by commas or semicolons."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\r\n]+", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", " ".join(name.split()))
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()
