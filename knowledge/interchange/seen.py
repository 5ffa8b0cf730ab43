"""What a file has said so far, and what the network says: on disk, so that no file is too long."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from types import TracebackType

from knowledge.phrases import key
from knowledge.text import normalise, words


class Seen:
    """Ids and problems by the row that had them first, and the network's problems by entry."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")  # no name: a file of SQLite's own that goes when closed
        self._rows.executescript(
            "CREATE TABLE id (id TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID;"
            "CREATE TABLE problem (key BLOB PRIMARY KEY, row INTEGER) WITHOUT ROWID;"
            "CREATE TABLE known (key BLOB, entry TEXT, PRIMARY KEY (key, entry)) WITHOUT ROWID;"
            "CREATE TABLE bad (row INTEGER PRIMARY KEY);"
        )

    def __enter__(self) -> Seen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._rows.close()

    def know(self, entries: Iterable[tuple[str, str]]) -> None:
        """The network's entries, as id and problem."""
        self._rows.executemany(
            "INSERT OR IGNORE INTO known VALUES (?, ?)",
            ((_digest(problem), entry_id) for entry_id, problem in entries),
        )

    def entries_with(self, problem: str) -> tuple[str, ...]:
        """The network's entries with that very problem; case and punctuation do not count."""
        rows = self._rows.execute(
            "SELECT entry FROM known WHERE key = ? ORDER BY entry", (_digest(problem),)
        )
        return tuple(entry_id for (entry_id,) in rows)

    def row_with_id(self, entry_id: str, row: int) -> int | None:
        """The row that had the id first; None where it is this one."""
        self._rows.execute("INSERT OR IGNORE INTO id VALUES (?, ?)", (entry_id, row))
        found = self._rows.execute("SELECT row FROM id WHERE id = ?", (entry_id,))
        return self._other(found, row)

    def row_with_problem(self, problem: str, row: int) -> int | None:
        digest = _digest(problem)
        self._rows.execute("INSERT OR IGNORE INTO problem VALUES (?, ?)", (digest, row))
        found = self._rows.execute("SELECT row FROM problem WHERE key = ?", (digest,))
        return self._other(found, row)

    def leave_out(self, row: int) -> None:
        self._rows.execute("INSERT OR IGNORE INTO bad VALUES (?)", (row,))

    def left_out(self, row: int) -> bool:
        found = self._rows.execute("SELECT 1 FROM bad WHERE row = ?", (row,))
        return found.fetchone() is not None

    @staticmethod
    def _other(found: sqlite3.Cursor, row: int) -> int | None:
        first = int(found.fetchone()[0])
        return None if first == row else first


def id_for(problem: str) -> str:
    """An id for a problem that came without one: the same each time the file is read."""
    return hashlib.sha256(_digest(problem)).hexdigest()[:12]


def _digest(problem: str) -> bytes:
    plain = normalise(problem)
    if words(plain):
        return bytes.fromhex(key(problem))
    return hashlib.sha256(plain.encode("utf-8", "replace")).digest()
