"""The database, step by step: `upgrade` brings it up to date, `state` says how it stands."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from knowledge.database import Database

_LOCK = 0x616C73  # "als": one process at a time may change a PostgreSQL schema


class State(Enum):
    CURRENT = "current"
    EMPTY = "empty"
    OLDER = "older"
    NEWER = "newer"


def state(database: Database) -> State:
    """Raises knowledge.database.DatabaseUnavailable."""
    with database.reading() as session:
        known = MigrationContext.configure(session.connection()).get_current_revision()
    scripts = ScriptDirectory.from_config(_config())
    if known == scripts.get_current_head():
        return State.CURRENT
    if known is None:
        return State.EMPTY
    return (
        State.OLDER
        if known in {step.revision for step in scripts.walk_revisions()}
        else (State.NEWER)
    )


def upgrade(database: Database) -> None:
    """Takes the database from wherever it stands to what this version needs, all or nothing."""
    with database.writing() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config(connection), "head")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
