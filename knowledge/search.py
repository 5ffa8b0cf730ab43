"""The answer engine: a question in, what was found and how sure we are out."""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from sqlalchemy.orm import Session
from threadpoolctl import threadpool_limits

from knowledge import state, vectors
from knowledge.alike import Alike
from knowledge.elsewhere import chatter, subjects
from knowledge.features import Features, Scores, features
from knowledge.glossary import Expansion, Glossary, glossary
from knowledge.language import Language, language
from knowledge.meaning import Slots
from knowledge.order import falling, settled, very_wording
from knowledge.ranking import clues, rankings, shares
from knowledge.reading import Reading, read
from knowledge.semantic import Embedder
from knowledge.small_talk import SmallTalk, small_talk
from knowledge.snapshot import Snapshot, Stock
from knowledge.spelling import Correction
from knowledge.vectors import Embedding, Vectors, Wording
from knowledge.why import Why, why

MOST_MATCHES = 5
_PARTS = 10
"""Some hundred entries each, that are laid out together: each laying out costs a little."""
_TALK_DISCOUNT = 0.01
"""What is left of a match's probability when the text is small talk from end to end."""
_CERTAIN = 0.99
"""How sure the very wording of a problem, or one that a moderator taught, makes us."""


class Decision(StrEnum):
    ANSWER = "answer"
    SUGGEST = "suggest"
    MISS = "miss"


_NO_REASON = Why()


