"""What each piece of the engine is worth: take it out, fit again, and see what is lost.

    .venv/bin/python -m tests.benchmarks.worth

Recall is of questions about entries that the fit had not seen (five folds by entry), in the order
before any decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from knowledge import search
from knowledge.evaluation import throw_away_engine
from knowledge.features import FEATURES
from knowledge.glossary import Glossary
from knowledge.interchange import KnowledgeRow, QueryRow, knowledge_rows, query_rows
from knowledge.semantic import Embedder, load_model
from knowledge.spelling import Speller
from tests.benchmarks.fit_ranking import (
    FAR_OFF,
    FOLDS,
    OFFICERS,
    Case,
    cases,
    computer_cases,
    far_off,
    fit_weights,
    judged,
    lists,
    report,
    third,
    thresholds,
)
from tests.benchmarks.mistype import mistyped

PIECES = {
    "words (BM25)": ("bm25_problem", "bm25_whole", "covered_problem", "covered_whole"),
    "word pieces": ("pieces_found", "pieces_covered"),
    "as typed": ("typed_problem", "typed_whole", "typed_solved"),
    "sentence by sentence": ("sentence_problem", "sentence_solved"),
    "solutions behind their problem": ("solved", "typed_solved", "sentence_solved"),
    "whole entry": ("typed_whole", "whole", "whole_by_length"),
    "problem": ("typed_problem", "problem", "sentence_problem", "problem_by_length"),
    "by length": ("problem_by_length", "whole_by_length"),
}
LEARNING_FOLDS = 4
CLUES_OUT: dict[str, tuple[str, ...]] = {
    "everything in": (),
    "no other business": ("elsewhere",),
    "no chatter": ("chatter",),
}


def without(chosen: Sequence[Case], names: Sequence[str]) -> list[Case]:
    keep = [at for at, name in enumerate(FEATURES) if name not in names]
    left = tuple(FEATURES[at] for at in keep)
    return [
        replace(
            one, features=replace(one.features, names=left, matrix=one.features.matrix[:, keep])
        )
        for one in chosen
    ]


def ranks(chosen: Sequence[Case], weights: dict[str, float]) -> list[int]:
    one = lists(chosen)
    scores = one.table @ np.array(list(weights.values()))
    best = np.where(one.right, scores, -np.inf).max(axis=1)
    return [int(n) for n in (scores > best[:, None]).sum(axis=1)]


def crossed(chosen: Sequence[Case], computers: Sequence[Case]) -> list[int]:
    groups = sorted({one.group for one in chosen})
    np.random.default_rng(0).shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    found: list[int] = []
    for number in range(FOLDS):
        weights = fit_weights([one for one in chosen if fold[one.group] != number], computers)
        found += ranks([one for one in chosen if fold[one.group] == number], weights)
    return found


def shown(label: str, officers: Sequence[int], mistyped_ones: Sequence[int]) -> None:
    first, three = np.mean([r < 1 for r in officers]), np.mean([r < 3 for r in officers])
    computers = np.mean([r < 1 for r in mistyped_ones])
    print(f"| {label} | {first:.3f} | {three:.3f} | {computers:.3f} |", flush=True)


def typed_cases(model: Embedder) -> tuple[list[Case], list[Case]]:
    known = knowledge_rows(FAR_OFF / "kb.json")
    officers = cases(throw_away_engine(knowledge_rows(OFFICERS / "kb.json"), model))
    return [one for one in officers if one.right], computer_cases(throw_away_engine(known, model))


def in_turn(model: Embedder) -> None:
    nothing: AbstractContextManager[object] = nullcontext()
    readings = {
        "everything in": nothing,
        "no glossary": patch.object(Glossary, "expand", lambda _self, text: (text, ())),
        "no spelling (rapidfuzz)": patch.object(Speller, "corrections", lambda _self, _text: ()),
    }
    for label, taken_out in readings.items():
        with taken_out:
            officers, computers = typed_cases(model)
        shown(label, crossed(officers, computers), noisy(officers, computers))
        if label == "everything in":
            whole = officers, computers
    for label, names in PIECES.items():
        officers, computers = (without(part, names) for part in whole)
        shown(f"no {label}", crossed(officers, computers), noisy(officers, computers))


def noisy(officers: Sequence[Case], computers: Sequence[Case]) -> list[int]:
    """The mistyped questions about computers, each entry judged by a fit that had not seen it."""
    groups = sorted({one.group for one in computers})
    found: list[int] = []
    for part in (0, 1):
        out = set(groups[part::2])
        weights = fit_weights(officers, [one for one in computers if one.group not in out])
        found += ranks([o for o in computers if o.kind == "mistyped" and o.group in out], weights)
    return found


def decided(model: Embedder) -> None:
    """What the two lists of what is not ours are worth to the decision, in folds by entry."""
    engine = throw_away_engine(knowledge_rows(OFFICERS / "kb.json"), model)
    whole, far = cases(engine), far_off(engine)
    computers = computer_cases(throw_away_engine(knowledge_rows(FAR_OFF / "kb.json"), model))
    for label, names in CLUES_OUT.items():
        chosen, off = ([_unaware(one, names) for one in part] for part in (whole, far))
        found = judged(chosen, off, computers, 0)
        report(label, found, *thresholds(found))


def _unaware(one: Case, names: Sequence[str]) -> Case:
    elsewhere = 0.0 if "elsewhere" in names else one.features.elsewhere
    chatter = 0.0 if "chatter" in names else one.features.chatter
    return replace(one, features=replace(one.features, elsewhere=elsewhere, chatter=chatter))


def learnt(model: Embedder) -> None:
    """Three of each entry's four questions become its phrases, the fourth is asked; in turn."""
    known = knowledge_rows(OFFICERS / "kb.json")
    asked = query_rows(OFFICERS / "queries_dev.json", frozenset(row.id for row in known))
    before = throw_away_engine(known, model)
    hits: dict[str, list[int]] = {"before": [], "after": []}
    for part in range(LEARNING_FOLDS):
        left = [row for at, row in enumerate(asked) if at % LEARNING_FOLDS == part]
        taught = [row for at, row in enumerate(asked) if at % LEARNING_FOLDS != part]
        engine = throw_away_engine([_with(row, taught) for row in known], model)
        hits["before"] += [_rank(before, row) for row in left]
        hits["after"] += [_rank(engine, row) for row in left]
    for label, found in hits.items():
        first, three = np.mean([r < 1 for r in found]), np.mean([r < 3 for r in found])
        print(f"| {label} learning | {first:.3f} | {three:.3f} |", flush=True)


