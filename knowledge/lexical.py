"""BM25 over the words of the entries, in a few lines of numpy.

bm25s was tried and left: it answers for every document of one field at a time and must be rebuilt
for each new one. Here a document is added or taken out without touching the others, and scores are
worked out only for the candidates.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.rows import Rows

Slots = NDArray[np.int32]
Floats = NDArray[np.float32]
_K1 = 1.2
_B = 0.75
"""The usual values (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""
_ROUGH_TERMS = 6
"""The rarest words of a question, which candidates are chosen by."""


class Bm25:
    """BM25 over documents in numbered slots, given as lists of terms. Immutable for its readers."""

    def __init__(self, documents: Iterable[Sequence[str]] = ()) -> None:
        self._postings: dict[str, tuple[Slots, Floats]] = {}
        self._growing: Rows[np.float32] = Rows(np.float32)
        self._lengths: Floats = self._growing.view
        self.size = 0
        self._total = 0.0
        self._add(documents)

    def changed(self, gone: Sequence[int], documents: Iterable[Sequence[str]]) -> Bm25:
        """The same without the slots in `gone` and with more documents in the next slots."""
        new = Bm25()
        new._postings = dict(self._postings)
        new._growing = self._growing
        new._lengths = self._lengths
        new.size = self.size - len(gone)
        new._total = self._total - float(self._lengths[list(gone)].sum())
        if gone:
            new._take_out(np.array(sorted(gone), dtype=np.int32))
        new._add(documents)
        return new

    def _add(self, documents: Iterable[Sequence[str]]) -> None:
        first = len(self._growing)
        found: dict[str, tuple[list[int], list[int]]] = {}
        lengths: list[int] = []
        for number, document in enumerate(documents, start=first):
            lengths.append(len(document))
            for term, count in Counter(document).items():
                where, counts = found.setdefault(term, ([], []))
                where.append(number)
                counts.append(count)
        for term, (where, counts) in found.items():
            slots, often = np.array(where, dtype=np.int32), np.array(counts, dtype=np.float32)
            there = self._postings.get(term)
            if there is not None:
                slots, often = np.append(there[0], slots), np.append(there[1], often)
            self._postings[term] = (slots, often)
        self._growing.append(np.array(lengths, dtype=np.float32))
        self._lengths = self._growing.view
        self.size += len(lengths)
        self._total += float(sum(lengths))

    def _take_out(self, gone: Slots) -> None:
        for term, (slots, often) in list(self._postings.items()):
            at = np.searchsorted(slots, gone)
            hit = slots[np.minimum(at, len(slots) - 1)] == gone
            if not hit.any():
                continue
            if hit.sum() == len(slots):
                del self._postings[term]
            else:
                self._postings[term] = (np.delete(slots, at[hit]), np.delete(often, at[hit]))

    def rarity(self, term: str) -> float:
        """What a term is worth by how few documents hold it (never negative)."""
        posting = self._postings.get(term)
        documents = 0 if posting is None else len(posting[0])
        return math.log1p((self.size - documents + 0.5) / (documents + 0.5))

    def holds(self, slot: int, term: str) -> bool:
        return bool(self._counts(term, np.array([slot], dtype=np.int32))[0])

    def rough(self, query: Sequence[str], slots: int) -> Floats:
        """The rarity of the query's terms that each slot holds: quick, to choose candidates by."""
        total = np.zeros(slots, dtype=np.float32)
        for term in sorted(query, key=self.rarity)[-_ROUGH_TERMS:]:
            posting = self._postings.get(term)
            if posting is not None:
                total[posting[0]] += np.float32(self.rarity(term))
        return total

    def scores(self, query: Sequence[str], slots: Slots) -> tuple[Floats, Floats]:
        """BM25, and the share of the query's rarity held (0 to 1), for each of `slots`."""
        mean = max(self._total / self.size, 1.0) if self.size else 1.0
        norms = _K1 * (1 - _B + _B * self._lengths[slots] / np.float32(mean))
        total = np.zeros(len(slots), dtype=np.float32)
        held = np.zeros(len(slots), dtype=np.float32)
        whole = 0.0
        for term in query:
            weight = self.rarity(term)
            whole += weight
            if term in self._postings:
                often = self._counts(term, slots)
                total += np.float32(weight * (_K1 + 1)) * often / (often + norms)
                held += np.float32(weight) * (often > 0)
        return total, held / np.float32(whole or 1.0)

    def _counts(self, term: str, slots: Slots) -> Floats:
        posting = self._postings.get(term)
        if posting is None:
            return np.zeros(len(slots), dtype=np.float32)
        at = np.minimum(np.searchsorted(posting[0], slots), len(posting[0]) - 1)
        return np.where(posting[0][at] == slots, posting[1][at], np.float32(0))
