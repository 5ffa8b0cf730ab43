"""Which of the compared entries comes first: what was fitted, and what is certain."""

from __future__ import annotations

import numpy as np

from knowledge.features import Features, Scores
from knowledge.meaning import Slots
from knowledge.phrases import key
from knowledge.ranking import Ranking
from knowledge.reading import Reading
from knowledge.snapshot import Snapshot

_LOOKED_THROUGH = 20
"""Entries of the highest scores, among which equal ones are put in order."""
_LOWERED = np.float32(12.0)
"""What an entry loses, in units of score, for a wording that it does not answer."""
_SAME = 0.998
"""The likeness from which a problem or phrase is the question itself (vectors are rounded)."""
_SAME_BONUS = np.float32(12.0)


def settled(picture: Snapshot, reading: Reading, compared: Features, ranking: Ranking) -> Scores:
    """The scores, with what is certain made so: the very wording, and what was said not to fit."""
    scores = ranking.scores(compared)
    if "typed_problem" in compared.names:
        scores[compared.column("typed_problem") >= _SAME] += _SAME_BONUS
    not_meant = picture.lowered.get(key(reading.typed), frozenset()) if picture.lowered else ()
    for at, slot in enumerate(compared.slots if not_meant else ()):
        if picture.ids[slot] in not_meant:
            scores[at] -= _LOWERED + _SAME_BONUS
    return scores


def very_wording(picture: Snapshot, reading: Reading, compared: Features, at: int) -> bool:
    """Whether an entry has these very words, as its problem or as a phrase that was taught."""
    if "typed_problem" not in compared.names or compared.column("typed_problem")[at] < _SAME:
        return False
    not_meant = picture.lowered.get(key(reading.typed), frozenset()) if picture.lowered else ()
    return picture.ids[int(compared.slots[at])] not in not_meant


def falling(picture: Snapshot, slots: Slots, scores: Scores) -> list[int]:
    """The places of `slots` by falling score; equal ones by id, whatever order they came in."""
    first = np.argsort(-scores, kind="stable")[:_LOOKED_THROUGH]
    return sorted(
        (int(at) for at in first), key=lambda at: (-scores[at], picture.ids[int(slots[at])])
    )
