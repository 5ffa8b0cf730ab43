"""Copies of a template database, used again where a test left the knowledge as it was.

To copy a database PostgreSQL works for half a second; to empty the members' tables, for hardly any.
"""

from __future__ import annotations

import itertools
import os

import psycopg
from psycopg import sql
from sqlalchemy import make_url

KNOWLEDGE = {
    "alembic_version",
    "entry",
    "entry_theme",
    "entry_vectors",
    "knowledge_state",
    "phrase",
    "solution",
    "term",
    "theme",
}
"""Tables that a template may have rows in; all others are empty there."""

_numbers = itertools.count(1)


class Copies:
    """The databases of one test process. The template must stay as it is from now on."""

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._clean: list[str] = []
        self._knowledge = self._known(template)

    def take(self) -> str:
        """The name of a database that is as the template is."""
        if self._clean:
            return self._clean.pop()
        name = f"{self._template}_{os.getpid()}_{next(_numbers)}"
        create(self._server, name, self._template)
        return name

    def give_back(self, name: str) -> None:
        """Nobody may be connected to it any more."""
        if self._known(name) == self._knowledge and self._emptied(name):
            self._clean.append(name)
        else:
            drop(self._server, name)

    def close(self) -> None:
        for name in self._clean:
            drop(self._server, name)

    def _connect(self, name: str) -> psycopg.Connection:
        url = make_url(self._server).set(database=name)
        return psycopg.connect(url.render_as_string(hide_password=False))

    def _known(self, name: str) -> dict[str, str]:
        """What stands in each table of the knowledge, in short; the others by name alone."""
        with self._connect(name) as connection:
            return {table: _digest(connection, table) for table in _tables(connection)}

    def _emptied(self, name: str) -> bool:
        with self._connect(name) as connection:
            members = [sql.Identifier(t) for t in _tables(connection) if t not in KNOWLEDGE]
            empty = sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE")
            try:
                connection.execute("SET lock_timeout = '2s'")
                connection.execute(empty.format(sql.SQL(", ").join(members)))
            except psycopg.errors.LockNotAvailable:  # a test left a transaction open
                return False
            return True


def _tables(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [str(row[0]) for row in rows]


def _digest(connection: psycopg.Connection, table: str) -> str:
    if table not in KNOWLEDGE:
        return ""
    rows = sql.SQL("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t")
    found = connection.execute(rows.format(sql.Identifier(table))).fetchone()
    return str(found[0]) if found is not None else ""


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
