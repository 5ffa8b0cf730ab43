"""Copies of a template database, used again where a test left what was in the template as it was.

To copy a database PostgreSQL works for half a second; to empty the other tables, for hardly any.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Collection

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from knowledge.database import Database

_numbers = itertools.count(1)


class Copies:
    """The databases of one test process. The template must stay as it is from now on.

    Each keeps its engine from test to test, which remembers the statements that it has compiled.
    """

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._clean: list[Database] = []
        with self._connect(template) as connection:
            self._tables = _tables(connection)
            self._filled = _with_rows(connection, self._tables)
            self._digest = _digest(connection, self._filled)
            self._counted = _counts(connection)

    def take(self) -> Database:
        """A database that is as the template is."""
        if self._clean:
            return self._clean.pop()
        name = f"{self._template}_{os.getpid()}_{next(_numbers)}"
        create(self._server, name, self._template)
        return Database(address(self._server, name))

    def give_back(self, database: Database) -> None:
        """Nobody may be connected to it any more."""
        database.close()
        if self._restored(str(database.url.database)):
            self._clean.append(database)
        else:
            drop(self._server, str(database.url.database))

    def close(self) -> None:
        for one in self._clean:
            drop(self._server, str(one.url.database))

    def _connect(self, name: str) -> psycopg.Connection:
        url = make_url(self._server).set(database=name)
        return psycopg.connect(url.render_as_string(hide_password=False))

    def _restored(self, name: str) -> bool:
        """Empties all that is empty in the template. False where a test left something open, or
        changed what is in the template.
        """
        with self._connect(name) as connection:
            try:
                connection.execute("SET lock_timeout = '2s'")
                connection.execute("SET session_replication_role = replica")  # in any order
                for table in _with_rows(connection, self._tables - self._filled):
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            except psycopg.errors.LockNotAvailable:
                return False
            for sequence, last in _counts(connection).items():
                if last != self._counted[sequence]:
                    _count_from(connection, sequence, self._counted[sequence])
            return _digest(connection, self._filled) == self._digest


def _tables(connection: psycopg.Connection) -> frozenset[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return frozenset(str(row[0]) for row in rows)


def _with_rows(connection: psycopg.Connection, tables: Collection[str]) -> frozenset[str]:
    """Which of these tables have any rows."""
    look = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
            sql.Literal(table), sql.Identifier(table)
        )
        for table in sorted(tables)
    )
    return frozenset(str(row[0]) for row in connection.execute(look))


def _digest(connection: psycopg.Connection, tables: Collection[str]) -> str:
    """What stands in these tables, in short."""
    if not tables:
        return ""
    digests = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t").format(
            sql.Literal(table), sql.Identifier(table)
        )
        for table in sorted(tables)
    )
    return str(sorted(connection.execute(digests).fetchall()))


def _counts(connection: psycopg.Connection) -> dict[str, int | None]:
    """The last number that each sequence gave, None where it gave none yet."""
    rows = connection.execute("SELECT sequencename, last_value FROM pg_sequences")
    return {str(name): last for name, last in rows}


def _count_from(connection: psycopg.Connection, sequence: str, last: int | None) -> None:
    connection.execute(
        "SELECT setval(quote_ident(%s)::regclass, %s, %s)", (sequence, last or 1, last is not None)
    )


def create(server: str, name: str, template: str = "template0") -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))


def drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} (FORCE)").format(sql.Identifier(name)))


def address(server: str, name: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)
