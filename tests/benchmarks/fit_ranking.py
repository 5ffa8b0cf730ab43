"""Fits knowledge/ranking.json: one set of weights and thresholds for every collection.

    .venv/bin/python -m tests.benchmarks.fit_ranking [--write]

Weights: a listwise logistic model (softmax over the entries, L2), on the officers' development
questions and on the StackFAQ questions of every third StackFAQ entry, as they are and mistyped.
Certainty: a logistic model over the clues, for "the first match is right"; texts out of scope have
no right one. Every figure that is printed, and both thresholds, come from questions about entries
(and texts out of scope) that the fit had not seen: five folds by entry, twice over with other
folds. StackFAQ is judged in docs/answer-engine.md on the entries that no fit saw as well. Every
fourth StackFAQ question, asked of the officers' entries, joins the fit of certainty as a text from
far outside.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.evaluation import throw_away_engine
from knowledge.features import FEATURES, WORD_FEATURES, Features
from knowledge.interchange import knowledge_rows, out_of_scope_rows, query_rows
from knowledge.ranking import CLUES, Ranking, clues
from knowledge.reading import Reading
from knowledge.search import Engine
from knowledge.semantic import load_model
from knowledge.small_talk import small_talk
from tests.benchmarks.mistype import mistyped

SHARED = Path(__file__).parents[2] / "../shared/eval"
OFFICERS = SHARED / "officers"
FAR_OFF = SHARED / "stackfaq"
TARGET = Path(__file__).parents[2] / "knowledge" / "ranking.json"
FOLDS = 5
SEEDS = range(2)
RANK_L2 = 0.03
CLUE_L2 = 0.003
COMPUTERS = 4
"""What the questions about computers count in the fit of the weights, beside the officers'."""
FAR_WEIGHT = 1.0
"""What one far-off question counts in the fit of certainty, beside one of the officers' texts."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One text with its features and the places of its right candidates (none: out of scope)."""

    features: Features
    reading: Reading
    right: tuple[int, ...]
    group: str
    kind: str | None


def case(engine: Engine, text: str, right: Sequence[str], group: str, kind: str | None) -> Case:
    compared, reading, ids = engine.compared(text)
    return Case(compared, reading, tuple(map(ids.index, right)), group, kind)


def cases(engine: Engine) -> list[Case]:
    known = frozenset(row.id for row in knowledge_rows(OFFICERS / "kb.json"))
    found = [
        case(engine, query.text, (query.entry, *query.also), query.entry, query.style)
        for query in query_rows(OFFICERS / "queries_dev.json", known)
    ]
    for number, row in enumerate(out_of_scope_rows(OFFICERS / "outofscope_dev.json")):
        if small_talk(row.text) is None:
            found.append(case(engine, row.text, (), f"out of scope {number}", row.kind))
    return found


def third(entry_id: str) -> bool:
    """Whether the fit may see the questions about a StackFAQ entry."""
    return int(entry_id[1:]) % 3 == 0


def computer_cases(engine: Engine) -> list[Case]:
    """Questions about computers asked of entries about computers, clean and mistyped."""
    known = frozenset(row.id for row in knowledge_rows(FAR_OFF / "kb.json"))
    asked = [q for q in query_rows(FAR_OFF / "queries.json", known) if third(q.entry)]
    clean = [case(engine, q.text, (q.entry, *q.also), q.entry, "computers") for q in asked]
    return clean + [
        case(engine, mistyped(q.text, seed), (q.entry, *q.also), q.entry, "mistyped")
        for seed, q in enumerate(asked, start=100_000)
    ]


def far_off(engine: Engine) -> list[Case]:
    known = frozenset(row.id for row in knowledge_rows(FAR_OFF / "kb.json"))
    return [
        case(engine, query.text, (), f"far off {number}", "far off")
        for number, query in enumerate(query_rows(FAR_OFF / "queries.json", known)[::4])
    ]


