"""Other bodies called after a place: town councils, police forces, universities, NHS trusts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.redaction.reading import Word
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.vocabulary import is_word, vocabulary

_ENDINGS = tuple(
    tuple(ending.split())
    for ending in (
        "town council|parish council|community council|borough council|district council|"
        "county council|city council|metropolitan borough|metropolitan borough council|council|"
        "police|constabulary|fire and rescue|fire service|fire authority|university|nhs trust|"
        "nhs foundation trust|hospitals nhs trust|icb|lep|local enterprise partnership|"
        "growth company|combined authority|combined county authority|university hospitals|cvs"
    ).split("|")
)
_BEFORE = (("university", "of"), ("port", "of"), ("borough", "of"), ("royal", "borough", "of"))
_LONGEST_NAME = 4


def bodies(words: Sequence[Word]) -> Iterator[Find]:
    """The bodies in a text that bear a place's name, whether or not the gazetteer knows it."""
    for place in range(len(words)):
        for ending in _ENDINGS:
            if _are(words, place, ending):
                first = _name_before(words, place)
                if first < place:
                    last = words[place + len(ending) - 1]
                    yield Find(words[first].start, last.end, Kind.COUNCIL)
        for leading in _BEFORE:
            named = place + len(leading)
            if _are(words, place, leading) and named < len(words) and _is_own(words[named]):
                yield Find(words[place].start, words[named].end, Kind.COUNCIL)


def _are(words: Sequence[Word], place: int, wanted: Sequence[str]) -> bool:
    return tuple(word.key for word in words[place : place + len(wanted)]) == tuple(wanted)


def _name_before(words: Sequence[Word], place: int) -> int:
    """Where the name before these words begins; the same place where there is none."""
    first = place
    while first and place - first < _LONGEST_NAME and words[first].gap in (" ", "-", "\u00a0"):
        if not _is_own(words[first - 1]):
            break
        first -= 1
    return first


def _is_own(word: Word) -> bool:
    common = word.key in vocabulary("generic") | vocabulary("known") | vocabulary("council_words")
    if common or word.key in vocabulary("not_names") or len(word.key) < 3:
        return False
    if word.capital and not word.upper:
        return not word.begins or not is_word(word.key)
    return not is_word(word.key) and word.key.isalpha() and not word.upper
