import subprocess
import sys
import time
from datetime import datetime

from knowledge import phrases
from knowledge.database import Database
from knowledge.entries import NewEntry, add_all

OTHER = """
import sys, time
from knowledge.database import Database
from knowledge.search import Engine
engine, database = Engine(None), Database(sys.argv[1])
print("ready", flush=True)
while True:
    with database.reading() as session:
        engine.refresh(session)
    found = engine.find("the ladybird hour").matches
    if found and found[0].entry_id == "7" and found[0].words:
        print("learnt", flush=True)
        break
    time.sleep(0.1)
"""


def test_a_phrase_taught_in_one_process_is_known_in_another_within_five_seconds(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        add_all(session, [NewEntry(f"Problem number {n}", id=f"{n}") for n in range(50)], now=now)
    url = database.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, url], stdout=subprocess.PIPE, text=True
    ) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            with database.writing() as session:
                phrases.teach(session, "7", "the ladybird hour", now=now)
            taught = time.monotonic()
            assert other.stdout.readline() == "learnt\n"
            assert time.monotonic() - taught < 5
        finally:
            other.kill()