@dataclass(frozen=True)
class Lists:
    """Questions of one collection: features (questions, candidates, names) and which are right."""

    table: Floats
    right: NDArray[np.bool_]

    def slope(self, weights: Floats) -> Floats:
        scores = self.table @ weights
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        share = powers / powers.sum(axis=1, keepdims=True)
        wanted = share * self.right
        wanted /= wanted.sum(axis=1, keepdims=True)
        loss = np.einsum("nm,nmd->d", share - wanted, self.table) / len(self.table)
        return np.asarray(loss)


def lists(chosen: Sequence[Case]) -> Lists:
    inside = [case for case in chosen if case.right]
    table = np.stack([case.features.matrix for case in inside]).astype(np.float64)
    right = np.zeros(table.shape[:2], dtype=np.bool_)
    for row, one in enumerate(inside):
        right[row, list(one.right)] = True
    return Lists(table, right)


def fit_weights(chosen: Sequence[Case], computers: Sequence[Case]) -> dict[str, float]:
    names = chosen[0].features.names
    both = [lists(chosen), lists(computers)]
    spread = np.mean([one.table.std(axis=(0, 1)) for one in both], axis=0)
    both = [Lists(one.table / spread, one.right) for one in both]

    def slope(weights: Floats) -> Floats:
        return both[0].slope(weights) + COMPUTERS * both[1].slope(weights) + RANK_L2 * weights

    weights = descend(slope, len(names)) / spread
    return {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}


def fit_certainty(table: Floats, right: Floats, counts: Floats) -> dict[str, float]:
    spread = table.std(axis=0)
    spread[spread == 0] = 1
    scaled = table / spread

    def slope(weights: Floats) -> Floats:
        chance = 1 / (1 + np.exp(-scaled @ weights))
        return np.asarray(scaled.T @ (counts * (chance - right)) / counts.sum() + CLUE_L2 * weights)

    weights = descend(slope, table.shape[1]) / spread
    return {name: round(float(w), 4) for name, w in zip(CLUES, weights, strict=True)}


