"""Copies of a template database, used again where a test left what was in the template as it was.

To copy a database PostgreSQL works for half a second; to empty the other tables, for hardly any.
"""

from __future__ import annotations

import itertools
import os

import psycopg
from psycopg import sql
from sqlalchemy import make_url

_numbers = itertools.count(1)


class Copies:
    """The databases of one test process. The template must stay as it is from now on."""

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._clean: list[str] = []
        self._filled = self._digests(template)

    def take(self) -> str:
        """The name of a database that is as the template is."""
        if self._clean:
            return self._clean.pop()
        name = f"{self._template}_{os.getpid()}_{next(_numbers)}"
        create(self._server, name, self._template)
        return name

    def give_back(self, name: str) -> None:
        """Nobody may be connected to it any more."""
        if self._emptied(name) and self._digests(name) == self._filled:
            self._clean.append(name)
        else:
            drop(self._server, name)

    def close(self) -> None:
        for name in self._clean:
            drop(self._server, name)

    def _connect(self, name: str) -> psycopg.Connection:
        url = make_url(self._server).set(database=name)
        return psycopg.connect(url.render_as_string(hide_password=False))

    def _digests(self, name: str) -> dict[str, str]:
        """What stands in each table that has any rows, in short."""
        with self._connect(name) as connection:
            digests = {table: _digest(connection, table) for table in _tables(connection)}
        return {table: digest for table, digest in digests.items() if digest}

    def _emptied(self, name: str) -> bool:
        """Empties all that is empty in the template. False where a test left something open."""
        with self._connect(name) as connection:
            others = [sql.Identifier(t) for t in _tables(connection) if t not in self._filled]
            empty = sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(others))
            try:
                connection.execute("SET lock_timeout = '2s'")
                connection.execute(empty)
            except psycopg.errors.LockNotAvailable:
                return False
            return True


def _tables(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [str(row[0]) for row in rows]


def _digest(connection: psycopg.Connection, table: str) -> str:
    rows = sql.SQL("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t")
    found = connection.execute(rows.format(sql.Identifier(table))).fetchone()
    return str(found[0] or "") if found is not None else ""


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
