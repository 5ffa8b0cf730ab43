"""A text as words with their places, folded for matching: no accents, no case, no possessives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*|&")
_APOSTROPHES = "'’‘`´"
_OWNED = re.compile(rf"(?i)[{_APOSTROPHES}](?:s|ll|d|ve|re|m)$")
_SENTENCE_BREAK = re.compile(r"[.!?…\n\r]")
_BLANK = re.compile(r"[^\S\n]*(?:[-‐‑–.,]|\n)?[^\S\n]*")
_SHOUTED = 0.7


@dataclass(frozen=True)
class Word:
    start: int
    end: int
    """Without a possessive 's or a shortened verb."""
    key: str
    capital: bool
    upper: bool
    begins: bool
    """Begins a sentence, so that its capital says nothing."""
    owns: bool
    """Is followed by 's."""
    joined: bool
    """Only blanks, a hyphen, a comma or one line end lie between it and the word before."""
    gap: str
    """What lies between it and the word before."""


def listed(words: str) -> frozenset[str]:
    """A list of words, written with blanks between."""
    return frozenset(words.split())


def folded(text: str) -> str:
    """Lower case without accents, apostrophes or ligatures."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in apart if not unicodedata.combining(c) and c not in _APOSTROPHES)
    return plain.casefold().translate({ord("ø"): "o", ord("ł"): "l", ord("đ"): "d"})


def read(text: str) -> tuple[Word, ...]:
    """The words of a text in order. In a shouted text no word counts as having a capital."""
    shouted = _shouted(text)
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        words.append(_word(text[end : match.start()], match, words[-1:], shouted))
        end = match.end()
    return tuple(words)


_TITLES = listed("dr mr mrs ms miss prof rev st cllr sir")


def _word(gap: str, match: re.Match[str], before: Sequence[Word], shouted: bool) -> Word:
    said = match.group()
    owned = _OWNED.search(said)
    bare = said[: owned.start()] if owned else said
    key = "and" if bare == "&" else folded(bare)
    prior = before[0] if before else None
    stopped = prior is None or bool(_SENTENCE_BREAK.search(gap))
    if prior and "." in gap and "\n" not in gap and _abbreviated(prior):
        stopped = False
    return Word(
        match.start(),
        match.start() + len(bare),
        key,
        bare[:1].isupper() and not shouted,
        len(bare) > 1 and bare.isupper() and not shouted,
        stopped,
        bool(owned) and said[-1:] in "sS",
        prior is not None and bool(_BLANK.fullmatch(gap)) and not (stopped and "." in gap),
        gap,
    )


def _abbreviated(word: Word) -> bool:
    return word.key in _TITLES or (len(word.key) == 1 and word.capital)


def _shouted(text: str) -> bool:
    letters = [c for c in text[:4000] if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > _SHOUTED * len(letters)


def keys(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in read(text))


def at(words: Sequence[Word], place: int) -> str:
    """The word at a place, or nothing beyond either end."""
    return words[place].key if 0 <= place < len(words) else ""


def masked(words: Sequence[Word], phrases: Iterable[tuple[str, ...]]) -> frozenset[int]:
    """The places of words that belong to one of some set phrases."""
    firsts: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        firsts.setdefault(phrase[0], []).append(phrase)
    found: set[int] = set()
    for place, word in enumerate(words):
        for phrase in firsts.get(word.key, ()):
            if tuple(w.key for w in words[place : place + len(phrase)]) == phrase:
                found.update(range(place, place + len(phrase)))
    return frozenset(found)
