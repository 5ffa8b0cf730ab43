"""From scores to a decision: weights that rank entries, and how sure that makes us.

The numbers are in ranking.json; tests/benchmarks/fit_ranking.py fits them and says how.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.features import Features, Scores
from knowledge.reading import Reading

Weights = Mapping[str, float]
_OF_THE_FIRST = (
    "problem",
    "whole",
    "solved",
    "typed_whole",
    "sentence_problem",
    "sentence_solved",
    "pieces_found",
    "pieces_covered",
    "bm25_whole",
    "covered_whole",
)
CLUES = (
    "bias",
    "share",
    "score",
    "lead",
    "terms",
    "sentences",
    "elsewhere",
    "chatter",
    "chatter_lead",
    "elsewhere_lead",
    *_OF_THE_FIRST,
)


@dataclass(frozen=True)
class Ranking:
    """Fitted numbers for one kind of engine (with the sentence model, or words alone).

    `weights` rank entries by their features; `right` weighs the clues that the first one is
    right; at `answer` and `suggest` or above (probabilities) it is answered or offered.
    """

    weights: Weights
    right: Weights
    answer: float
    suggest: float

    def scores(self, features: Features) -> Scores:
        """One score for each entry: the higher, the likelier. Meaningful between entries."""
        weights = np.array([self.weights[name] for name in features.names], dtype=np.float32)
        return features.matrix @ weights

    def certainty(self, clues: NDArray[np.float64]) -> float:
        """The probability that the first entry answers the question."""
        weights = np.array([self.right[name] for name in CLUES])
        return float(1.0 / (1.0 + np.exp(-np.clip(clues @ weights, -50.0, 50.0))))


def clues(features: Features, scores: Scores, reading: Reading) -> NDArray[np.float64]:
    """What tells a right first entry from a wrong one, in the order of CLUES."""
    order = np.argsort(-scores, kind="stable")[:2]
    first = int(order[0])
    lead = float(scores[first] - scores[int(order[1])]) if len(order) > 1 else _ALONE
    nearest = max(_of(features, name, first) for name in _NEAREST)
    return np.array(
        [
            1.0,
            shares(scores)[first],
            float(scores[first]),
            min(lead, _ALONE),
            min(len(reading.terms), _MANY_TERMS) / _MANY_TERMS,
            min(len(reading.sentences), _MANY_SENTENCES) / _MANY_SENTENCES,
            features.elsewhere,
            features.chatter,
            max(features.chatter - nearest, 0.0),
            max(features.elsewhere - nearest, 0.0),
            *(_of(features, name, first) for name in _OF_THE_FIRST),
        ]
    )


def _of(features: Features, name: str, place: int) -> float:
    return float(features.column(name)[place]) if name in features.names else 0.0


_NEAREST = ("problem", "whole", "sentence_problem", "sentence_solved")
"""An entry is as near as its nearest text to any sentence."""
_ALONE = 5.0
"""The lead of an entry that has no rival, in units of score."""
_MANY_TERMS = 12
_MANY_SENTENCES = 4


def shares(scores: Scores) -> NDArray[np.float64]:
    """The scores as shares of 1 (softmax), shape (entries,)."""
    powers = np.exp(scores.astype(np.float64) - float(scores.max()))
    return np.asarray(powers / powers.sum())


@functools.cache
def rankings() -> Mapping[str, Ranking]:
    """The fitted numbers by kind: "meaning" with the sentence model, "words" without."""
    file = importlib.resources.files("knowledge") / "ranking.json"
    fitted = json.loads(file.read_text("utf-8"))
    return {kind: Ranking(**fitted[kind]) for kind in ("meaning", "words")}
