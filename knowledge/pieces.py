"""A text piece by piece: each word piece as the sentence model sees it in its context.

A question and a problem are laid side by side: how near does each piece of the one have a piece of
the other (MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020, here without training)? Two values of a
vector share one byte, which costs nothing that the questions would show and seven eighths less
memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.rows import Rows

Vectors = NDArray[np.float32]
Slots = NDArray[np.int32]
Packed = NDArray[np.uint8]
_STEPS = 7
_SPREAD = np.float32(2.6)
"""Standard deviations of a vector's values that the steps reach to."""


def pack(pieces: Vectors) -> Packed:
    """Vectors of shape (pieces, dims) as half bytes, shape (pieces, dims / 2)."""
    reach = _SPREAD * np.maximum(pieces.std(axis=1, keepdims=True), np.float32(1e-9))
    steps = (np.clip(np.rint(pieces / reach * _STEPS), -_STEPS, _STEPS) + 8).astype(np.uint8)
    return np.asarray(steps[:, 0::2] << 4 | steps[:, 1::2], dtype=np.uint8)


def products(packed: Packed, asked: Vectors) -> Vectors:
    """What packed vectors and whole ones have in common, shape (packed, asked), in steps."""
    # The two halves of a byte are multiplied apart: nothing is put together first.
    high = (packed >> 4).astype(np.float32) @ asked[:, 0::2].T
    low = (packed & 15).astype(np.float32) @ asked[:, 1::2].T
    return np.asarray(high + low - 8 * asked.sum(axis=1))


_SQUARES = np.array([((b >> 4) - 8) ** 2 + ((b & 15) - 8) ** 2 for b in range(256)], dtype=np.uint8)


def lengths(packed: Packed) -> Vectors:
    """How long packed vectors are, in steps."""
    return np.asarray(np.sqrt(_SQUARES[packed].sum(axis=1, dtype=np.float32)))


@dataclass(frozen=True)
class Pieces:
    """The pieces of all wordings (problems and phrases), each wording being of a slot."""

    rows: Packed
    lengths: Vectors
    slots: Slots
    starts: Slots
    counts: Slots

    def likeness_of(self, slots: Slots, asked: Vectors) -> tuple[Vectors, Vectors]:
        """For each of `slots` (ascending), by its nearest wording: how near the question's pieces
        (shape (pieces, dims)) are found in it, and how near its pieces are found in the question.
        """
        if not len(slots):
            return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
        at = np.minimum(np.searchsorted(slots, self.slots), len(slots) - 1)
        chosen = np.flatnonzero(slots[at] == self.slots)
        counts = self.counts[chosen].astype(np.intp)
        first = np.cumsum(counts) - counts
        rows = np.repeat(self.starts[chosen] - first, counts) + np.arange(int(counts.sum()))
        likeness = products(self.rows[rows], asked) / self.lengths[rows][:, np.newaxis]
        found = np.maximum.reduceat(likeness, first, axis=0).mean(axis=1)
        covered = np.add.reduceat(likeness.max(axis=1), first) / counts
        return _nearest(found, at[chosen], len(slots)), _nearest(covered, at[chosen], len(slots))


def _nearest(likeness: NDArray[np.floating[Any]], at: NDArray[np.intp], size: int) -> Vectors:
    best = np.full(size, -1, dtype=np.float32)
    np.maximum.at(best, at, likeness.astype(np.float32))
    return best


class GrowingPieces:
    """The same while entries come in; `picture` is what readers get."""

    def __init__(self, width: int) -> None:
        self._rows = Rows(np.uint8, width=width)
        self._lengths = Rows(np.float32)
        self._slots = Rows(np.int32)
        self._starts = Rows(np.int32)
        self._counts = Rows(np.int32)

    def extend(self, slots: Slots, entries: Sequence[Sequence[Packed]]) -> None:
        """The pieces of some entries' problems and phrases."""
        wordings = [pieces for one in entries for pieces in one]
        counts = np.array([len(pieces) for pieces in wordings], dtype=np.int32)
        self._slots.append(np.repeat(slots, [len(one) for one in entries]))
        self._starts.append((len(self._rows) + np.cumsum(counts) - counts).astype(np.int32))
        self._counts.append(counts)
        rows = np.concatenate(wordings)
        self._rows.append(rows)
        self._lengths.append(lengths(rows))

    def picture(self) -> Pieces:
        return Pieces(
            self._rows.view,
            self._lengths.view,
            self._slots.view,
            self._starts.view,
            self._counts.view,
        )