def _with(row: KnowledgeRow, taught: Sequence[QueryRow]) -> KnowledgeRow:
    more = [query.text for query in taught if query.entry == row.id]
    return row.model_copy(update={"phrases": [*row.phrases, *more]})


def _rank(engine: search.Engine, query: QueryRow) -> int:
    found = [match.entry_id for match in engine.find(query.text).matches]
    return next((at for at, entry_id in enumerate(found) if entry_id in query.right), 99)


def stackfaq(model: Embedder) -> None:
    """The whole engine on StackFAQ, and on the entries of it that no fit saw."""
    known = knowledge_rows(FAR_OFF / "kb.json")
    engine = throw_away_engine(known, model)
    asked = query_rows(FAR_OFF / "queries.json", frozenset(row.id for row in known))
    unseen = np.array([not third(query.entry) for query in asked])
    for label, noise in (("clean", False), ("6 % of letters mistyped", True)):
        texts = [mistyped(q.text, n) if noise else q.text for n, q in enumerate(asked)]
        said = [q.model_copy(update={"text": t}) for q, t in zip(asked, texts, strict=True)]
        right = np.array([_rank(engine, query) == 0 for query in said])
        print(
            f"| StackFAQ, {label} | {right.mean():.4f} | {right[unseen].mean():.4f} |", flush=True
        )


def beside(model: Embedder) -> None:
    """How many right answers the officers lose when all of StackFAQ stands beside their entries."""
    known = knowledge_rows(OFFICERS / "kb.json")
    asked = query_rows(OFFICERS / "queries_dev.json", frozenset(row.id for row in known))
    for label, more in (("alone", []), ("beside StackFAQ", knowledge_rows(FAR_OFF / "kb.json"))):
        engine = throw_away_engine([*known, *more], model)
        first = sum(_rank(engine, query) == 0 for query in asked)
        found = [(engine.find(query.text), query.right) for query in asked]
        outright = sum(
            one.decision is search.Decision.ANSWER and one.matches[0].entry_id in right
            for one, right in found
        )
        print(f"| officers {label} | {first} | {outright} |", flush=True)


def main() -> None:
    model = load_model()
    beside(model)
    stackfaq(model)
    learnt(model)
    in_turn(model)
    decided(model)


if __name__ == "__main__":
    main()
