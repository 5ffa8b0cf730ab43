"""What every test may ask for: a migrated database of each kind, a network on it, a time."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

import knowledge.starter
import migrations
from bot.app import Network
from bot.conversation import Rules
from bot.messages import Channel
from handlers.terminal import TerminalSender
from handlers.webchat import WebSender
from knowledge.database import Database
from knowledge.search import Engine
from knowledge.semantic import Embedder, load_model
from tests import postgres

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday morning, in no holiday and no clock change."""

Make = Callable[[bool], Database]


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
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_templates(postgres_server: str, embedder: Embedder) -> dict[bool, str]:
    names = {}
    for stocked in (False, True):
        name = f"template_{str(stocked).lower()}_{next(_numbers)}"
        _create(postgres_server, name)
        _filled(Database(_address(postgres_server, name)), stocked, embedder)
        names[stocked] = name
    return names


_numbers = itertools.count(int(datetime.now(UTC).timestamp() * 1000))


def _create(server: str, name: str, template: str = "template0") -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


def _address(server: str, name: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes migrated databases; the argument says whether the starter knowledge is in them."""
    made: list[Database] = []
    on_postgres = request.param == "postgresql"
    server: str = request.getfixturevalue("postgres_server") if on_postgres else ""

    def make(stocked: bool) -> Database:
        number = next(_numbers)
        if on_postgres:
            templates = request.getfixturevalue("postgres_templates")
            _create(server, f"test_{number}", templates[stocked])
            database = Database(_address(server, f"test_{number}"))
        else:
            file = tmp_path / f"test_{number}.db"
            shutil.copyfile(request.getfixturevalue("sqlite_templates")[stocked], file)
            database = Database(f"sqlite:///{file}")
        made.append(database)
        return database

    yield make
    for database in made:
        database.close()
        if on_postgres:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{database.url.database}" (FORCE)'.encode())


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
        {Channel.WEB: WebSender(), Channel.TERMINAL: TerminalSender()},
        Rules(frozenset({Channel.SLACK})),
    )
