"""What is close in meaning to words that somebody is about to post.

It takes time, so it is worked out before a message's transaction begins and remembered for that
message. What was not worked out then is compared by its letters alone, or looked up late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from knowledge.search import Decision, Engine, Finding, Match
from knowledge.text import normalise

SAME = 0.21
"""From here on two posts seem to say the same (`Engine.alike`): tests/benchmarks/posting.py."""
CLOSE_IN_LETTERS = 80
"""A look costs the author a tap, a double costs peers time. rapidfuzz's score, 0 to 100."""
LIKELY = 0.5
"""From here on an entry is shown though the engine is not sure: likelier right than not."""
OFFERED = {Decision.ANSWER: 1, Decision.SUGGEST: 3, Decision.MISS: 0}
"""Entries that answer a question, by how sure the engine is."""


class Likeness:
    """For one message. Without an engine it compares letters alone: for when there is no time."""

    def __init__(self, engine: Engine | None) -> None:
        self._engine = engine
        self._found: dict[str, tuple[Match, ...]] = {}
        self._offered: dict[str, tuple[Match, ...]] = {}
        self._pairs: dict[tuple[str, str], float] = {}
        self._named: dict[str, Mapping[str, float]] = {}

    def look(self, text: str, challenges: Sequence[str] = (), themes: Sequence[str] = ()) -> None:
        """Works out beforehand what is near a text, of entries, of these challenges and themes."""
        self.entries(text)
        self.to_themes(text, themes)
        alike = self._engine.alike(text, challenges) if self._engine is not None else {}
        self._pairs |= {(text, other): score for other, score in alike.items()}

    def entries(self, text: str) -> tuple[Match, ...]:
        """The entries that would be given as the answer, or offered for want of a sure one."""
        self._find(text)
        return self._offered[text]

    def around(self, text: str) -> tuple[Match, ...]:
        """The five entries that fit best, however badly."""
        self._find(text)
        return self._found[text]

    def to_themes(self, text: str, names: Sequence[str]) -> Mapping[str, float]:
        """How near the names of themes are to a text: cosines."""
        if text not in self._named or not set(names) <= set(self._named[text]):
            self._named[text] = (
                self._engine.cosines(text, names) if self._engine is not None else {}
            )
        return self._named[text]

    def to_challenge(self, text: str, problem: str) -> float:
        """How close another challenge is; 0 where it is not close enough to be shown."""
        alike = self._pairs.get((text, problem), 0.0)
        spelt = letters(text, problem)
        close = alike >= SAME or spelt >= CLOSE_IN_LETTERS
        return max(alike, spelt / 100) if close else 0.0

    def _find(self, text: str) -> None:
        if text in self._found:
            return
        finding = self._engine.find(text) if self._engine is not None else None
        matches = finding.matches if finding is not None else ()
        self._found[text] = matches
        self._offered[text] = offered(finding) if finding is not None else ()


def offered(finding: Finding) -> tuple[Match, ...]:
    """The entries that are shown to whoever would post what was looked for."""
    shown = finding.matches[: OFFERED[finding.decision]]
    sure = finding.decision is Decision.ANSWER
    return tuple(match for match in shown if sure or match.score >= LIKELY)


def letters(text: str, other: str) -> float:
    """How alike two texts are in their words, in whatever order: 0 to 100."""
    return fuzz.token_sort_ratio(text, other, processor=_plain)


def _plain(text: str) -> str:
    return normalise(text).lower()