@dataclass(frozen=True)
class Match:
    """An entry that fits. `score` is the probability, 0 to 1, that it is the one asked for."""

    entry_id: str
    score: float
    why: Why = _NO_REASON

    @property
    def words(self) -> tuple[str, ...]:
        """The officer's words that the entry shares."""
        return self.why.words


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
        _alone_on_a_core()
        self._embedder = embedder
        self._refreshing = threading.Lock()
        self._stock = Stock(Glossary(), semantic=embedder is not None)
        self._snapshot = self._stock.picture(0)
        self._unkept: dict[str, tuple[Wording, Embedding]] = {}

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
            self._snapshot = self._stock.picture(current)
            return True

    @property
    def unkept(self) -> bool:
        """Whether `refresh` made vectors that nobody has stored."""
        return bool(self._unkept)

    def keep(self, session: Session) -> int:
        """Put on record the vectors that `refresh` had to make, so that nobody makes them again.

        Needs a transaction that writes; returns for how many entries.
        """
        with self._refreshing:
            unkept, self._unkept = self._unkept, {}
        if self._embedder is not None and unkept:
            made = {entry_id: rows for entry_id, (_, rows) in unkept.items()}
            vectors.write(session, self._embedder.name, [w for w, _ in unkept.values()], made)
        return len(unkept)

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
        if place is None or picture.meaning is None:
            return ()
        meaning = picture.meaning
        slots = picture.candidates((), meaning.problem_likeness(meaning.problems[[place]]))
        slots = slots[slots != place]
        rows, first = meaning.detail_likeness(slots, meaning.whole(place))
        return _nearest(picture, slots, rows[first + meaning.sizes[slots] - 1, 0], limit)

    def nearest(self, text: str, limit: int = 3) -> tuple[Match, ...]:
        """The entries whose problem is nearest to a text; `score` is their cosine.

        Without the sentence model it is the share of the text's rarity that they hold.
        """
        picture = self._snapshot
        reading = read(text, picture.glossary, picture.speller)
        if not picture.size or not reading.terms:
            return ()
        compared = self._compare(picture, reading)
        column = "problem" if self.semantic else "covered_problem"
        return _nearest(picture, compared.slots, compared.column(column), limit)

    def problems(self) -> tuple[tuple[str, ...], Vectors | None]:
        """The live entries and the vectors of their problems, shape (entries, dims), likewise
        ordered; None without the sentence model.
        """
        picture = self._snapshot
        slots = np.flatnonzero(picture.alive)
        ids = tuple(picture.ids[int(slot)] for slot in slots)
        return ids, None if picture.meaning is None else picture.meaning.problems[slots]

    def alike(self, text: str, others: Sequence[str]) -> Mapping[str, float]:
        """How surely others say the same as a text (`Alike.scores`); none without the model."""
        return self._alike.scores(text, others, self._understood) if self._alike else {}

    def cosines(self, text: str, others: Sequence[str]) -> Mapping[str, float]:
        """How near other texts are to a text in meaning; none without the model."""
        return self._alike.cosines(text, others, self._understood) if self._alike else {}

    def _understood(self, text: str) -> str:
        picture = self._snapshot
        return read(text, picture.glossary, picture.speller).understood

    @functools.cached_property
    def _alike(self) -> Alike | None:
        if self._embedder is None or self._strange is None:
            return None
        subjects, _ = self._strange
        return Alike(self._embedder, subjects)

    def compared(self, text: str) -> tuple[Features, Reading, tuple[str, ...]]:
        """The scores behind a finding, and whose they are: for fitting."""
        picture = self._snapshot
        reading = read(text, picture.glossary, picture.speller)
        compared = self._compare(picture, reading)
        return compared, reading, tuple(picture.ids[slot] for slot in compared.slots)

    def _compare(self, picture: Snapshot, reading: Reading) -> Features:
        made = None if self._embedder is None else self._embedder.read(reading.wordings)
        return features(picture, reading, made, self._strange)

    @functools.cached_property
    def _strange(self) -> tuple[Vectors, Vectors] | None:
        if self._embedder is None:
            return None
        return self._embedder.embed(subjects()), self._embedder.embed(chatter())

    def _matches(self, picture: Snapshot, reading: Reading) -> tuple[tuple[Match, ...], Decision]:
        if not picture.size or not reading.terms:
            return (), Decision.MISS
        made = None if self._embedder is None else self._embedder.read(reading.wordings)
        compared = features(picture, reading, made, self._strange)
        ranking = rankings()["meaning" if self.semantic else "words"]
        scores = settled(picture, reading, compared, ranking)
        order = falling(picture, compared.slots, scores)[:MOST_MATCHES]
        certainty = ranking.certainty(clues(compared, scores, reading))
        if very_wording(picture, reading, compared, order[0]):
            certainty = max(certainty, _CERTAIN)
        share = shares(scores)
        asked = None if made is None else made.texts[reading.wordings.index(reading.understood)]
        matches = tuple(
            Match(
                picture.ids[int(compared.slots[i])],
                certainty * float(share[i] / share[order[0]]),
                why(picture, reading, int(compared.slots[i]), asked),
            )
            for i in order
        )
        if certainty >= ranking.answer:
            return matches, Decision.ANSWER
        return matches, Decision.SUGGEST if certainty >= ranking.suggest else Decision.MISS

    def _take_up(self, session: Session) -> None:
        terms = glossary(session)
        after = self._snapshot.version
        if after == 0 or terms != self._stock.glossary or self._stock.untidy:
            self._lay_out(session, terms)
            return
        gone = vectors.gone_ids(session, after=after)
        self._stock.change(gone, (), {})
        self._put_in(session, after)
        if self._stock.problem_words.size != vectors.live_count(session):
            self._lay_out(session, terms)  # an entry was deleted outright, which leaves no trace

    def _lay_out(self, session: Session, terms: Glossary) -> None:
        self._stock = Stock(terms, semantic=self.semantic)
        self._stock.expected = vectors.live_count(session)
        self._put_in(session, after=0)

    def _put_in(self, session: Session, after: int) -> None:
        coming = vectors.wordings(session, after=after)
        while parts := tuple(itertools.islice(coming, _PARTS)):
            news = tuple(wording for part in parts for wording in part)
            made = [self._vectors(session, part) for part in parts]
            self._stock.change((), news, dict(itertools.chain(*(one.items() for one in made))))

    def _vectors(self, session: Session, news: Sequence[Wording]) -> Mapping[str, Embedding]:
        if self._embedder is None:
            return {}
        there = vectors.stored(session, self._embedder.name, news)
        missing = [wording for wording in news if wording.entry_id not in there]
        made = vectors.made(self._embedder, missing)
        self._unkept |= {wording.entry_id: (wording, made[wording.entry_id]) for wording in missing}
        return {**there, **made}


def _nearest(picture: Snapshot, slots: Slots, scores: Scores, limit: int) -> tuple[Match, ...]:
    order = falling(picture, slots, scores)[:limit]
    return tuple(Match(picture.ids[int(slots[i])], float(scores[i])) for i in order)


@functools.cache
def _alone_on_a_core() -> None:
    """Our products are small: threads that share one wait for each other longer than they work, and
    much longer where others are at work on the same cores.
    """
    threadpool_limits(limits=1, user_api="blas")
