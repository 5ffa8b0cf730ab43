"""Has somebody asked this already? For posting a challenge, and for keeping the knowledge tidy."""

from __future__ import annotations

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from knowledge.entries import EntryView, entries_by_id
from knowledge.search import Engine
from knowledge.text import normalise

_NEAR_IN_MEANING = 0.8
_NEAR_IN_LETTERS = 90
_LOOKED_AT = 20


def near_duplicates(session: Session, engine: Engine, text: str) -> tuple[EntryView, ...]:
    """The live entries whose problem says nearly the same, nearest first; most often none.

    By meaning where there is a sentence model, by letters (rapidfuzz) in any case.
    """
    near = engine.nearest(text, _LOOKED_AT)
    views = entries_by_id(session, [match.entry_id for match in near])
    said = normalise(text).lower()
    found = []
    for match in near:
        view = views.get(match.entry_id)
        if view is None:
            continue
        letters = fuzz.token_sort_ratio(said, normalise(view.problem).lower())
        if letters >= _NEAR_IN_LETTERS or (engine.semantic and match.score >= _NEAR_IN_MEANING):
            found.append(view)
    return tuple(found)
