"""The answer engine: a question in, what was found and how sure we are out."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from sqlalchemy.orm import Session

from knowledge import state, vectors
from knowledge.elsewhere import subjects
from knowledge.features import Features, features
from knowledge.glossary import Expansion, Glossary, glossary
from knowledge.language import Language, language
from knowledge.ranking import clues, rankings, shares
from knowledge.reading import Reading, read
from knowledge.semantic import Embedder
from knowledge.small_talk import SmallTalk, small_talk
from knowledge.snapshot import Snapshot, snapshot
from knowledge.spelling import Correction
from knowledge.vectors import Vectors, Wording

MOST_MATCHES = 5
_TALK_DISCOUNT = 0.01
"""What is left of a match's probability when the text is small talk from end to end."""


class Decision(StrEnum):
    ANSWER = "answer"
    SUGGEST = "suggest"
    MISS = "miss"


@dataclass(frozen=True)
class Match:
    """An entry that fits. `score` is the probability, 0 to 1, that it is the one asked for.

    `words` are the stems that the question and the entry share.
    """

    entry_id: str
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What came of one question. `matches` are up to five, best first, whatever the decision.

    `understood` is the text after the glossary and the spelling; `small_talk` is set only with
    the decision MISS.
    """

    text: str
    understood: str
    decision: Decision
    matches: tuple[Match, ...] = ()
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    small_talk: SmallTalk | None = None
    language: Language = Language.ENGLISH


class Engine:
    """Finds entries for questions. Threads may share one; without an embedder it has words alone.

    `find` touches no database: call `refresh` to see what changed.
    """

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._refreshing = threading.Lock()
        self._wordings: dict[str, Wording] = {}
        self._vectors: dict[str, Vectors] = {}
        self._snapshot = snapshot(0, (), None if embedder is None else {}, Glossary())

    @property
    def semantic(self) -> bool:
        """Whether the sentence model takes part."""
        return self._embedder is not None

    @property
    def version(self) -> int:
        """The version of the knowledge that answers come from."""
        return self._snapshot.version

    def refresh(self, session: Session) -> bool:
        """Take up what changed since the last time; whether anything had.

        Reads only. Vectors that nobody has stored yet are made here, for this process.
        """
        with self._refreshing:
            current = state.version(session)
            if current == self._snapshot.version:
                return False
            self._take_up(session)
            self._snapshot = snapshot(
                current,
                tuple(self._wordings.values()),
                None if self._embedder is None else self._vectors,
                glossary(session),
            )
            return True

    def find(self, text: str) -> Finding:
        """What the knowledge holds for a text of any content and length. Never raises."""
        picture = self._snapshot
        reading = read(text, picture.glossary, picture.speller)
        talk = small_talk(text)
        matches, decision = self._matches(picture, reading)
        if talk is not None:
            matches = tuple(replace(m, score=m.score * _TALK_DISCOUNT) for m in matches)
        return Finding(
            text=text,
            understood=reading.understood,
            decision=Decision.MISS if talk is not None else decision,
            matches=matches,
            corrections=reading.corrections,
            expansions=reading.expansions,
            small_talk=talk,
            language=language(text),
        )

    def near(self, entry_id: str, limit: int = 3) -> tuple[Match, ...]:
        """Other entries nearest in meaning, best first; `score` is the cosine of the whole texts.

        None for an unknown entry or without the sentence model.
        """
        picture = self._snapshot
        place = picture.place(entry_id)
        if place is None or picture.wholes is None:
            return ()
        likeness = picture.wholes.matrix @ picture.wholes.matrix[place]
        order = [int(i) for i in np.argsort(-likeness, kind="stable") if i != place][:limit]
        return tuple(Match(picture.ids[i], float(likeness[i])) for i in order)

    def compared(self, text: str) -> tuple[Features, Reading]:
        """The scores behind a finding, for fitting and for explaining; shape (entries, names)."""
        picture = self._snapshot
        reading = read(text, picture.glossary, picture.speller)
        return self._compare(picture, reading), reading

    def _compare(self, picture: Snapshot, reading: Reading) -> Features:
        made = None if self._embedder is None else self._embedder.embed(reading.wordings)
        return features(picture, reading, made, self._strange)

    @functools.cached_property
    def _strange(self) -> Vectors | None:
        return None if self._embedder is None else self._embedder.embed(subjects())

    def _matches(self, picture: Snapshot, reading: Reading) -> tuple[tuple[Match, ...], Decision]:
        if not picture.ids or not reading.terms:
            return (), Decision.MISS
        compared = self._compare(picture, reading)
        ranking = rankings()["meaning" if self.semantic else "words"]
        scores = ranking.scores(compared)
        order = np.argsort(-scores, kind="stable")[:MOST_MATCHES]
        certainty = ranking.certainty(clues(compared, scores, reading))
        share = shares(scores)
        matches = tuple(
            Match(
                picture.ids[int(i)],
                certainty * float(share[i] / share[order[0]]),
                picture.shared_terms(int(i), reading.terms),
            )
            for i in order
        )
        if certainty >= ranking.answer:
            return matches, Decision.ANSWER
        return matches, Decision.SUGGEST if certainty >= ranking.suggest else Decision.MISS

    def _take_up(self, session: Session) -> None:
        changed = vectors.wordings(session, after=self._snapshot.version)
        live = vectors.live_ids(session)
        for gone in self._wordings.keys() - live:
            del self._wordings[gone]
            self._vectors.pop(gone, None)
        self._wordings |= {wording.entry_id: wording for wording in changed}
        if self._embedder is not None:
            self._vectors |= self._found(session, self._embedder, changed)

    def _found(
        self, session: Session, embedder: Embedder, changed: Sequence[Wording]
    ) -> Mapping[str, Vectors]:
        there = vectors.stored(session, embedder.name, changed, after=self._snapshot.version)
        missing = [wording for wording in changed if wording.entry_id not in there]
        return there | vectors.made(embedder, missing)
