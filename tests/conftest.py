"""What every test may ask for: a migrated database of each kind, a network on it, a time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import knowledge.starter
import migrations
from bot.app import Network
from bot.messages import Channel
from bot.rules import Rules
from handlers.webchat import WebSender
from knowledge.database import Database
from knowledge.search import Engine
from knowledge.semantic import Embedder, load_model
from tests import postgres, postgres_copies
from tests import sqlite_copies as sqlite_files
from tests.postgres_copies import address, create
from tests.sample_form import post_form

__all__ = ["post_form"]  # a fixture for all

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday morning, in no holiday and no clock change."""

Make = Callable[[bool], Database]
Copies = sqlite_files.Copies | postgres_copies.Copies


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real sentence model."""
    return load_model(None)


@pytest.fixture(scope="session")
def sqlite_templates(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder
) -> dict[bool, Path]:
    """A migrated file without and one with the starter knowledge."""
    folder = tmp_path_factory.mktemp("sqlite")
    return {
        stocked: _filled(Database(f"sqlite:///{folder}/{stocked}.db"), stocked, embedder)
        for stocked in (False, True)
    }


def _filled(database: Database, stocked: bool, embedder: Embedder) -> Path:
    migrations.upgrade(database)
    if stocked:
        with database.writing() as session:
            knowledge.starter.load(session, embedder, now=NOW)
    database.close()
    return Path(str(database.url.database))


@pytest.fixture(scope="session")
def sqlite_copies(
    sqlite_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[bool, sqlite_files.Copies]:
    return {
        stocked: sqlite_files.Copies(file, tmp_path_factory.mktemp("copies"))
        for stocked, file in sqlite_templates.items()
    }


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_copies(
    postgres_server: str, embedder: Embedder
) -> Iterator[dict[bool, postgres_copies.Copies]]:
    """Of a migrated database without and of one with the starter knowledge."""
    copies = {}
    for stocked in (False, True):
        name = f"template_{str(stocked).lower()}_{next(numbers)}"
        create(postgres_server, name)
        _filled(Database(address(postgres_server, name)), stocked, embedder)
        copies[stocked] = postgres_copies.Copies(postgres_server, name)
    yield copies
    for one in copies.values():
        one.close()


numbers = itertools.count(int(datetime.now(UTC).timestamp() * 1000))
"""For names that no other test process on the same server has."""


@pytest.fixture(params=["sqlite", "postgresql"])
def make_database(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Makes migrated databases; the argument says whether the starter knowledge is in them."""
    made: list[tuple[Database, Copies]] = []

    def make(stocked: bool) -> Database:
        copies: Copies = request.getfixturevalue(f"{request.param}_copies")[stocked]
        made.append((copies.take(), copies))
        return made[-1][0]

    yield make
    for database, copies in made:
        copies.give_back(database)


@pytest.fixture
def database(make_database: Make) -> Database:
    """Empty, migrated; once on SQLite, once on PostgreSQL."""
    return make_database(False)


@pytest.fixture
def stocked(make_database: Make) -> Database:
    """With the starter knowledge; once on SQLite, once on PostgreSQL."""
    return make_database(True)


@pytest.fixture
def network(stocked: Database, embedder: Embedder) -> Network:
    """The real thing on the starter knowledge: Slack's door open, the others by invitation."""
    return Network(
        stocked,
        Engine(embedder),
        {Channel.WEB: WebSender()},
        Rules(frozenset({Channel.SLACK})),
    )
