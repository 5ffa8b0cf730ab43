"""Whether two texts say the same: for texts that no collection holds.

Two vague texts are near to each other because both are near to everything. So from their cosine
goes how near each is to other subjects in general (CSLS: Conneau et al., Word translation without
parallel data, ICLR 2018). Comparing word piece by word piece gained nothing here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from knowledge.meaning import Vectors
from knowledge.semantic import Embedder

_AROUND = 30
"""The nearest other subjects that tell how near a text is to anything."""
MOST_AT_ONCE = 60
"""New texts that are embedded for one comparison, which takes some milliseconds each."""


class Alike:
    """Remembers the vectors of the texts that it was asked about last. Threads may share one."""

    def __init__(self, embedder: Embedder, others: Vectors) -> None:
        self._embedder = embedder
        self._others = others
        self._known: Mapping[bytes, Vectors] = {}

    def scores(
        self, text: str, others: Sequence[str], understood: Callable[[str], str]
    ) -> Mapping[str, float]:
        """How surely each of the others says the same as the text: cosines, corrected.

        Where too many are new, only the first of these are in it; the rest comes another time.
        """
        vectors = self._vectors((text, *others), understood)
        near = self.cosines(text, [one for one in others if one in vectors], understood)
        around = {one: self._around(vector) for one, vector in vectors.items()}
        return {one: cosine - (around[text] + around[one]) / 2 for one, cosine in near.items()}

    def cosines(
        self, text: str, others: Sequence[str], understood: Callable[[str], str]
    ) -> Mapping[str, float]:
        vectors = self._vectors((text, *others), understood)
        return {one: float(vectors[one] @ vectors[text]) for one in others if one in vectors}

    def _around(self, vector: Vectors) -> float:
        return float(np.sort(self._others @ vector)[-_AROUND:].mean())

    def _vectors(
        self, texts: Sequence[str], understood: Callable[[str], str]
    ) -> dict[str, Vectors]:
        """By text; nothing that anybody wrote is remembered, but a digest and a vector."""
        keys = {text: hashlib.sha256(text.encode()).digest() for text in texts}
        known = self._known
        new = [text for text, key in keys.items() if key not in known][:MOST_AT_ONCE]
        made = self._embedder.embed([understood(text) for text in new]) if new else ()
        there = {key: known[key] for key in keys.values() if key in known}
        there |= {keys[text]: vector for text, vector in zip(new, made, strict=True)}
        self._known = {**_latest(known), **there}
        return {text: there[key] for text, key in keys.items() if key in there}


_REMEMBERED = 1_000


def _latest(known: Mapping[bytes, Vectors]) -> Mapping[bytes, Vectors]:
    return dict(list(known.items())[-_REMEMBERED:])
