"""People after a title: "Cllr Haddow", "Dr Nkechi Umeh"."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.redaction.contexts import acts
from knowledge.redaction.reading import Word, at, listed
from knowledge.redaction.vocabulary import is_first_name, is_surname, is_word, vocabulary
from knowledge.text import STOP_WORDS

_SHORTEST_UNKNOWN = 3
_NOBODY = listed("and or of the i a all both team folks everyone each")
_ADDRESSES = listed("cllr mr mrs")


def titled(words: Sequence[Word], place: int) -> int:
    """How many words from a title on are somebody; 0 where it is none."""
    word = words[place]
    if word.key not in vocabulary("titles") or word.key in {
        "mp",
        "msp",
        "lady",
        "father",
        "sister",
    }:
        return 0
    if word.key in {"ms", "sir", "lord", "canon", "mx", "miss"} and not word.capital:
        return 0
    if word.upper and word.key != "ms" and len(word.key) > 2:
        return 0
    length = 1
    while length < 4 and _continues(words, place + length, capital=word.capital):
        length += 1
    return length if length > 1 else 0


def _continues(words: Sequence[Word], place: int, *, capital: bool) -> bool:
    if place >= len(words) or words[place].gap.strip() not in ("", ".", "-"):
        return False
    word = words[place]
    if word.key in vocabulary("titles") and word.capital:
        return True
    if word.key in _NOBODY or word.key.isdigit() or "\n" in word.gap:
        return False
    if word.capital:
        return word.key not in vocabulary("days") - {"may", "april", "june"}
    named = is_surname(word.key) or is_first_name(word.key) or not is_word(word.key)
    if capital or len(word.key) < _SHORTEST_UNKNOWN:
        return False
    verb = word.key in vocabulary("person_after") | vocabulary("person_after_weak") | STOP_WORDS
    first = at(words, place - 1) in _ADDRESSES and not verb and not word.key.endswith("s")
    return named or acts(words, place, weak=True) or first
