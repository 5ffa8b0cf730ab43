"""The sentence vectors of all entries, laid out for searching.

Every problem is one row of one float32 matrix, which a question is compared with in one product.
Solutions and whole entries are looked at only for the candidates; they are kept as bytes (a scale
for each row), which costs under 0.001 of a cosine and three quarters less memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.pieces import GrowingPieces, Packed, Pieces
from knowledge.rows import Rows

Vectors = NDArray[np.float32]
Slots = NDArray[np.int32]
_STEPS = np.float32(127)


@dataclass(frozen=True)
class Meaning:
    """One picture of the vectors. A slot's solutions stand side by side, its whole comes last.

    Each solution is embedded behind its problem; `focus` is the length of their mean.
    """

    problems: Vectors
    phrases: Vectors
    phrase_slots: Slots
    details: NDArray[np.int8]
    scales: Vectors
    starts: Slots
    sizes: Slots
    focus: Vectors
    pieces: Pieces

    def problem_likeness(self, vectors: Vectors) -> Vectors:
        """The likeness of each slot's nearest wording to each vector, shape (slots, vectors)."""
        found = _times(self.problems, vectors)
        if len(self.phrases):
            np.maximum.at(found, self.phrase_slots, _times(self.phrases, vectors))
        return found

    def problem_likeness_of(self, slots: Slots, vectors: Vectors) -> Vectors:
        """The same for some slots alone (ascending)."""
        found: Vectors = self.problems[slots] @ vectors.T
        if len(self.phrases) and len(slots):
            at = np.minimum(np.searchsorted(slots, self.phrase_slots), len(slots) - 1)
            hit = slots[at] == self.phrase_slots
            np.maximum.at(found, at[hit], self.phrases[hit] @ vectors.T)
        return found

    def detail_likeness(self, slots: Slots, vectors: Vectors) -> tuple[Vectors, NDArray[np.intp]]:
        """The likeness of the rows of `slots`, and where each slot's rows begin."""
        sizes = self.sizes[slots].astype(np.intp)
        first = np.cumsum(sizes) - sizes
        rows = np.repeat(self.starts[slots] - first, sizes) + np.arange(int(sizes.sum()))
        likeness: Vectors = self.details[rows].astype(np.float32) @ vectors.T
        likeness *= self.scales[rows][:, np.newaxis]
        return likeness, first

    def solved_likeness_of(self, slots: Slots, vectors: Vectors) -> tuple[Vectors, Vectors]:
        """The likeness of each slot's solutions together, and of its whole, to each vector."""
        rows, first = self.detail_likeness(slots, vectors)
        ends = first + self.sizes[slots] - 1
        whole = rows[ends]
        if not len(slots):
            return whole, whole
        sums = np.add.reduceat(rows, first, axis=0) - whole
        together = sums / ((ends - first) * self.focus[slots])[:, np.newaxis]
        return together.astype(np.float32), whole

    def of_phrases(self, slot: int) -> Vectors:
        return np.asarray(self.phrases[self.phrase_slots == slot])

    def whole(self, slot: int) -> Vectors:
        row = int(self.starts[slot] + self.sizes[slot]) - 1
        return np.asarray(self.details[row : row + 1] * self.scales[row], dtype=np.float32)


def _times(matrix: Vectors, vectors: Vectors) -> Vectors:
    if len(vectors) == 1:  # a matrix-vector product reads the matrix once and needs no copy
        return np.asarray((matrix @ vectors[0])[:, np.newaxis])
    return np.asarray(matrix @ vectors.T)


class GrowingMeaning:
    """The same while entries come in; `picture` is what readers get."""

    def __init__(self, width: int) -> None:
        self._problems = Rows(np.float32, width=width)
        self._phrases = Rows(np.float32, width=width)
        self._phrase_slots = Rows(np.int32)
        self._details = Rows(np.int8, width=width)
        self._scales = Rows(np.float32)
        self._starts = Rows(np.int32)
        self._sizes = Rows(np.int32)
        self._focus = Rows(np.float32)
        self._pieces = GrowingPieces(width // 2)

    def reserve(self, entries: int) -> None:
        self._problems.reserve(entries)

    def extend(self, entries: Sequence[tuple[Vectors, Sequence[Packed]]]) -> None:
        """Some entries: the vectors of each problem, its phrases, its solutions and the whole, and
        the word pieces of the problem and the phrases.
        """
        first, phrases = len(self._problems), [len(pieces) - 1 for _, pieces in entries]
        slots = np.arange(first, first + len(entries), dtype=np.int32)
        self._problems.append(np.stack([rows[0] for rows, _ in entries]))
        self._phrases.append(
            np.concatenate([r[1 : 1 + n] for (r, _), n in zip(entries, phrases, strict=True)])
        )
        self._phrase_slots.append(np.repeat(slots, phrases))
        self._pieces.extend(slots, [pieces for _, pieces in entries])
        self._detail(
            [_details(rows, count) for (rows, _), count in zip(entries, phrases, strict=True)]
        )

    def _detail(self, details: Sequence[Vectors]) -> None:
        sizes = np.array([len(rows) for rows in details], dtype=np.int32)
        together = np.concatenate(details)
        scales = np.maximum(np.abs(together).max(axis=1), np.float32(1e-9)) / _STEPS
        ends = np.cumsum(sizes)
        self._starts.append((len(self._details) + ends - sizes).astype(np.int32))
        self._sizes.append(sizes)
        self._details.append(np.rint(together / scales[:, np.newaxis]).astype(np.int8))
        self._scales.append(scales.astype(np.float32))
        sums = np.add.reduceat(together, ends - sizes, axis=0) - together[ends - 1]
        focus = np.linalg.norm(sums, axis=1) / (sizes - 1)
        self._focus.append(np.maximum(focus, 1e-6).astype(np.float32))

    def picture(self) -> Meaning:
        return Meaning(
            self._problems.view,
            self._phrases.view,
            self._phrase_slots.view,
            self._details.view,
            self._scales.view,
            self._starts.view,
            self._sizes.view,
            self._focus.view,
            self._pieces.picture(),
        )


def _details(rows: Vectors, phrases: int) -> Vectors:
    """The solutions (of an entry that has none, the problem) and the whole."""
    return rows[1 + phrases :] if len(rows) > phrases + 2 else rows[[0, -1]]
