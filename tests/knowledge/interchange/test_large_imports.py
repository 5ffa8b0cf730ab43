"""Imports that take long: what they hold in memory and in locks, and being killed half way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import func, select

from knowledge import vectors
from knowledge.database import Database
from knowledge.interchange.files import Format, Source
from knowledge.interchange.importing import BATCH, Order, Report, bring_in
from knowledge.models import Entry, EntryVectors, Phrase, Solution
from knowledge.search import Engine
from knowledge.semantic import Embedder
from tests.conftest import Make
from tests.knowledge.interchange.network import MOVING, NOW, QuickEmbedder, as_json, csv

# Imports a file and says so after each batch.
IMPORTING = """
import sys
from datetime import UTC, datetime
from knowledge.interchange.files import Source, format_of
from knowledge.interchange.importing import Order, bring_in
from knowledge.semantic import load_model
from tests.knowledge.interchange.network import MOVING, QuickEmbedder
from knowledge.database import Database
url, name, model = sys.argv[1:]
embedder = QuickEmbedder() if model == "quick" else load_model(None)
told = lambda stage, done, total: print(stage, done, flush=True)
with open(name, "rb") as file:
    bring_in(Database(url), Order(Source(file, format_of(name)), MOVING, progress=told),
             embedder=embedder, now=datetime(2026, 11, 23, 10, tzinfo=UTC))
"""


def rows(number: int) -> list[dict[str, object]]:
    return [
        {
            "id": f"n{n}",
            "problem": f"How do we do number {n} of {number * 7919 % 10_007}?",
            "solutions": [f"Try {n} times.", "Ask a friend."],
            "phrases": [f"number {n}"],
        }
        for n in range(number)
    ]


def written(folder: Path, number: int) -> Path:
    file = folder / f"{number}.json"
    file.write_text(json.dumps(rows(number)))
    return file


def short(folder: Path, number: int) -> Path:
    file = folder / f"{number}.csv"
    lines = (f"n{n},How do we do number {n}?,Try it.\n" for n in range(number))
    file.write_text("id,problem,solution 1\n" + "".join(lines))
    return file


def python(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def all_there_is(database: Database) -> list[Sequence[object]]:
    """Every entry with all that belongs to it, and the number of the change it came with."""
    with database.reading() as session:
        return [
            *session.execute(
                select(Entry.id, Entry.problem, Entry.status, Entry.changed).order_by(Entry.id)
            ),
            *session.execute(
                select(Solution.entry_id, Solution.position, Solution.text).order_by(
                    Solution.entry_id, Solution.position
                )
            ),
            *session.execute(select(Phrase.entry_id, Phrase.text).order_by(Phrase.entry_id)),
            *session.execute(
                select(EntryVectors.entry_id, EntryVectors.digest, EntryVectors.data).order_by(
                    EntryVectors.entry_id
                )
            ),
        ]


@pytest.mark.parametrize("make_database", ["sqlite"], indirect=True)
def test_memory_does_not_grow_with_the_file(make_database: Make, tmp_path: Path) -> None:
    peaks = []
    # The first one is not counted: what is loaded once is loaded by then.
    for number in (500, 5_000, 50_000):
        database = make_database(False)
        with short(tmp_path, number).open("rb") as file:
            order = Order(Source(file, Format.CSV), MOVING)
            tracemalloc.start()
            report = bring_in(database, order, embedder=None, now=NOW)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert report.imported == number
        peaks.append(peak)
    assert peaks[2] < 1.5 * peaks[1]


@pytest.mark.parametrize(
    ("make_database", "model", "number"),
    [("sqlite", "quick", 10_000), ("postgresql", "quick", 1_000), ("sqlite", "real", 400)],
    indirect=["make_database"],
)
def test_an_import_that_was_killed_half_way_ends_as_an_unbroken_one(
    make_database: Make, tmp_path: Path, embedder: Embedder, model: str, number: int
) -> None:
    broken, unbroken = make_database(False), make_database(False)
    file = written(tmp_path, number)
    with python(IMPORTING, address(broken), str(file), model) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if line.split() == ["Importing", str(number // 2)]:
                os.kill(run.pid, signal.SIGKILL)
                break
    assert run.returncode == -signal.SIGKILL
    with broken.reading() as session:
        there = session.scalar(select(func.count()).select_from(Entry))
        assert there is not None
        assert number // 2 <= there < number
    used: Embedder = QuickEmbedder() if model == "quick" else embedder
    report = _imported(broken, file, used)
    assert (report.unchanged, report.imported) == (there, number - there)
    assert _imported(unbroken, file, used).imported == number
    assert all_there_is(broken) == all_there_is(unbroken)
    assert _imported(broken, file, used).imported == 0


def _imported(database: Database, file: Path, embedder: Embedder) -> Report:
    with file.open("rb") as read:
        order = Order(Source(read, Format.JSON), MOVING)
        return bring_in(database, order, embedder=embedder, now=NOW)


class Meanwhile(QuickEmbedder):
    """While a batch is embedded, somebody else writes, and searches with an engine of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._other = Database(f"{address(database)}?timeout=0.1")
        self._engine = Engine(QuickEmbedder())
        self.known: list[int] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self._other.writing() as session:
            session.execute(select(1))
        with self._other.reading() as session:
            self._engine.refresh(session)
        assert not self._engine.unkept
        self.known.append(len(self._engine.problems()[0]))
        return super().embed(texts)

    def close(self) -> None:
        self._other.close()


@pytest.mark.parametrize("make_database", ["sqlite"], indirect=True)
def test_while_a_batch_is_embedded_others_write_and_search(database: Database) -> None:
    meanwhile = Meanwhile(database)
    order = Order(as_json(rows(3 * BATCH)))
    bring_in(database, order, embedder=meanwhile, now=NOW)
    meanwhile.close()
    assert sorted(set(meanwhile.known)) == [0, BATCH, 2 * BATCH]


def test_an_engine_that_starts_after_an_import_embeds_nothing(database: Database) -> None:
    bring_in(database, Order(as_json(rows(250))), embedder=QuickEmbedder(), now=NOW)
    revised = csv("id,problem,phrase 1,phrase 2\nn7,Another problem,new,number 7\n")
    bring_in(database, Order(revised), embedder=QuickEmbedder(), now=NOW)
    engine = Engine(QuickEmbedder())
    with database.writing() as session:
        engine.refresh(session)
        assert vectors.store(session, QuickEmbedder()) == 0
    assert not engine.unkept


def test_an_entry_changed_while_it_was_embedded_gets_no_wrong_vectors(database: Database) -> None:
    bring_in(database, Order(as_json(rows(3))), embedder=QuickEmbedder(), now=NOW)

    class Disturbed(QuickEmbedder):
        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            with database.writing() as session:
                entry = session.get_one(Entry, "n1")
                entry.problem = "Changed by a moderator meanwhile"
            return super().embed(texts)

    file = csv("id,solution 1\nn1,Another one.\nn2,Another one.\n")
    bring_in(database, Order(file), embedder=Disturbed(), now=NOW)
    with database.writing() as session:
        assert session.get_one(Entry, "n1").problem == "Changed by a moderator meanwhile"
        assert vectors.store(session, QuickEmbedder()) == 1
