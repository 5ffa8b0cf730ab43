"""What the engine searches: pictures of all live entries, and the stock they are taken from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge.glossary import Glossary
from knowledge.lexical import Bm25
from knowledge.meaning import GrowingMeaning, Meaning, Slots, Vectors
from knowledge.spelling import Speller
from knowledge.text import normalise, terms, words
from knowledge.vectors import Embedding, Wording

_SMALL = 256
"""A collection of so many entries is compared whole."""
_MOST_CANDIDATES = 96
"""In a larger one: entries whose every text is compared with a question."""
_BY_WORDS = 32
"""Of those, the ones chosen by their words; the rest are the nearest in meaning."""
_MOST_DEAD = 0.25
"""Share of slots left behind by changed entries above which the stock is laid out anew."""


@dataclass(frozen=True)
class Snapshot:
    """All live entries at one version. An entry lives in a slot; `ids` may run past `alive`.

    `meaning` is None where there is no sentence model. `lowered` has, for a wording's key, the
    entries that are not meant by it. `numbers` has, for a slot, the numbers of its solutions, where
    these do not simply count from 1.
    """

    version: int
    ids: Sequence[str]
    slots: Mapping[str, int]
    alive: NDArray[np.bool_]
    glossary: Glossary
    speller: Speller
    problem_words: Bm25
    whole_words: Bm25
    meaning: Meaning | None
    lowered: Mapping[str, frozenset[str]]
    numbers: Mapping[int, tuple[int, ...]]

    @property
    def size(self) -> int:
        """How many entries live."""
        return self.problem_words.size

    @property
    def large(self) -> bool:
        """Whether there are too many entries to look at each closely."""
        return self.size > _SMALL

    def place(self, entry_id: str) -> int | None:
        slot = self.slots.get(entry_id)
        return slot if slot is not None and slot < len(self.alive) and self.alive[slot] else None

    def candidates(self, asked: Sequence[str], likeness: Vectors | None) -> Slots:
        """The slots worth a closer look, ascending. `likeness` has one column for each wording."""
        if not self.large:
            return np.flatnonzero(self.alive).astype(np.int32)
        by_words = self.whole_words.rough(asked, len(self.alive))
        by_words[~self.alive] = -1
        if likeness is None:
            return _top(by_words, _MOST_CANDIDATES)
        nearest = likeness[:, 0] if likeness.shape[1] == 1 else likeness.max(axis=1)
        by_meaning = np.where(self.alive, nearest, np.float32(-2))
        return np.union1d(
            _top(by_words, _BY_WORDS), _top(by_meaning, _MOST_CANDIDATES - _BY_WORDS)
        ).astype(np.int32)


def _top(scores: Vectors, count: int) -> Slots:
    return np.sort(np.argpartition(-scores, count)[:count]).astype(np.int32)


@dataclass
class Stock:
    """What is known, as it grows. One writer; the pictures it gives stay true."""

    glossary: Glossary
    semantic: bool
    ids: list[str] = field(default_factory=list)
    slots: dict[str, int] = field(default_factory=dict)
    alive: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    speller: Speller = field(default_factory=lambda: Speller({}))
    problem_words: Bm25 = field(default_factory=Bm25)
    whole_words: Bm25 = field(default_factory=Bm25)
    meaning: GrowingMeaning | None = None
    lowered: dict[str, frozenset[str]] = field(default_factory=dict)
    numbers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    expected: int = 0
    _heard: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.speller = Speller(dict.fromkeys(self.glossary.vocabulary(), 1))

    @property
    def untidy(self) -> bool:
        """Whether so much has changed that laying it out anew is worth its while."""
        dead = len(self.alive) - int(self.alive.sum())
        return dead > 64 and dead > _MOST_DEAD * len(self.alive)

    def change(
        self, gone: Collection[str], news: Sequence[Wording], vectors: Mapping[str, Embedding]
    ) -> None:
        """Take entries out (those in `news` that were there as well) and put `news` in."""
        out = {*gone, *(wording.entry_id for wording in news)} & self.slots.keys()
        dead = [self.slots.pop(entry_id) for entry_id in out]
        alive = np.append(self.alive, np.ones(len(news), dtype=np.bool_))
        alive[dead] = False
        problems = [self._terms((w.problem, *w.phrases)) for w in news]
        solutions = [self._terms(w.solutions) for w in news]
        both = [a + b for a, b in zip(problems, solutions, strict=True)]
        self.problem_words = self.problem_words.changed(dead, problems)
        self.whole_words = self.whole_words.changed(dead, both)
        for slot, wording in enumerate(news, start=len(self.ids)):
            self.ids.append(wording.entry_id)
            self.slots[wording.entry_id] = slot
            if wording.numbers != tuple(range(1, len(wording.numbers) + 1)):
                self.numbers[slot] = wording.numbers
        if self.semantic and news:
            self._mean([vectors[wording.entry_id] for wording in news])
        self.alive = alive
        self.speller = self.speller.with_words(self._heard)
        self._heard = {}
        self._lower(out, news)

    def _mean(self, news: Sequence[Embedding]) -> None:
        if self.meaning is None:
            self.meaning = GrowingMeaning(news[0].texts.shape[1])
            self.meaning.reserve(self.expected)
        self.meaning.extend([(one.texts, one.pieces) for one in news])

    def _terms(self, texts: Sequence[str]) -> list[str]:
        """The terms of some texts, whose words are heard."""
        found: list[str] = []
        for text in texts:
            plain = normalise(text)
            self._heard.update(dict.fromkeys(words(plain), 1))
            found += terms(self.glossary.expand(plain)[0])
        return found

    def picture(self, version: int) -> Snapshot:
        return Snapshot(
            version=version,
            ids=self.ids,
            slots=self.slots,
            alive=self.alive,
            glossary=self.glossary,
            speller=self.speller,
            problem_words=self.problem_words,
            whole_words=self.whole_words,
            meaning=None if self.meaning is None else self.meaning.picture(),
            lowered=self.lowered,
            numbers=self.numbers,
        )

    def _lower(self, out: Collection[str], news: Sequence[Wording]) -> None:
        lowered = (
            {key: ids - frozenset(out) for key, ids in self.lowered.items()}
            if out
            else {**self.lowered}
        )
        for wording in news:
            for key in wording.lowered:
                lowered[key] = lowered.get(key, frozenset()) | {wording.entry_id}
        self.lowered = lowered
