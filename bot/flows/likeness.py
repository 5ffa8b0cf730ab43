"""What is close in meaning to words that somebody is about to post.

It takes time, so it is worked out before a message's transaction begins and remembered for that
message. What was not worked out then is compared by its letters alone, or looked up late.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from knowledge.search import Engine, Match
from knowledge.text import normalise

LOOKED_AT = 20
"""Entries and challenges that are compared in meaning: those nearest by their words."""
CLOSE_IN_MEANING = 0.6
CLOSE_IN_LETTERS = 80
"""Looser than for tidying the knowledge: a look costs the author a tap, a double costs peers time.
Cosine of two sentences; rapidfuzz's score, 0 to 100."""


class Likeness:
    """For one message. Without an engine it compares letters alone: for when there is no time."""

    def __init__(self, engine: Engine | None) -> None:
        self._engine = engine
        self._entries: dict[str, tuple[Match, ...]] = {}
        self._pairs: dict[tuple[str, str], float] = {}

    def look(self, text: str, challenges: Sequence[str] = ()) -> None:
        """Works out beforehand what is near a text, of entries and of these challenges."""
        self.entries(text)
        near = process.extract(
            text, challenges, scorer=fuzz.token_set_ratio, processor=_plain, limit=LOOKED_AT
        )
        others = [other for other, _, _ in near]
        likeness = self._engine.likeness(text, others) if self._engine is not None else ()
        self._pairs |= {(text, other): like for other, like in zip(others, likeness, strict=False)}

    def entries(self, text: str) -> tuple[Match, ...]:
        """The entries nearest to a text, best first."""
        if text not in self._entries:
            near = self._engine.nearest(text, LOOKED_AT) if self._engine is not None else ()
            self._entries[text] = near
        return self._entries[text]

    def close_entry(self, text: str, match: Match, problem: str) -> bool:
        """Whether an entry seems to ask the same."""
        semantic = self._engine is not None and self._engine.semantic
        by_meaning = semantic and match.score >= CLOSE_IN_MEANING
        return by_meaning or letters(text, problem) >= CLOSE_IN_LETTERS

    def to_challenge(self, text: str, problem: str) -> float:
        """How close another challenge is, 0 to 1; 0 where it is not close enough to be shown."""
        meaning = self._pairs.get((text, problem), 0.0)
        spelt = letters(text, problem)
        close = meaning >= CLOSE_IN_MEANING or spelt >= CLOSE_IN_LETTERS
        return max(meaning, spelt / 100) if close else 0.0


def letters(text: str, other: str) -> float:
    """How alike two texts are in their words, in whatever order: 0 to 100."""
    return fuzz.token_sort_ratio(text, other, processor=_plain)


def _plain(text: str) -> str:
    return normalise(text).lower()
