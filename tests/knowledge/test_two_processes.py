import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

import pytest

from knowledge import phrases
from knowledge.curation import drafts
from knowledge.curation.content import content
from knowledge.database import Database
from knowledge.entries import NewEntry, add_all

OTHER = """
import sys, time
from knowledge.database import Database
from knowledge.search import Engine
engine, database, entry_id = Engine(None), Database(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
while True:
    with database.reading() as session:
        engine.refresh(session)
    found = engine.find("the ladybird hour").matches
    if found and found[0].entry_id == entry_id and found[0].words:
        print("learnt", flush=True)
        break
    time.sleep(0.1)
"""


@contextmanager
def another_process(database: Database, entry_id: str) -> Iterator[IO[str]]:
    """One that says "learnt" once it finds the entry for the ladybird hour."""
    url = database.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, url, entry_id], stdout=subprocess.PIPE, text=True
    ) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            yield other.stdout
        finally:
            other.kill()


@pytest.fixture
def fifty(database: Database, now: datetime) -> Database:
    with database.writing() as session:
        add_all(session, [NewEntry(f"Problem number {n}", id=f"{n}") for n in range(50)], now=now)
    return database


def test_a_phrase_taught_in_one_process_is_known_in_another_within_five_seconds(
    fifty: Database, now: datetime
) -> None:
    with another_process(fifty, "7") as said:
        with fifty.writing() as session:
            phrases.teach(session, "7", "the ladybird hour", now=now)
        taught = time.monotonic()
        assert said.readline() == "learnt\n"
        assert time.monotonic() - taught < 5


def test_a_draft_published_in_one_process_is_found_in_another_within_five_seconds(
    fifty: Database, now: datetime
) -> None:
    new = NewEntry("How do we run the ladybird hour?")
    with fifty.writing() as session:
        made = drafts.propose_draft(session, new, origin="challenge:K7", by="bot", now=now)
        view = content(session, made.entry_id)
    assert view is not None
    with another_process(fifty, made.entry_id) as said:
        with fifty.writing() as session:
            drafts.publish(session, made.entry_id, seen=view.version, by="mod-1", now=now)
        published = time.monotonic()
        assert said.readline() == "learnt\n"
        assert time.monotonic() - published < 5
