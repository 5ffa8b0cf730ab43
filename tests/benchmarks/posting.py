"""What is proposed to somebody who posts: themes, and open challenges that seem to say the same.

    .venv/bin/python -m tests.benchmarks.posting

Both on the officers' development questions. Themes: a tenth of the entries at a time is left out,
so that a question has no entry of its own, as a post has none. Challenges: two questions about one
entry say the same, and those about others do not; the threshold is chosen on the questions of half
of the entries and judged on the other half, each way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.flows.likeness import SAME, letters, offered
from bot.flows.proposing import MOST_PROPOSED, proposed
from knowledge.evaluation import throw_away_engine
from knowledge.interchange import KnowledgeRow, QueryRow, knowledge_rows, query_rows
from knowledge.search import Engine
from knowledge.semantic import Embedder, load_model
from knowledge.themes import ThemeView, slug
from tests.benchmarks.fit_ranking import OFFICERS

TENTHS = 10
OPEN = 30
ROUNDS = 20
FALSE = 0.2
"""The share of posts that may be shown something else."""

Table = NDArray[np.float64]


def themes(model: Embedder, known: Sequence[KnowledgeRow], asked: Sequence[QueryRow]) -> None:
    theme = {row.id: row.theme or "" for row in known}
    names = sorted(set(theme.values()))
    views = [ThemeView(slug(name), name, 1) for name in names]
    order = np.random.default_rng(0).permutation(len(known))
    new, old = [], []
    for part in np.array_split(order, TENTHS):
        gone = {known[at].id for at in part}
        engine = throw_away_engine([row for row in known if row.id not in gone], model)
        for query in (one for one in asked if one.right <= gone):
            want = {slug(theme[entry]) for entry in query.right}
            new.append(_place(want, _proposed(engine, query.text, views, theme)))
            near = [slug(theme[one.entry_id]) for one in engine.nearest(query.text, 3)]
            old.append(_place(want, tuple(dict.fromkeys(near))[:2]))
    print(f"themes, {len(new)} questions without their entry: among the first one, two, three")
    for name, places in (("before", old), ("now", new)):
        print(name, *(f"{np.mean([at < k for at in places]):.3f}" for k in (1, 2, 3)))


def entries(model: Embedder, known: Sequence[KnowledgeRow], asked: Sequence[QueryRow]) -> None:
    whole = throw_away_engine(known, model)
    shown = [
        any(one.entry_id in query.right for one in offered(whole.find(query.text)))
        for query in asked
    ]
    false = []
    for part in np.array_split(np.random.default_rng(0).permutation(len(known)), TENTHS):
        gone = {known[at].id for at in part}
        engine = throw_away_engine([row for row in known if row.id not in gone], model)
        without = [one for one in asked if one.right <= gone]
        false += [bool(offered(engine.find(query.text))) for query in without]
    right, other = np.mean(shown), np.mean(false)
    print(f"entries: the right one shown {right:.3f}; without it, another {other:.3f}")


def _proposed(
    engine: Engine, text: str, views: Sequence[ThemeView], theme: dict[str, str]
) -> tuple[str, ...]:
    matches = engine.find(text).matches
    fitting = [(one.score, (theme[one.entry_id],)) for one in matches]
    return proposed(text, views, fitting, engine.cosines(text, [one.name for one in views]))


def _place(want: set[str], themes: Sequence[str]) -> int:
    return next((at for at, one in enumerate(themes) if one in want), MOST_PROPOSED)


def challenges(model: Embedder, known: Sequence[KnowledgeRow], asked: Sequence[QueryRow]) -> None:
    engine = throw_away_engine(known, model)
    texts = [one.text for one in asked]
    for at in range(0, len(texts), 50):  # a look takes up so many new ones at once
        engine.alike(texts[0], texts[at : at + 50])
    likeness = np.array([_row(engine, text, texts) for text in texts])
    cosines = model.embed(texts) @ model.embed(texts).T
    spelt = np.array([[letters(one, other) for other in texts] for one in texts])
    entries = sorted({min(one.right) for one in asked})
    shuffled = np.random.default_rng(0).permutation(entries)
    halves = [set(shuffled[: len(entries) // 2]), set(shuffled[len(entries) // 2 :])]
    judged = [Half(asked, half) for half in halves]
    for number, half in enumerate(judged):
        other = judged[1 - number]
        chosen = float(np.quantile(half.falsest(likeness), 1 - FALSE))
        print(
            f"chosen on half {number + 1}: {chosen:.3f}; on the other: "
            f"recall {other.recall(likeness, chosen):.3f}, "
            f"false {other.false(likeness, chosen):.3f}"
        )
        before = np.maximum(cosines - 0.6, (spelt - 80) / 100)
        for name, table, least in (("shipped", likeness, SAME), ("before", before, 0.0)):
            print(
                f"  {name} on half {number + 1}: recall {half.recall(table, least):.3f}, "
                f"false {half.false(table, least):.3f}"
            )
        needed = float(np.quantile(half.same(likeness), 0.2))
        print(f"  recall of 0.8 would need {needed:.3f}, false {half.false(likeness, needed):.3f}")


def _row(engine: Engine, text: str, texts: Sequence[str]) -> list[float]:
    alike = engine.alike(text, texts)
    return [alike[other] for other in texts]


class Half:
    """The questions about some of the entries."""

    def __init__(self, asked: Sequence[QueryRow], entries: set[str]) -> None:
        self._right = [one.right for one in asked]
        self._by = {
            entry: [at for at, one in enumerate(asked) if min(one.right) == entry]
            for entry in sorted(entries)
        }
        self._all = [at for some in self._by.values() for at in some]
        self._others = self._drawn()

    def _drawn(self) -> list[tuple[int, list[int]]]:
        """For each post, open challenges about other entries, drawn anew in each round."""
        draw = np.random.default_rng(1)
        return [
            (post, [int(draw.choice(self._by[one])) for one in self._entries(post, draw)])
            for _ in range(ROUNDS)
            for post in self._all
        ]

    def _entries(self, post: int, draw: np.random.Generator) -> list[str]:
        others = [one for one in self._by if one not in self._right[post]]
        return [str(one) for one in draw.choice(others, OPEN, replace=False)]

    def same(self, table: Table) -> Table:
        return np.array(
            [table[a, b] for some in self._by.values() for a in some for b in some if a != b]
        )

    def falsest(self, table: Table) -> Table:
        """For each post, how near the nearest is of those that say something else."""
        return np.array(
            [
                max(table[post, at] for at in others if not self._right[post] & self._right[at])
                for post, others in self._others
            ]
        )

    def recall(self, table: Table, at: float) -> float:
        return float((self.same(table) >= at).mean())

    def false(self, table: Table, at: float) -> float:
        return float((self.falsest(table) >= at).mean())


if __name__ == "__main__":
    collection = knowledge_rows(OFFICERS / "kb.json")
    questions = query_rows(OFFICERS / "queries_dev.json", frozenset(one.id for one in collection))
    sentences = load_model(None)
    themes(sentences, collection, questions)
    entries(sentences, collection, questions)
    challenges(sentences, collection, questions)
