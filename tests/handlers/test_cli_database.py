"""A database that is not as it should be: one line, and what mends it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.database import Database
from tests.handlers.als import Als, free_port

UNREACHABLE = "The database cannot be reached. Check DATABASE_URL, then: als doctor"


@pytest.fixture
def file(tmp_path: Path, sqlite_templates: dict[bool, Path]) -> Path:
    """A database with the starter knowledge."""
    return Path(shutil.copyfile(sqlite_templates[True], tmp_path / "network.db"))


def on(file: Path, query: str = "") -> Als:
    return Als(file.parent, DATABASE_URL=f"sqlite:///{file}{query}")


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "network.db"
    file.write_text("Dear diary, this is no database at all. " * 100)
    assert on(file)("db", "upgrade").refusal == UNREACHABLE
    assert file.read_text().startswith("Dear diary")


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    als = Als(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/file/network.db")
    refusal = als("db", "upgrade").refusal
    assert refusal.startswith("The database's folder cannot be used")


def test_a_locked_database_is_told_to_be_busy_and_still_answers(file: Path) -> None:
    als = on(file, "?timeout=0.1")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refusal = als("members", "invite", "Asha").refusal
        assert refusal == "The database is busy with another process. Try again in a moment."
        assert als("ask", "how do we measure perception?").code == 0


@pytest.mark.parametrize(("query", "milliseconds"), [("", 30_000), ("?timeout=0.1", 100)])
def test_the_address_may_say_how_long_to_wait_for_a_lock(
    file: Path, query: str, milliseconds: int
) -> None:
    database = Database(f"sqlite:///{file}{query}")
    with database.reading() as session:
        waits = session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    database.close()
    assert waits == milliseconds


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    address = f"postgresql://quiet:quiet@127.0.0.1:{free_port()}/network"
    assert Als(tmp_path, DATABASE_URL=address)("members", "list").refusal == UNREACHABLE


def test_a_database_from_a_newer_version_is_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in on(file)("members", "list").refusal
    assert "newer version" in on(file)("db", "upgrade").refusal


def test_a_process_refuses_a_database_that_nobody_made(tmp_path: Path) -> None:
    assert "als db upgrade" in Als(tmp_path, PORT=free_port())("web").refusal
