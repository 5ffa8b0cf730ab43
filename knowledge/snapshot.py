"""What the engine searches: one immutable picture of all live entries, ready for numpy."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.glossary import Glossary
from knowledge.lexical import Bm25
from knowledge.spelling import Speller
from knowledge.text import normalise, terms, words
from knowledge.vectors import Vectors, Wording

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Vectors of one kind, those of one entry side by side: rows starts[i] to starts[i + 1]."""

    matrix: Vectors
    starts: Rows


@dataclass(frozen=True)
class Snapshot:
    """All live entries at one version, in the order of their ids.

    The blocks are None where there is no sentence model.
    """

    version: int
    ids: tuple[str, ...]
    glossary: Glossary
    speller: Speller
    problem_words: Bm25
    whole_words: Bm25
    problems: Block | None
    solutions: Block | None
    wholes: Block | None

    def place(self, entry_id: str) -> int | None:
        at = bisect.bisect_left(self.ids, entry_id)
        return at if at < len(self.ids) and self.ids[at] == entry_id else None

    def shared_terms(self, place: int, asked: Sequence[str]) -> tuple[str, ...]:
        return tuple(term for term in asked if self.whole_words.holds(place, term))


def snapshot(
    version: int,
    wordings: Sequence[Wording],
    vectors: Mapping[str, Vectors] | None,
    glossary: Glossary,
) -> Snapshot:
    """Build the picture. `vectors` has every wording's, or is None without a sentence model."""
    known = sorted(wordings, key=lambda wording: wording.entry_id)
    problems, solutions, wholes = (None, None, None) if vectors is None else _blocks(known, vectors)
    problem_terms = [_terms((w.problem, *w.phrases), glossary) for w in known]
    solution_terms = [_terms(w.solutions, glossary) for w in known]
    return Snapshot(
        version=version,
        ids=tuple(wording.entry_id for wording in known),
        glossary=glossary,
        speller=Speller(_vocabulary(known, glossary)),
        problem_words=Bm25(problem_terms),
        whole_words=Bm25([a + b for a, b in zip(problem_terms, solution_terms, strict=True)]),
        problems=problems,
        solutions=solutions,
        wholes=wholes,
    )


def _terms(texts: Sequence[str], glossary: Glossary) -> list[str]:
    return [term for text in texts for term in terms(glossary.expand(normalise(text))[0])]


def _vocabulary(known: Sequence[Wording], glossary: Glossary) -> Counter[str]:
    counts = Counter(glossary.vocabulary())
    for wording in known:
        for text in (wording.problem, *wording.phrases, *wording.solutions):
            counts.update(words(normalise(text)))
    return counts


def _blocks(known: Sequence[Wording], vectors: Mapping[str, Vectors]) -> tuple[Block, Block, Block]:
    problems: list[Vectors] = []
    solutions: list[Vectors] = []
    wholes: list[Vectors] = []
    for wording in known:
        rows = vectors[wording.entry_id]
        ways = 1 + len(wording.phrases)
        problems.append(rows[:ways])
        solutions.append(rows[ways:-1] if wording.solutions else rows[:1])
        wholes.append(rows[-1:])
    return _block(problems), _block(solutions), _block(wholes)


def _block(parts: Sequence[Vectors]) -> Block:
    sizes = [len(part) for part in parts]
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    matrix = np.vstack(parts) if parts else np.zeros((0, 0), dtype=np.float32)
    return Block(np.ascontiguousarray(matrix, dtype=np.float32), starts)
