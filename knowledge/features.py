"""The scores by which entries are compared with a question, side by side and by name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.reading import Reading
from knowledge.snapshot import Block, Snapshot
from knowledge.vectors import Vectors

Scores = NDArray[np.float32]

WORD_FEATURES = ("bm25_problem", "bm25_whole", "covered_problem", "covered_whole")
MEANING_FEATURES = (
    "typed_problem",
    "typed_whole",
    "problem",
    "whole",
    "solution",
    "second_solution",
    "sentence_problem",
    "sentence_whole",
)
FEATURES = WORD_FEATURES + MEANING_FEATURES


@dataclass(frozen=True)
class Features:
    """`matrix` has one row for each entry of the snapshot and one column for each of `names`.

    `elsewhere` is the likeness (cosine) to the nearest subject that is not this network's.
    """

    names: tuple[str, ...]
    matrix: Scores
    elsewhere: float = 0.0

    def column(self, name: str) -> Scores:
        return self.matrix[:, self.names.index(name)]


def features(
    snapshot: Snapshot, reading: Reading, vectors: Vectors | None, strange: Vectors | None = None
) -> Features:
    """Compare a question with every entry; `vectors` are those of `reading.wordings`, in order.

    `strange` are the vectors of the subjects that are not this network's.
    """
    columns = _word_columns(snapshot, reading)
    names: tuple[str, ...] = WORD_FEATURES
    if vectors is not None and snapshot.problems and snapshot.solutions and snapshot.wholes:
        columns += _meaning_columns(
            reading, vectors, snapshot.problems, snapshot.solutions, snapshot.wholes
        )
        names = FEATURES
    return Features(names, np.stack(columns, axis=1), _elsewhere(reading, vectors, strange))


def _elsewhere(reading: Reading, vectors: Vectors | None, strange: Vectors | None) -> float:
    if vectors is None or strange is None:
        return 0.0
    return float((strange @ vectors[reading.wordings.index(reading.understood)]).max())


def _word_columns(snapshot: Snapshot, reading: Reading) -> list[Scores]:
    problem, whole = snapshot.problem_words, snapshot.whole_words
    # Divided by the root of what the question could score, long and short questions compare.
    return [
        problem.scores(reading.terms) / _root(sum(map(problem.rarity, reading.terms))),
        whole.scores(reading.terms) / _root(sum(map(whole.rarity, reading.terms))),
        problem.coverage(reading.terms),
        whole.coverage(reading.terms),
    ]


def _root(worth: float) -> np.float32:
    return np.float32(worth**0.5 or 1.0)


def _meaning_columns(
    reading: Reading, vectors: Vectors, problems: Block, solutions: Block, wholes: Block
) -> list[Scores]:
    place = {text: row for row, text in enumerate(reading.wordings)}
    typed, understood = place[reading.typed], place[reading.understood]
    parts = [place[sentence] for sentence in reading.sentences] or [understood]
    problem = _best(problems, vectors)
    whole = wholes.matrix @ vectors.T
    first, second = _best_two(solutions, vectors[understood])
    return [
        problem[:, typed],
        whole[:, typed],
        problem[:, understood],
        whole[:, understood],
        first,
        second,
        problem[:, parts].max(axis=1),
        whole[:, parts].max(axis=1),
    ]


def _best(block: Block, vectors: Vectors) -> Scores:
    """The likeness of each entry's nearest row to each vector, shape (entries, vectors)."""
    likeness = block.matrix @ vectors.T
    if len(block.starts) == 1:
        return np.zeros((0, len(vectors)), dtype=np.float32)
    return np.maximum.reduceat(likeness, block.starts[:-1], axis=0)


def _best_two(block: Block, vector: Vectors) -> tuple[Scores, Scores]:
    """The likeness of each entry's nearest and second nearest row (of the only one, twice)."""
    if len(block.starts) == 1:
        return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
    likeness = block.matrix @ vector
    best = np.maximum.reduceat(likeness, block.starts[:-1])
    sizes = np.diff(block.starts)
    rest = np.where(likeness == np.repeat(best, sizes), np.float32(-1), likeness)
    second = np.maximum.reduceat(rest, block.starts[:-1])
    return best, np.where(second < -0.99, best, second)
