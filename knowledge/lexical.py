"""BM25 over the words of the entries, in a few lines of numpy.

bm25s was tried and left: it answers for every document of one field at a time and must be rebuilt
for each new one. Here one posting list serves several fields and a query touches only its words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_K1 = 1.2
_B = 0.75
"""The usual values (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""


class Bm25:
    """BM25 over documents given as lists of terms. Immutable."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self.size = len(documents)
        lengths = np.array([len(document) for document in documents], dtype=np.float32)
        mean = float(lengths.mean()) if self.size else 1.0
        norms = _K1 * (1 - _B + _B * lengths / max(mean, 1.0))
        postings: dict[str, tuple[list[int], list[int]]] = {}
        for number, document in enumerate(documents):
            for term, count in Counter(document).items():
                where, counts = postings.setdefault(term, ([], []))
                where.append(number)
                counts.append(count)
        self._postings: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = {}
        for term, (where, counts) in postings.items():
            at = np.array(where, dtype=np.int32)
            often = np.array(counts, dtype=np.float32)
            weight = self.rarity_of(len(where))
            worth = weight * often * (_K1 + 1) / (often + norms[at])
            self._postings[term] = (at, np.asarray(worth, dtype=np.float32))

    def rarity_of(self, documents: int) -> float:
        """What a term in so many documents is worth (never negative)."""
        return math.log1p((self.size - documents + 0.5) / (documents + 0.5))

    def rarity(self, term: str) -> float:
        posting = self._postings.get(term)
        return self.rarity_of(0 if posting is None else len(posting[0]))

    def holds(self, document: int, term: str) -> bool:
        posting = self._postings.get(term)
        if posting is None:
            return False
        at = int(np.searchsorted(posting[0], document))
        return at < len(posting[0]) and int(posting[0][at]) == document

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """One score for each document, shape (documents,); a repeated term counts once."""
        total = np.zeros(self.size, dtype=np.float32)
        for term in dict.fromkeys(query):
            posting = self._postings.get(term)
            if posting is not None:
                total[posting[0]] += posting[1]
        return total

    def coverage(self, query: Sequence[str]) -> NDArray[np.float32]:
        """The share of the query's rarity that each document holds, 0 to 1, shape (documents,)."""
        total = np.zeros(self.size, dtype=np.float32)
        whole = 0.0
        for term in dict.fromkeys(query):
            weight = self.rarity(term)
            whole += weight
            posting = self._postings.get(term)
            if posting is not None:
                total[posting[0]] += weight
        return total / np.float32(whole) if whole else total
