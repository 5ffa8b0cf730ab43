"""The scores by which entries are compared with a question, side by side and by name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.meaning import Meaning, Slots, Vectors
from knowledge.reading import Reading
from knowledge.semantic import Embedded
from knowledge.snapshot import Snapshot

Scores = NDArray[np.float32]

WORD_FEATURES = ("bm25_problem", "bm25_whole", "covered_problem", "covered_whole")
MEANING_FEATURES = (
    "typed_problem",
    "typed_whole",
    "typed_solved",
    "problem",
    "whole",
    "solved",
    "sentence_problem",
    "sentence_solved",
    "problem_by_length",
    "whole_by_length",
    "pieces_found",
    "pieces_covered",
)
FEATURES = WORD_FEATURES + MEANING_FEATURES
_LONG = 20
"""Different terms from which a question counts as long."""


@dataclass(frozen=True)
class Features:
    """`matrix` has one row for each candidate in `slots` and one column for each of `names`.

    `elsewhere` and `chatter` are the likeness (cosine) to the nearest subject that is not this
    network's, and to the nearest thing that people say in passing.
    """

    names: tuple[str, ...]
    matrix: Scores
    slots: Slots
    elsewhere: float = 0.0
    chatter: float = 0.0

    def column(self, name: str) -> Scores:
        return self.matrix[:, self.names.index(name)]


def features(
    snapshot: Snapshot,
    reading: Reading,
    asked: Embedded | None,
    strange: tuple[Vectors, Vectors] | None = None,
) -> Features:
    """Compare a question with the candidates; `asked` has `reading.wordings`, in order.

    `strange` are the vectors of the subjects that are not this network's, and of chatter.
    """
    meaning = snapshot.meaning
    if asked is None or meaning is None:
        slots = snapshot.candidates(reading.terms, None)
        return Features(WORD_FEATURES, _table(_word_columns(snapshot, reading, slots)), slots)
    slots = snapshot.candidates(reading.terms, _widely(snapshot, reading, asked.texts))
    columns = _word_columns(snapshot, reading, slots)
    columns += _meaning_columns(reading, asked.texts, meaning, slots)
    understood = reading.wordings.index(reading.understood)
    columns += meaning.pieces.likeness_of(slots, asked.pieces[understood])
    elsewhere, chatter = _strangeness(asked.texts[understood], strange)
    return Features(FEATURES, _table(columns), slots, elsewhere, chatter)


def _widely(snapshot: Snapshot, reading: Reading, vectors: Vectors) -> Vectors | None:
    """The likeness of every problem, where there are too many entries to look at each closely.

    One product for a question of one sentence: the text as typed says the same once more.
    """
    if snapshot.meaning is None or not snapshot.large:
        return None
    asked = dict.fromkeys((reading.understood, *reading.sentences))
    rows = [reading.wordings.index(text) for text in asked]
    return snapshot.meaning.problem_likeness(vectors[rows])


def _table(columns: list[Scores]) -> Scores:
    return np.stack(columns, axis=1)


def _strangeness(asked: Vectors, strange: tuple[Vectors, Vectors] | None) -> tuple[float, float]:
    if strange is None:
        return 0.0, 0.0
    return float((strange[0] @ asked).max()), float((strange[1] @ asked).max())


def _word_columns(snapshot: Snapshot, reading: Reading, slots: Slots) -> list[Scores]:
    problem, problem_share = snapshot.problem_words.scores(reading.terms, slots)
    whole, whole_share = snapshot.whole_words.scores(reading.terms, slots)
    # Divided by the root of what the question could score, long and short questions compare.
    return [
        problem / _root(sum(map(snapshot.problem_words.rarity, reading.terms))),
        whole / _root(sum(map(snapshot.whole_words.rarity, reading.terms))),
        problem_share,
        whole_share,
    ]


def _root(worth: float) -> np.float32:
    return np.float32(worth**0.5 or 1.0)


def _meaning_columns(
    reading: Reading, vectors: Vectors, meaning: Meaning, slots: Slots
) -> list[Scores]:
    place = {text: row for row, text in enumerate(reading.wordings)}
    typed, understood = place[reading.typed], place[reading.understood]
    parts = [place[sentence] for sentence in reading.sentences] or [understood]
    problem = meaning.problem_likeness_of(slots, vectors)
    solved, whole = meaning.solved_likeness_of(slots, vectors)
    length = np.float32(min(len(reading.terms), _LONG) / _LONG)
    return [
        problem[:, typed],
        whole[:, typed],
        solved[:, typed],
        problem[:, understood],
        whole[:, understood],
        solved[:, understood],
        problem[:, parts].max(axis=1),
        solved[:, parts].max(axis=1),
        problem[:, understood] * length,
        whole[:, understood] * length,
    ]
