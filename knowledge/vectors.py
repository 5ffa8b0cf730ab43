"""The stored sentence vectors: made once per text and model, read at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from knowledge.models import Entry, EntryStatus, EntryVectors, Phrase, Solution
from knowledge.semantic import Embedder
from knowledge.text import normalise

_BATCH = 200
"""Entries embedded and written at a time: what an interrupted import has to do again."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Wording:
    """All that is said in one live entry; each text gets a vector, in the order of `texts`."""

    entry_id: str
    problem: str
    phrases: tuple[str, ...]
    solutions: tuple[str, ...]
    changed: int

    @property
    def texts(self) -> tuple[str, ...]:
        """The problem, then the phrases, the solutions, and the whole as one text."""
        whole = " ".join((self.problem, *self.solutions))
        return tuple(
            normalise(text) for text in (self.problem, *self.phrases, *self.solutions, whole)
        )

    @property
    def digest(self) -> str:
        return hashlib.sha256("\0".join(self.texts).encode("utf-8", "replace")).hexdigest()


def wordings(session: Session, *, after: int = 0) -> tuple[Wording, ...]:
    """The live entries that changed after that version, ordered by id."""
    changed = (Entry.status == EntryStatus.LIVE, Entry.changed > after)
    phrases = _texts(
        session.execute(
            select(Phrase.entry_id, Phrase.text).join(Entry).where(*changed).order_by(Phrase.id)
        )
    )
    solutions = _texts(
        session.execute(
            select(Solution.entry_id, Solution.text)
            .join(Entry)
            .where(*changed, Solution.retired_at.is_(None))
            .order_by(Solution.position, Solution.id)
        )
    )
    rows = session.execute(
        select(Entry.id, Entry.problem, Entry.changed).where(*changed).order_by(Entry.id)
    )
    return tuple(
        Wording(row[0], row[1], phrases.get(row[0], ()), solutions.get(row[0], ()), row[2])
        for row in rows
    )


def live_ids(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Entry.id).where(Entry.status == EntryStatus.LIVE)))


def stored(
    session: Session, model: str, needed: Collection[Wording], *, after: int = 0
) -> dict[str, Vectors]:
    """The vectors on record for these wordings, by entry; those of other texts are left out."""
    digests = {wording.entry_id: wording.digest for wording in needed}
    rows = session.execute(
        select(EntryVectors.entry_id, EntryVectors.digest, EntryVectors.dims, EntryVectors.data)
        .join(Entry, Entry.id == EntryVectors.entry_id)
        .where(EntryVectors.model == model, Entry.changed > after)
    )
    return {
        row[0]: np.frombuffer(row[3], dtype=np.float16).reshape(-1, row[2]).astype(np.float32)
        for row in rows
        if digests.get(row[0]) == row[1]
    }


def made(embedder: Embedder, needed: Sequence[Wording]) -> dict[str, Vectors]:
    """Embed the wordings now. Rounded as if stored, so that a restart changes no score."""
    texts = [text for wording in needed for text in wording.texts]
    if not texts:
        return {}
    vectors = embedder.embed(texts).astype(np.float16).astype(np.float32)
    found: dict[str, Vectors] = {}
    start = 0
    for wording in needed:
        end = start + len(wording.texts)
        found[wording.entry_id] = vectors[start:end]
        start = end
    return found


def store(
    session: Session,
    embedder: Embedder,
    *,
    progress: Callable[[int, int], None] | None = None,
    commit: Callable[[], None] | None = None,
) -> int:
    """Make and store the vectors that are missing or out of date; returns for how many entries.

    `progress` hears entries done and entries to do. `commit` is called after each batch, so that
    an interrupted run keeps what it has made.
    """
    live = wordings(session)
    there = stored(session, embedder.name, live)
    missing = [wording for wording in live if wording.entry_id not in there]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        write(session, embedder.name, batch, made(embedder, batch))
        if commit is not None:
            commit()
        if progress is not None:
            progress(min(start + _BATCH, len(missing)), len(missing))
    return len(missing)


def write(
    session: Session, model: str, needed: Sequence[Wording], vectors: Mapping[str, Vectors]
) -> None:
    """Put vectors on record in place of what was there."""
    if not needed:
        return
    ids = [wording.entry_id for wording in needed]
    session.execute(delete(EntryVectors).where(EntryVectors.entry_id.in_(ids)))
    session.execute(
        insert(EntryVectors),
        [
            {
                "entry_id": wording.entry_id,
                "model": model,
                "digest": wording.digest,
                "dims": vectors[wording.entry_id].shape[1],
                "data": vectors[wording.entry_id].astype(np.float16).tobytes(),
            }
            for wording in needed
        ],
    )


def _texts(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry_id, text in rows:
        found.setdefault(entry_id, []).append(text)
    return {entry_id: tuple(texts) for entry_id, texts in found.items()}
