"""Has somebody asked this already? For posting a challenge, and for keeping the knowledge tidy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.entries import EntryView, entries_by_id
from knowledge.models import Entry, EntryStatus
from knowledge.search import Engine
from knowledge.text import normalise

_NEAR_IN_MEANING = 0.8
_NEAR_IN_LETTERS = 90
_LOOKED_AT = 20
_WORTH_READING = 0.6
"""The likeness in meaning from which two problems may also be nearly the same letters."""
_BLOCK = 256
"""Entries compared with all others at a time."""


def near_duplicates(session: Session, engine: Engine, text: str) -> tuple[EntryView, ...]:
    """The live entries whose problem says nearly the same, nearest first; most often none.

    By meaning where there is a sentence model, by letters (rapidfuzz) in any case.
    """
    near = engine.nearest(text, _LOOKED_AT)
    views = entries_by_id(session, [match.entry_id for match in near])
    said = normalise(text).lower()
    found = []
    for match in near:
        view = views.get(match.entry_id)
        if view is None:
            continue
        letters = fuzz.token_sort_ratio(said, normalise(view.problem).lower())
        if letters >= _NEAR_IN_LETTERS or (engine.semantic and match.score >= _NEAR_IN_MEANING):
            found.append(view)
    return tuple(found)


def near_pairs(session: Session, engine: Engine) -> Iterator[tuple[str, str]]:
    """The ids of live entries whose problems say nearly the same, each pair once.

    Compares each entry with each other, so it is for looking through the whole, not for a reply.
    """
    rows = session.execute(
        select(Entry.id, Entry.problem).where(Entry.status == EntryStatus.LIVE).order_by(Entry.id)
    )
    said = {row.id: normalise(row.problem).lower() for row in rows}
    ids, vectors = engine.problems()
    if vectors is None:
        yield from _near_in_letters(tuple(said), said)
        return
    for start in range(0, len(ids), _BLOCK):
        likeness = vectors[start : start + _BLOCK] @ vectors.T
        for at, other in np.argwhere(np.triu(likeness >= _WORTH_READING, start + 1)):
            one, two = ids[start + at], ids[other]
            if likeness[at, other] >= _NEAR_IN_MEANING or _alike(said, one, two):
                yield one, two


def _near_in_letters(ids: Sequence[str], said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    texts = [" ".join(sorted(said[entry_id].split())) for entry_id in ids]
    for start in range(0, len(ids), _BLOCK):
        alike = process.cdist(
            texts[start : start + _BLOCK],
            texts,
            scorer=fuzz.ratio,
            score_cutoff=_NEAR_IN_LETTERS,
            dtype=np.uint8,
        )
        for at, other in np.argwhere(np.triu(alike, start + 1)):
            yield ids[start + at], ids[other]


def _alike(said: Mapping[str, str], one: str, two: str) -> bool:
    if one not in said or two not in said:
        return False
    return fuzz.token_sort_ratio(said[one], said[two]) >= _NEAR_IN_LETTERS
