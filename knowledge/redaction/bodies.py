"""Other bodies called after a place: town councils, police forces, universities, NHS trusts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.redaction.reading import Word, at, listed
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.vocabulary import is_word, phrases, vocabulary

_BEFORE = (("university", "of"), ("port", "of"), ("borough", "of"), ("royal", "borough", "of"))
_COUNCIL = listed("council councils cc borough mbc")
_LONGEST_NAME = 4
_LONGEST_INITIALS = 6
_SMALL_INITIALS = re.compile(r"[a-z]{1,3}m[bd]c|(?!y)[a-z]{1,3}mca")
_COUNCIL_INITIALS = re.compile(
    r"[a-z]{1,3}m[bd]c|(?!so)[a-z]{2}[bd]c|(?!un)[a-z]{2}cc|lb[a-z]{2}"
    r"|(?!y)[a-z]{1,3}mca|(?!ac)[a-z]{2,3}cca"
)


def bodies(words: Sequence[Word]) -> Iterator[Find]:
    """The bodies in a text that bear a place's name, whether or not the gazetteer knows it."""
    for place in range(len(words)):
        if _initials(words, place):
            yield Find(words[place].start, words[place].end, Kind.COUNCIL)
        for ending in _endings().get(words[place].key, ()):
            if _are(words, place, ending):
                first = _name_before(words, place)
                if first < place:
                    last = words[place + len(ending) - 1]
                    yield Find(words[first].start, last.end, Kind.COUNCIL)
        for leading in _BEFORE:
            named = place + len(leading)
            if _are(words, place, leading) and named < len(words) and _is_own(words[named]):
                yield Find(words[place].start, words[named].end, Kind.COUNCIL)


@functools.cache
def _endings() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The words that end a body's name, by their first word."""
    listed = sorted(phrases("place_bodies"))
    return {first: tuple(e for e in listed if e[0] == first) for first, *_ in listed}


def _initials(words: Sequence[Word], place: int) -> bool:
    """ "We're CEC", "colleagues at NKDC": capitals where a council is spoken of."""
    word = words[place]
    if _SMALL_INITIALS.fullmatch(word.key) and not is_word(word.key):
        return True
    if not (word.upper and word.key.isalpha() and 3 <= len(word.key) <= _LONGEST_INITIALS):
        return False
    if is_word(word.key) or word.key in vocabulary("generic") | vocabulary("not_names"):
        return False
    if _COUNCIL_INITIALS.fullmatch(word.key):
        return True
    if at(words, place + 1) in _COUNCIL and words[place + 1].gap == " ":
        return True
    prior, earlier = at(words, place - 1), at(words, place - 2)
    ends = place + 1 == len(words) or words[place + 1].gap.strip() != ""
    if ends and (prior == "were" or (earlier, prior) == ("we", "are")):
        return True
    led = prior in {"at", "from"} and earlier in vocabulary("people_of") - {"us", "them", "back"}
    return led and not word.begins


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
