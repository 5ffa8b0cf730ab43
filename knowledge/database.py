"""One way into the database, SQLite or PostgreSQL: short writes, and reads that wait for nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Enum, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session
from sqlalchemy.pool import StaticPool

BUSY_TIMEOUT_SECONDS = 30
"""How long SQLite waits for another writer before it gives up; `?timeout=` in the URL, another."""

NEVER_TWICE = {"sqlite_autoincrement": True}
"""For a table whose numbers are told to others: SQLite gives the number of a deleted last row to
the next one unless it is asked not to, and whoever still holds it would then mean someone else."""

_READ_ONLY = "als_read_only"
Value = TypeVar("Value")


class DatabaseUnavailable(Exception):
    """The database cannot be reached or stays locked by another process."""


class Database:
    """Opens transactions. Threads and processes may share a database; nobody shares a session."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = _open(url)
        self._reading = self.engine.execution_options(**{_READ_ONLY: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A plain transaction, rolled back at the end: it never waits for SQLite's writer."""
        with _translated(), Session(self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its first line and commits at the end."""
        with (
            _translated(),
            Session(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _open(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    # hide_parameters everywhere: an error's text must never quote what a member wrote
    in_memory = parsed.database in (None, "", ":memory:")
    if in_memory:
        engine = create_engine(
            parsed,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
            hide_parameters=True,
        )
    else:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        patience = {} if "timeout" in parsed.query else {"timeout": BUSY_TIMEOUT_SECONDS}
        engine = create_engine(parsed, connect_args=patience, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A write that begins deferred and then finds another writer fails at once with
    # "database is locked"; one that begins IMMEDIATE queues up instead.
    reading = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        # SQLite says "file is not a database" with the plain error and with none of its kinds.
        if isinstance(error, OperationalError) or type(error) is DatabaseError:
            raise DatabaseUnavailable(str(error.orig)) from error
        raise


def insert_new(
    session: Session,
    table: type[DeclarativeBase],
    rows: Sequence[Mapping[str, object]],
    returning: InstrumentedAttribute[Value],
) -> set[Value]:
    """Inserts what is not there yet, whoever else inserts it at the same moment.

    The values of one column of the rows that were new: what is not among them was there before.
    """
    if not rows:
        return set()
    kind = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    inserting = kind(table).values(list(rows)).on_conflict_do_nothing().returning(returning)
    return set(session.scalars(inserting))


def one_of(kind: type[StrEnum], name: str) -> Enum:
    """A column type for the values of an enum: text with a CHECK, alike on both databases."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )
