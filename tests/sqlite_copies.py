"""Copies of a template file, each with an engine that remembers what it has compiled."""

from __future__ import annotations

import shutil
from pathlib import Path

from knowledge.database import Database


class Copies:
    """The databases of one test process. The template must stay as it is from now on."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template = template
        self._folder = folder
        self._free: list[Database] = []
        self._made = 0

    def take(self) -> Database:
        """A database that is as the template is."""
        if not self._free:
            self._made += 1
            self._free.append(Database(f"sqlite:///{self._folder}/test_{self._made}.db"))
        database = self._free.pop()
        shutil.copyfile(self._template, _file(database))
        return database

    def give_back(self, database: Database) -> None:
        """The file goes, with what SQLite keeps beside it: who left it open writes to nothing."""
        database.close()
        for beside in ("", "-wal", "-shm"):
            Path(f"{_file(database)}{beside}").unlink(missing_ok=True)
        self._free.append(database)


def _file(database: Database) -> Path:
    return Path(str(database.url.database))
