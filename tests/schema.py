"""Everything that is stored, table by table, so that a test can look for what must not be there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import inspect, text

from knowledge.database import Database


def cells(database: Database) -> Iterator[tuple[str, str]]:
    """Each value of the database as text, with the table and column that it stands in."""
    with database.reading() as session:
        connection = session.connection()
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():  # noqa: S608
                for column, value in row.items():
                    yield f"{table}.{column}", str(value)


def places(database: Database, *marks: str) -> set[str]:
    """The columns that hold any of these words, in any case."""
    return {
        place
        for place, value in cells(database)
        for mark in marks
        if mark.casefold() in value.casefold()
    }


def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.reading() as session:
        connection = session.connection()
        return {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()  # noqa: S608
            for table in inspect(connection).get_table_names()
        }
