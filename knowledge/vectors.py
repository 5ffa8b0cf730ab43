"""The stored sentence vectors: made once per text and model, read at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from knowledge.models import Entry, EntryStatus, EntryVectors, LoweredWording, Phrase, Solution
from knowledge.pieces import Packed, pack
from knowledge.semantic import Embedder
from knowledge.solutions import numbers
from knowledge.text import normalise

_BATCH = 200
"""Entries embedded and written at a time: what an interrupted import has to do again."""
_LAYOUT = "solutions behind their problem"
"""What a wording's vectors are made of: another name makes all of them anew."""
_AT_A_TIME = 500
"""Entries read at a time: below the limits on bound values of both databases."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wording:
    """All that is said in one live entry; each text gets a vector, in the order of `texts`.

    `lowered` are the keys of wordings that do not mean it (`knowledge.phrases`), `numbers` those of
    the solutions on a card (`knowledge.solutions`).
    """

    entry_id: str
    problem: str
    phrases: tuple[str, ...]
    solutions: tuple[str, ...]
    lowered: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The problem, then the phrases, each solution behind its problem, and the whole.

        A solution alone ("Ask for it early") says little; behind its problem it says what for.
        """
        solved = [f"{self.problem} {solution}" for solution in self.solutions]
        whole = " ".join((self.problem, *self.solutions))
        return tuple(normalise(text) for text in (self.problem, *self.phrases, *solved, whole))

    @property
    def asked(self) -> int:
        """How many of `texts`, the first ones, are worded as a question would be."""
        return 1 + len(self.phrases)

    @property
    def digest(self) -> str:
        """Of what `texts` are made from, and how: it is asked for at every start."""
        parts = ("\0".join(one) for one in ((self.problem, *self.phrases), self.solutions))
        said = "\1".join((_LAYOUT, *parts))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Embedding:
    """What the model made of one wording: `texts` (texts, dims), in the order of `Wording.texts`,
    and the word pieces of the problem and of each phrase.
    """

    texts: Vectors
    pieces: tuple[Packed, ...]


def wordings(session: Session, *, after: int = 0) -> Iterator[tuple[Wording, ...]]:
    """The live entries that changed after that version, ordered by id, some hundreds at a time."""
    last = ""
    while ids := session.scalars(
        select(Entry.id)
        .where(Entry.status == EntryStatus.LIVE, Entry.changed > after, Entry.id > last)
        .order_by(Entry.id)
        .limit(_AT_A_TIME)
    ).all():
        yield wordings_of(session, ids)
        last = ids[-1]


def wordings_of(session: Session, ids: Sequence[str]) -> tuple[Wording, ...]:
    """The live ones among these (some hundreds), ordered by id."""
    rows = session.execute(
        select(Entry.id, Entry.problem)
        .where(Entry.status == EntryStatus.LIVE, Entry.id.in_(ids))
        .order_by(Entry.id)
    )
    phrases = _texts(session, select(Phrase.entry_id, Phrase.text).order_by(Phrase.id), ids)
    solutions = _texts(
        session,
        select(Solution.entry_id, Solution.text)
        .where(Solution.retired_at.is_(None))
        .order_by(Solution.position, Solution.id),
        ids,
    )
    numbered = numbers(session, ids)
    lowered = _texts(session, select(LoweredWording.entry_id, LoweredWording.key), ids)
    return tuple(
        Wording(
            key,
            problem,
            phrases.get(key, ()),
            solutions.get(key, ()),
            lowered.get(key, ()),
            numbered.get(key, ()),
        )
        for key, problem in rows
    )


def live_count(session: Session) -> int:
    return session.scalar(select(func.count()).where(Entry.status == EntryStatus.LIVE)) or 0


def gone_ids(session: Session, *, after: int) -> frozenset[str]:
    """The entries that a change after that version took out of the live ones."""
    return frozenset(
        session.scalars(
            select(Entry.id).where(Entry.status != EntryStatus.LIVE, Entry.changed > after)
        )
    )


def stored(session: Session, model: str, needed: Sequence[Wording]) -> dict[str, Embedding]:
    """The vectors on record for these wordings, by entry; those of other texts are left out."""
    digests = {wording.entry_id: wording.digest for wording in needed}
    rows = session.execute(
        select(
            EntryVectors.entry_id,
            EntryVectors.digest,
            EntryVectors.dims,
            EntryVectors.data,
            EntryVectors.pieces,
            EntryVectors.counts,
        ).where(EntryVectors.model == model, EntryVectors.entry_id.in_(list(digests)))
    )
    return {
        entry_id: _as_it_was(dims, data, pieces, counts)
        for entry_id, digest, dims, data, pieces, counts in rows
        if digests.get(entry_id) == digest
    }


def _as_it_was(dims: int, data: bytes, pieces: bytes, counts: bytes) -> Embedding:
    texts = np.frombuffer(data, dtype=np.float16).reshape(-1, dims).astype(np.float32)
    rows = np.frombuffer(pieces, dtype=np.uint8).reshape(-1, dims // 2)
    return Embedding(texts, tuple(np.split(rows, np.cumsum(list(counts))[:-1])))


def made(embedder: Embedder, needed: Sequence[Wording]) -> dict[str, Embedding]:
    """Embed the wordings now. Rounded as if stored, so that a restart changes no score."""
    if not needed:
        return {}
    asked = [text for wording in needed for text in wording.texts[: wording.asked]]
    rest = [text for wording in needed for text in wording.texts[wording.asked :]]
    close, others = embedder.read(asked), embedder.embed(rest)
    found: dict[str, Embedding] = {}
    start = after = 0
    for wording in needed:
        end, last = start + wording.asked, after + len(wording.texts) - wording.asked
        rows = np.vstack([close.texts[start:end], others[after:last]])
        found[wording.entry_id] = Embedding(
            rows.astype(np.float16).astype(np.float32), tuple(map(pack, close.pieces[start:end]))
        )
        start, after = end, last
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
    to_do = _missing_ids(session, embedder.name)
    done = 0
    for start in range(0, len(to_do), _BATCH):
        batch = wordings_of(session, to_do[start : start + _BATCH])
        write(session, embedder.name, batch, made(embedder, batch))
        if commit is not None:
            commit()
        done += len(batch)
        if progress is not None:
            progress(min(start + _BATCH, len(to_do)), len(to_do))
    return done


def _missing_ids(session: Session, model: str) -> list[str]:
    missing: list[str] = []
    for some in wordings(session):
        rows = session.execute(
            select(EntryVectors.entry_id, EntryVectors.digest).where(
                EntryVectors.model == model,
                EntryVectors.entry_id.in_([wording.entry_id for wording in some]),
            )
        )
        there = {row[0]: row[1] for row in rows}
        missing += [w.entry_id for w in some if there.get(w.entry_id) != w.digest]
    return missing


def write(
    session: Session, model: str, needed: Sequence[Wording], vectors: Mapping[str, Embedding]
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
                "dims": vectors[wording.entry_id].texts.shape[1],
                "data": vectors[wording.entry_id].texts.astype(np.float16).tobytes(),
                "pieces": b"".join(rows.tobytes() for rows in vectors[wording.entry_id].pieces),
                "counts": bytes(len(rows) for rows in vectors[wording.entry_id].pieces),
            }
            for wording in needed
        ],
    )


def _texts(
    session: Session, chosen: Select[str, str], ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry_id, text in session.execute(chosen.where(chosen.selected_columns[0].in_(ids))):
        found.setdefault(entry_id, []).append(text)
    return {entry_id: tuple(texts) for entry_id, texts in found.items()}
