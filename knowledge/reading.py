"""Reading a question: the text as typed, and as understood after glossary and spelling."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.glossary import Expansion, Glossary, NewTerm
from knowledge.spelling import Correction, Speller
from knowledge.text import STOP_WORDS, normalise, sentences, stem, terms, words

_MOST_SENTENCES = 12
"""Sentences of a long story that are looked at one by one: the first ones and the last."""
_MOST_TERMS = 120
"""Different words of a text that count in lexical matching: far more than any real question has."""
_WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")


@dataclass(frozen=True)
class Reading:
    """One question. `terms` are the stems of `understood` that count in lexical matching.

    `sources` has, for a stem, the word it comes from, where that is the officer's own (or the
    officer's own with a slip set right).
    """

    typed: str
    understood: str
    sentences: tuple[str, ...]
    terms: tuple[str, ...]
    corrections: tuple[Correction, ...]
    expansions: tuple[Expansion, ...]
    sources: Mapping[str, str]

    @staticmethod
    def stems(text: str) -> list[str]:
        return terms(text)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The different texts worth a vector: as typed, as understood, sentence by sentence."""
        return tuple(dict.fromkeys((self.typed, self.understood, *self.sentences)))


def read(text: str, glossary: Glossary, speller: Speller) -> Reading:
    """Read a question of any content and length."""
    typed = normalise(text)
    expanded, expansions = glossary.expand(typed)
    plain, _ = shorthand().expand(expanded)
    corrections = speller.corrections(plain)
    understood = _corrected(plain, corrections)
    found = sentences(understood)
    return Reading(
        typed=typed,
        understood=understood,
        sentences=_ends(found) if len(found) > 1 else (),
        terms=tuple(dict.fromkeys(terms(understood)))[:_MOST_TERMS],
        corrections=corrections,
        expansions=expansions,
        sources=_sources(typed, corrections),
    )


@functools.cache
def shorthand() -> Glossary:
    """Everyday shorthand (`ppl`, `mtgs`, `btwn`): of the language, so not in the glossary."""
    file = importlib.resources.files("knowledge") / "shorthand.json"
    written: dict[str, str] = json.loads(file.read_text("utf-8"))
    return Glossary(tuple(NewTerm(short, means) for short, means in written.items()))


def _sources(typed: str, corrections: tuple[Correction, ...]) -> Mapping[str, str]:
    own = (*words(typed), *(word for c in corrections for word in words(c.right)))
    return {stem(word): word for word in own if word not in STOP_WORDS}


def _corrected(text: str, corrections: tuple[Correction, ...]) -> str:
    if not corrections:
        return text
    right = {correction.wrong: correction.right for correction in corrections}
    return _WORD.sub(lambda match: right.get(match[0].lower(), match[0]), text)


def _ends(found: tuple[str, ...]) -> tuple[str, ...]:
    if len(found) <= _MOST_SENTENCES:
        return found
    half = _MOST_SENTENCES // 2
    return found[:half] + found[-half:]