def descend(slope: Callable[[Floats], Floats], size: int) -> Floats:
    """Gradient descent with Adam's steps, from zero: convex, so it needs no luck."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, 401):
        gradient = slope(weights)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.3 if step < 250 else 0.03
        weights = weights - rate * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.99**step)) + 1e-8
        )
    return weights


@dataclass(frozen=True)
class Judged:
    """What a model that had not seen the case made of it."""

    rank: int
    certainty: float
    inside: bool
    kind: str | None


def judged(
    chosen: Sequence[Case], far: Sequence[Case], computers: Sequence[Case], seed: int
) -> list[Judged]:
    groups = sorted({case.group for case in chosen})
    np.random.default_rng(seed).shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    found: list[Judged] = []
    for number in range(FOLDS):
        ranking = fit([case for case in chosen if fold[case.group] != number], far, computers)
        found += [judge(ranking, case) for case in chosen if fold[case.group] == number]
    return found


def judge(ranking: Ranking, case: Case) -> Judged:
    scores = ranking.scores(case.features)
    order = list(np.argsort(-scores, kind="stable"))
    rank = min((order.index(place) for place in case.right), default=len(order))
    certainty = ranking.certainty(clues(case.features, scores, case.reading))
    return Judged(rank, certainty, bool(case.right), case.kind)


def fit(chosen: Sequence[Case], far: Sequence[Case], computers: Sequence[Case]) -> Ranking:
    """Weights and certainty; the clues come from inner folds, so that they are not flattered."""
    weights = fit_weights(chosen, computers)
    groups = sorted({case.group for case in chosen})
    np.random.default_rng(99).shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    rows: list[tuple[Floats, float, float]] = []
    for number in range(FOLDS):
        inner = fit_weights([case for case in chosen if fold[case.group] != number], computers)
        ranking = Ranking(inner, {}, 1.0, 1.0)
        rows += [clue_row(ranking, case, 1) for case in chosen if fold[case.group] == number]
        rows += [clue_row(ranking, case, FAR_WEIGHT / FOLDS) for case in far]
    table, right, counts = (np.array(column) for column in zip(*rows, strict=True))
    return Ranking(weights, fit_certainty(table, right, counts), 1.0, 1.0)


def clue_row(ranking: Ranking, case: Case, counts: float) -> tuple[Floats, float, float]:
    scores = ranking.scores(case.features)
    right = float(int(scores.argmax()) in case.right)
    return clues(case.features, scores, case.reading), right, counts


def thresholds(found: Sequence[Judged]) -> tuple[float, float]:
    """The certainty from which to answer, and the one from which to offer.

    Answer: the lowest that is right in 97 of 100 and answers at most 3 in 100 of the texts out of
    scope. Offer: the lowest that offers nothing for 96 in 100 of the small talk and for 60 in 100
    of the questions about other council business. Small talk that is told by its words counts.
    """
    answer = offer = 1.0
    outside = np.array([one.certainty for one in found if not one.inside])
    talk = np.array([one.certainty for one in found if one.kind == "small talk"])
    domain = np.array([one.certainty for one in found if one.kind == "near-domain"])
    told = told_by_words() * len(SEEDS)
    inside = [one for one in found if one.inside]
    for level in np.arange(0.99, 0.0, -0.005):
        answered = [one.rank == 0 for one in inside if one.certainty >= level]
        said = (outside >= level).sum() / (len(outside) + told)
        if np.mean(answered or [True]) >= 0.97 and said <= 0.03:
            answer = round(float(level), 3)
        if (talk >= level).sum() <= 0.04 * (len(talk) + told) and np.mean(domain >= level) <= 0.4:
            offer = round(float(level), 3)
    return answer, offer


def told_by_words() -> int:
    rows = out_of_scope_rows(OFFICERS / "outofscope_dev.json")
    return sum(small_talk(row.text) is not None for row in rows)


def report(kind: str, found: Sequence[Judged], answer: float, suggest: float) -> None:
    inside = [one for one in found if one.inside]
    outside = [one for one in found if not one.inside]
    answered = [one for one in inside if one.certainty >= answer]
    helped = [
        one.rank < (1 if one.certainty >= answer else 3) and one.certainty >= suggest
        for one in inside
    ]
    above = np.subtract.outer([o.certainty for o in inside], [o.certainty for o in outside])
    figures = {
        "recall@1": np.mean([one.rank < 1 for one in inside]),
        "recall@3": np.mean([one.rank < 3 for one in inside]),
        "answered": len(answered) / len(inside),
        "answered_correct": np.mean([one.rank == 0 for one in answered]),
        "helped": np.mean(helped),
        "outside answered": np.mean([one.certainty >= answer for one in outside]),
        "outside offered": np.mean([answer > one.certainty >= suggest for one in outside]),
        "auroc": (np.sign(above).mean() + 1) / 2,
    }
    for name in ("small talk", "near-domain", "near-neighbour"):
        figures[name] = np.mean([one.certainty >= suggest for one in found if one.kind == name])
    print(kind, answer, suggest, {name: round(float(value), 3) for name, value in figures.items()})


def main() -> None:
    fitted: dict[str, object] = {}
    known = knowledge_rows(OFFICERS / "kb.json")
    for kind, names in (("meaning", FEATURES), ("words", WORD_FEATURES)):
        model = load_model() if kind == "meaning" else None
        engine = throw_away_engine(known, model)
        chosen, far = cases(engine), far_off(engine)
        computers = computer_cases(throw_away_engine(knowledge_rows(FAR_OFF / "kb.json"), model))
        assert chosen[0].features.names == names
        found = [one for seed in SEEDS for one in judged(chosen, far, computers, seed)]
        answer, suggest = thresholds(found)
        report(kind, found, answer, suggest)
        ranking = fit(chosen, far, computers)
        fitted[kind] = {
            "weights": ranking.weights,
            "right": ranking.right,
            "answer": answer,
            "suggest": suggest,
        }
    if "--write" in sys.argv[1:]:
        TARGET.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
