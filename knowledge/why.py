"""Why an entry was found, in parts that a sentence can be made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from knowledge.glossary import Expansion
from knowledge.meaning import Meaning, Vectors
from knowledge.reading import Reading
from knowledge.snapshot import Snapshot
from knowledge.spelling import Correction

_ROUNDING = np.float32(0.005)
"""More than what solutions gain by being rounded: on a tie it was the problem."""


class Part(StrEnum):
    """The part of an entry that is nearest to the question."""

    PROBLEM = "problem"
    PHRASE = "phrase"
    SOLUTION = "solution"


@dataclass(frozen=True)
class Why:
    """`words` are the officer's own that the entry shares, in the order asked.

    `also_means` are the abbreviations read by the glossary, `corrections` the slips set right, as
    far as the entry shares them. `part` says which text is nearest in meaning, and `number` which
    of its phrases (from 1) or solutions (the number on its card); None without the sentence model.
    """

    words: tuple[str, ...] = ()
    also_means: tuple[Expansion, ...] = ()
    corrections: tuple[Correction, ...] = ()
    part: Part | None = None
    number: int | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "words": list(self.words),
            "also_means": [{"term": e.term, "means": e.means} for e in self.also_means],
            "corrections": [{"wrong": c.wrong, "right": c.right} for c in self.corrections],
            "text": None if self.part is None else self.part.value,
            "number": self.number,
        }


def why(snapshot: Snapshot, reading: Reading, slot: int, asked: Vectors | None) -> Why:
    """`asked` is the vector of the question as understood."""
    shared = frozenset(t for t in reading.terms if snapshot.whole_words.holds(slot, t))
    part, number = (None, None)
    if snapshot.meaning is not None and asked is not None:
        part, number = _nearest(snapshot.meaning, slot, asked)
        if part is Part.SOLUTION and number is not None and slot in snapshot.numbers:
            number = snapshot.numbers[slot][number - 1]
    return Why(
        words=_own_words(reading.sources, shared),
        also_means=tuple(e for e in reading.expansions if shared & set(reading.stems(e.means))),
        corrections=tuple(c for c in reading.corrections if shared & set(reading.stems(c.right))),
        part=part,
        number=number,
    )


def _own_words(sources: Mapping[str, str], shared: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for stem, word in sources.items() if stem in shared))


def _nearest(meaning: Meaning, slot: int, asked: Vectors) -> tuple[Part, int | None]:
    slots = np.array([slot], dtype=np.int32)
    solutions = meaning.detail_likeness(slots, asked[np.newaxis])[0][:-1, 0]
    solutions -= _ROUNDING
    found: list[tuple[float, Part, int | None]] = [
        (float(meaning.problems[slot] @ asked), Part.PROBLEM, None)
    ]
    found += _numbered(Part.PHRASE, (meaning.of_phrases(slot) @ asked).tolist())
    found += _numbered(Part.SOLUTION, solutions.tolist())
    _, part, number = max(found, key=lambda one: one[0])
    return part, number


def _numbered(part: Part, scores: Sequence[float]) -> list[tuple[float, Part, int | None]]:
    return [(score, part, number) for number, score in enumerate(scores, start=1)]
