"""Speed and size against what an officer could use instead; every figure is a ratio in one run.

    .venv/bin/python -m tests.benchmarks.speed [--entries 100000] [--write]

The entries are made up by shuffling words of the officers' collection, the same from run to run.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge import entries, phrases, vectors
from knowledge.database import Database
from knowledge.interchange import knowledge_rows, query_rows
from knowledge.lexical import Bm25
from knowledge.models import Base
from knowledge.search import Engine
from knowledge.semantic import DIMS, Embedded, Embedder, load_model
from knowledge.text import normalise, sentences, terms, words
from tests.benchmarks import picture
from tests.benchmarks.fit_ranking import OFFICERS

NOW = datetime(2026, 11, 23, tzinfo=UTC)
_QUERIES = 40
_SLOW_QUERIES = 5


def made_up(count: int) -> list[entries.NewEntry]:
    """Entries whose problems and solutions recombine halves of the officers' sentences."""
    random = np.random.default_rng(11)
    known = knowledge_rows(OFFICERS / "kb.json")
    problems = [row.problem for row in known]
    solutions = [text for row in known for text in row.solutions]

    def mixed(texts: Sequence[str]) -> str:
        one, other = (texts[int(at)].split() for at in random.integers(len(texts), size=2))
        return " ".join(one[: len(one) // 2 + 1] + other[len(other) // 2 :])

    return [
        entries.NewEntry(
            f"{mixed(problems)} ({number})", (mixed(solutions), mixed(solutions)), id=f"{number:06}"
        )
        for number in range(count)
    ]


class Quick:
    """Stands in for the model while entries are made: vectors near those of known words.

    100,000 entries would take the model half an hour; what is measured does not depend on them.
    """

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._words: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        return self._model.name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        spoken = [words(text) for text in texts]
        new = sorted({word for said in spoken for word in said} - self._words.keys())
        random = np.random.default_rng(len(self._words))
        for word in new:
            self._words[word] = random.standard_normal(DIMS, dtype=np.float32)
        found = np.array([sum(self._words[w] for w in said) for said in spoken], dtype=np.float32)
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found, dtype=np.float32)

    def read(self, texts: Sequence[str]) -> Embedded:
        vectors = self.embed(texts)
        pieces = [np.array([self._words[w] for w in words(text)]) for text in texts]
        return Embedded(
            vectors, tuple(p / np.linalg.norm(p, axis=1, keepdims=True) for p in pieces)
        )


def milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """The median time for one text."""
    taken = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        taken.append((time.perf_counter() - started) * 1000)
    return float(np.median(taken))


def resident() -> float:
    """Megabytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def stocked(folder: str, model: Embedder, news: Sequence[entries.NewEntry]) -> Database:
    database = Database(f"sqlite:///{folder}/{len(news)}.db")
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        entries.add_all(session, news, now=NOW)
        vectors.store(session, Quick(model))
    return database


def started(database: Database, model: Embedder) -> tuple[Engine, float]:
    engine = Engine(model)
    begun = time.perf_counter()
    with database.reading() as session:
        engine.refresh(session)
    return engine, time.perf_counter() - begun


def questions(longest_words: int = 18) -> list[str]:
    """One-sentence questions of the officers' development set."""
    known = frozenset(row.id for row in knowledge_rows(OFFICERS / "kb.json"))
    asked = [row.text for row in query_rows(OFFICERS / "queries_dev.json", known)]
    short = [text for text in asked if len(text.split()) <= longest_words]
    return [text for text in short if len(sentences(normalise(text))) == 1][:_QUERIES]


def measured(count: int, model: Embedder) -> dict[str, float]:
    news = made_up(count)
    asked = questions()
    with tempfile.TemporaryDirectory() as folder:
        database = stocked(folder, model, news)
        milliseconds(lambda text: model.embed([normalise(text)]), asked)
        base = resident()
        engine, seconds = started(database, model)
        engine.find("a warm-up with a mistyped wrod")
        size = resident() - base
        figures = _ours(engine, model, asked)
        figures["start_seconds"] = seconds
        figures["phrase_learnt_seconds"] = _learnt(engine, database)
        figures["memory_mb"] = size
        figures["problem_vectors_mb"] = count * DIMS * 4 / 2**20
        figures["all_vectors_mb"] = count * 4 * DIMS * 4 / 2**20
        figures |= peers([new.problem for new in news], asked)
        database.close()
    return {"entries": float(count), **{key: round(value, 3) for key, value in figures.items()}}


def _learnt(engine: Engine, database: Database) -> float:
    """How long an engine takes to take up one phrase that another process taught."""
    with database.writing() as session:
        phrases.teach(session, "000000", "nobody comes to any of it", now=NOW)
    begun = time.perf_counter()
    with database.reading() as session:
        engine.refresh(session)
    return time.perf_counter() - begun


def _ours(engine: Engine, model: Embedder, asked: Sequence[str]) -> dict[str, float]:
    matrix = np.array(engine._snapshot.meaning.problems)  # type: ignore[union-attr]

    def alone(text: str) -> object:
        return matrix @ model.embed([normalise(text)])[0]

    return {
        "embedding_ms": milliseconds(lambda text: model.embed([normalise(text)]), asked),
        "minilm_alone_ms": milliseconds(alone, asked),
        "engine_ms": milliseconds(engine.find, asked),
    }


def peers(problems: Sequence[str], asked: Sequence[str]) -> dict[str, float]:
    few = asked[:_SLOW_QUERIES]
    index = Bm25(terms(normalise(problem)) for problem in problems)
    slots = np.arange(len(problems), dtype=np.int32)
    fts = sqlite3.connect(":memory:")
    fts.execute("create virtual table problem using fts5(text, tokenize = 'porter')")
    fts.executemany("insert into problem values (?)", ([problem] for problem in problems))

    def fts5(text: str) -> object:
        query = " OR ".join(f'"{word}"' for word in words(normalise(text)))
        return fts.execute(
            "select rowid from problem where problem match ? order by rank limit 5", [query]
        ).fetchall()

    def rapidfuzz(scorer: Callable[..., float]) -> Callable[[str], object]:
        return lambda text: process.extract(text, problems, scorer=scorer, limit=5)

    return {
        "bm25_ms": milliseconds(lambda t: index.scores(terms(normalise(t)), slots), few),
        "fts5_ms": milliseconds(fts5, few),
        "token_set_ms": milliseconds(rapidfuzz(fuzz.token_set_ratio), few),
        "wratio_ms": milliseconds(rapidfuzz(fuzz.WRatio), few),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    model = load_model()
    found = []
    for count in chosen.entries:
        figures = measured(count, model)
        ours = figures["engine_ms"]
        figures["times_embedding_and_product"] = round(ours / figures["minilm_alone_ms"], 2)
        figures["times_embedding"] = round(ours / figures["embedding_ms"], 2)
        figures["token_set_times_ours"] = round(figures["token_set_ms"] / ours, 1)
        figures["wratio_times_ours"] = round(figures["wratio_ms"] / ours, 1)
        print(json.dumps(figures, indent=2), flush=True)
        found.append(figures)
    if chosen.write:
        picture.write(found)


if __name__ == "__main__":
    main()
