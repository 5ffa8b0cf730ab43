"""Mistyped words, set right against the network's own vocabulary.

A general list of English words guards the good ones: what is in it is never touched, and a slip
that is nearer to an ordinary word than to one of ours becomes that ordinary word.
"""

from __future__ import annotations

import functools
import importlib.resources
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import stem, words

_SHORTEST = 4
"""Letters: a shorter unknown word has too many neighbours to be corrected with any confidence."""
_TWO_SLIPS_FROM = 7
"""Letters from which a word may hold two slips."""
_OWN_BONUS = 0.6
"""How much nearer, in slips, a word of the network's own vocabulary is taken to be."""
_OTHER_FIRST_LETTER = 0.6
"""What it costs, in slips, to change the first letter: people seldom miss it."""
_LETTER_LEFT_OUT = -0.15
_LETTERS_SWAPPED = -0.15
"""The commonest slips are a little nearer than a letter too many or a wrong one."""
_RARITY = 0.06
"""Slips per tenfold rarity of a word: between equally near words the commoner wins."""
_RAREST = 100_000
"""Occurrences in the list's corpus under which a general word is no target for a correction."""
_PREFIXES = (
    "un",
    "re",
    "non",
    "inter",
    "over",
    "under",
    "mis",
    "pre",
    "multi",
    "sub",
    "anti",
    "co",
)
_SUFFIXES = (("ies", "y"), ("ier", "y"), ("s", ""), ("'s", ""), ("like", ""), ("wide", ""))
_MOST_CORRECTIONS = 40
"""Words of one text that are looked at; a text with more unknown words is not English."""


@dataclass(frozen=True)
class Correction:
    wrong: str
    right: str


@functools.cache
def general_words() -> Mapping[str, int]:
    """About 83,000 English words, British spellings among them, with their frequency.

    From symspellpy (MIT): Google Books Ngrams crossed with the SCOWL spell-checking lists.
    """
    file = importlib.resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = file.read_text("utf-8-sig").splitlines()
    return {word: int(count) for word, _, count in (line.partition(" ") for line in lines)}


class Speller:
    """Corrects against `own` words (with how often they occur) and the general list. Immutable."""

    def __init__(self, own: Mapping[str, int]) -> None:
        self._own = dict.fromkeys(own, 1)
        self._stems = {stem(word) for word in own}
        self._shelves: dict[tuple[str, int], list[str]] = {}
        for word in own:
            if word.isalpha() and len(word) >= _SHORTEST:
                self._shelve(word)

    def with_words(self, more: Mapping[str, int]) -> Speller:
        """The same that knows these words too."""
        return self if more.keys() <= self._own.keys() else Speller({**self._own, **more})

    def knows(self, word: str) -> bool:
        """Whether a lower-case word needs no correction."""
        if word in self._own or word in general_words() or not word.isalpha():
            return True
        if len(word) > _SHORTEST and stem(word) != word and stem(word) in self._stems:
            return True
        return self._derived(word)

    def _derived(self, word: str) -> bool:
        """Whether it is a good word with a usual beginning or ending: no list has them all."""
        rests = [word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)]
        rests += [
            word.removesuffix(ending) + new for ending, new in _SUFFIXES if word.endswith(ending)
        ]
        return any(
            len(rest) >= _SHORTEST and (rest in self._own or general_words().get(rest, 0) > _RAREST)
            for rest in rests
        )

    def corrections(self, text: str) -> tuple[Correction, ...]:
        """The corrections for a normalised text, in the order of its words."""
        unknown = dict.fromkeys(word for word in words(text) if self._doubtful(word))
        found: list[Correction] = []
        for word in list(unknown)[:_MOST_CORRECTIONS]:
            right = self._nearest(word)
            if right is not None:
                found.append(Correction(word, right))
        return tuple(found)

    def _doubtful(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word.isascii() and not self.knows(word)

    def _nearest(self, word: str) -> str | None:
        slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        best: tuple[float, str] | None = None
        for shelf in self._neighbours(word, slips):
            for candidate, distance, _ in process.extract(
                word, shelf, scorer=OSA.distance, score_cutoff=slips, limit=None
            ):
                cost = self._cost(word, candidate, distance)
                if best is None or (cost, candidate) < best:
                    best = (cost, candidate)
        return None if best is None else best[1]

    def _cost(self, word: str, candidate: str, distance: float) -> float:
        own = self._own.get(candidate, 0)
        common = general_words().get(candidate, _RAREST)
        cost = distance - _RARITY * math.log10(common / _RAREST)
        if own:
            cost -= _OWN_BONUS
        if len(candidate) > len(word):
            cost += _LETTER_LEFT_OUT
        elif len(candidate) == len(word) and sorted(candidate) == sorted(word):
            cost += _LETTERS_SWAPPED
        if word[0] != candidate[0] and word[:2] != candidate[1::-1]:
            cost += _OTHER_FIRST_LETTER
        return cost

    def _neighbours(self, word: str, slips: int) -> Iterable[list[str]]:
        firsts = dict.fromkeys((word[0], word[1]))
        for length in range(len(word) - slips, len(word) + slips + 1):
            for first in firsts:
                yield self._shelves.get((first, length), [])
                yield _general_shelves().get((first, length), [])

    def _shelve(self, word: str) -> None:
        self._shelves.setdefault((word[0], len(word)), []).append(word)


@functools.cache
def _general_shelves() -> Mapping[tuple[str, int], list[str]]:
    shelves: dict[tuple[str, int], list[str]] = {}
    for word, count in general_words().items():
        if count >= _RAREST and len(word) >= _SHORTEST:
            shelves.setdefault((word[0], len(word)), []).append(word)
    return shelves
