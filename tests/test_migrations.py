"""The migrations make what the models say, on both databases: up, down and twice at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

import bot.app  # noqa: F401 - imports every table of the upper floor
import migrations
from knowledge.database import Database
from knowledge.models import Base
from migrations import State
from tests.conftest import numbers
from tests.postgres_copies import address, create, drop

Bare = Callable[[], Database]


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bare]:
    """Makes databases with nothing in them."""
    made: list[Database] = []
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None

    def make() -> Database:
        name = f"bare_{next(numbers)}"
        if server is not None:
            create(server, name)
            made.append(Database(address(server, name)))
        else:
            made.append(Database(f"sqlite:///{tmp_path}/{name}.db"))
        return made[-1]

    yield make
    for database in made:
        database.close()
        if server is not None:
            drop(server, str(database.url.database))


@dataclass(frozen=True)
class Shape:
    """A table as the database itself describes it, whatever order things were made in."""

    columns: dict[str, tuple[str, bool, bool]]
    primary_key: tuple[str | None, tuple[str, ...]]
    foreign_keys: frozenset[tuple[str | None, tuple[str, ...], str, tuple[str, ...], str]]
    uniques: frozenset[tuple[str | None, tuple[str, ...]]]
    checks: frozenset[tuple[str | None, str]]
    indexes: frozenset[tuple[str | None, tuple[str | None, ...], bool]]
    numbers_never_twice: bool


def shapes(database: Database) -> dict[str, Shape]:
    with database.reading() as session:
        connection = session.connection()
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return {table: _shape(connection, table) for table in tables}


def _shape(connection: Connection, table: str) -> Shape:
    look = inspect(connection)
    key = look.get_pk_constraint(table)
    return Shape(
        columns={
            column["name"]: (
                str(column["type"]),
                column["nullable"],
                bool(column.get("autoincrement")),
            )
            for column in look.get_columns(table)
        },
        primary_key=(key["name"], tuple(key["constrained_columns"])),
        foreign_keys=frozenset(
            (
                one["name"],
                tuple(one["constrained_columns"]),
                one["referred_table"],
                tuple(one["referred_columns"]),
                str(one["options"].get("ondelete")),
            )
            for one in look.get_foreign_keys(table)
        ),
        uniques=frozenset(
            (one["name"], tuple(one["column_names"])) for one in look.get_unique_constraints(table)
        ),
        checks=frozenset(
            (one["name"], one["sqltext"]) for one in look.get_check_constraints(table)
        ),
        indexes=frozenset(
            (one["name"], tuple(one["column_names"]), bool(one["unique"]))
            for one in look.get_indexes(table)
        ),
        numbers_never_twice=_numbers_never_twice(connection, table),
    )


def _numbers_never_twice(connection: Connection, table: str) -> bool:
    if connection.dialect.name != "sqlite":
        return True
    written = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    return "AUTOINCREMENT" in connection.execute(written, {"table": table}).scalar_one()


def downgrade(database: Database) -> None:
    with database.writing() as session:
        command.downgrade(migrations._config(session.connection()), "base")


def stamp(database: Database, revision: str) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


def test_an_upgrade_from_nothing_leaves_nothing_to_autogenerate(bare: Bare) -> None:
    database = bare()
    migrations.upgrade(database)
    with database.reading() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_an_upgrade_from_nothing_is_what_the_models_would_make(bare: Bare) -> None:
    upgraded, created = bare(), bare()
    migrations.upgrade(upgraded)
    with created.writing() as session:
        Base.metadata.create_all(session.connection())
    made, meant = shapes(upgraded), shapes(created)
    assert made.keys() == meant.keys() == Base.metadata.tables.keys()
    for table, shape in meant.items():
        assert made[table] == shape
        assert all(name for name, *_ in shape.foreign_keys | shape.uniques | shape.checks)


def test_down_to_nothing_and_up_again(bare: Bare) -> None:
    database = bare()
    migrations.upgrade(database)
    before = shapes(database)
    downgrade(database)
    assert shapes(database) == {}
    assert migrations.state(database) is State.EMPTY
    migrations.upgrade(database)
    assert shapes(database) == before


def test_solutions_from_before_they_had_numbers_get_them_in_order(bare: Bare) -> None:
    database = bare()
    with database.writing() as session:
        command.upgrade(migrations._config(session.connection()), "0001")
        session.execute(
            text(
                "INSERT INTO entry (id, problem, source, status, changed, created_at, updated_at)"
                " VALUES ('a', 'How?', '', 'live', 1, '2026-01-01', '2026-01-01')"
            )
        )
        for number, position in ((1, 4), (2, 0), (3, 2)):
            session.execute(
                text(
                    "INSERT INTO solution (id, entry_id, position, text)"
                    " VALUES (:id, 'a', :at, 't')"
                ),
                {"id": number, "at": position},
            )
    migrations.upgrade(database)
    with database.reading() as session:
        rows = session.execute(
            text("SELECT number, solution_id FROM solution_number ORDER BY number")
        )
        assert [tuple(row) for row in rows] == [(1, 2), (2, 3), (3, 1)]


def test_an_upgrade_of_what_is_current_changes_nothing(bare: Bare) -> None:
    database = bare()
    migrations.upgrade(database)
    with database.writing() as session:
        session.execute(text("INSERT INTO knowledge_state (id, version) VALUES (1, 7)"))
    migrations.upgrade(database)
    with database.reading() as session:
        assert session.execute(text("SELECT version FROM knowledge_state")).scalar_one() == 7


def test_the_state_says_how_a_database_stands(
    bare: Bare, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = bare()
    assert migrations.state(database) is State.EMPTY
    migrations.upgrade(database)
    assert migrations.state(database) is State.CURRENT
    stamp(database, "9999")
    assert migrations.state(database) is State.NEWER
    stamp(database, "0001")
    _one_step_more(tmp_path, monkeypatch)
    assert migrations.state(database) is State.OLDER


def _one_step_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this software knew one migration beyond those it has."""
    steps = tmp_path / "versions"
    steps.mkdir()
    for step in (Path(migrations.__file__).parent / "versions").glob("0*.py"):
        (steps / step.name).write_text(step.read_text())
    (steps / "9999_more.py").write_text(
        f'revision = "9999"\ndown_revision = "{_head()}"\n\n\ndef upgrade() -> None:\n    pass\n'
    )
    config = migrations._config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(steps))
    monkeypatch.setattr(migrations, "_config", lambda: config)


def _head() -> str:
    names = (Path(migrations.__file__).parent / "versions").glob("0*.py")
    return max(name.name for name in names)[:4]


def test_two_upgrades_at_once_end_as_one(bare: Bare) -> None:
    database = bare()
    start = threading.Barrier(3)
    failed: list[Exception] = []

    def upgrade() -> None:
        start.wait()
        try:
            migrations.upgrade(database)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=upgrade, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "they wait for each other"
    assert failed == []
    assert migrations.state(database) is State.CURRENT
    assert shapes(database).keys() == Base.metadata.tables.keys()


def test_an_upgrade_that_fails_leaves_everything_as_it_was(
    bare: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = bare()
    with database.writing() as session:
        session.execute(
            text("CREATE TABLE rating (mine INTEGER)")
        )  # the last table of the first step
    with pytest.raises(Exception, match="rating"):
        migrations.upgrade(database)
    assert shapes(database).keys() == {"rating"}
    assert migrations.state(database) is State.EMPTY
