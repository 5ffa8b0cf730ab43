"""The members and organisations that the bot knows, and where a text names one of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.redaction.contexts import ordinary_is_person
from knowledge.redaction.reading import Word, at, keys, listed
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.vocabulary import is_name, is_ordinary, is_word, vocabulary

_SHORTEST_MISTYPED = 5
_TWO_SLIPS_FROM = 8
_ORGANISATION = listed(
    "council borough county city district authority trust ltd limited cic university college "
    "association group partnership foundation service services housing the of community futures "
    "learning training skills enterprise enterprises centre works project hub college academy "
    "solutions support network society union charity agency consultancy llp plc company"
)
_AUXILIARIES = listed("may will")
"""First names with which a sentence goes on as well: "we will field a team"."""
_PARTICLES = listed("de da di van von der den la le el al bin binti ap ab o st the of and")


@dataclass(frozen=True)
class Roster:
    """Names as folded words: whole ones in every order, and the parts that stand for a person."""

    wholes: frozenset[tuple[str, ...]]
    parts: frozenset[str]
    organisations: frozenset[tuple[str, ...]]
    mistakable: tuple[str, ...]
    longest: int


@functools.lru_cache(maxsize=16)
def roster(names: tuple[str, ...]) -> Roster:
    people: set[tuple[str, ...]] = set()
    organisations: set[tuple[str, ...]] = set()
    parts: set[str] = set()
    for name in names:
        words = tuple(key for key in keys(name) if key not in vocabulary("titles"))
        if not words:
            continue
        if _ORGANISATION & set(words):
            organisations.update(_wordings(words))
        else:
            parts.update(w for w in words if len(w) > 1 and w not in _PARTICLES)
            people.update(_orders(words))
    wholes = frozenset(
        whole for whole in people if len(whole) > 1 or len(whole[0]) > _TWO_SLIPS_FROM
    )
    lengths = [len(one) for one in (*wholes, *organisations)]
    return Roster(
        wholes,
        frozenset(parts),
        frozenset(organisations),
        tuple(part for part in sorted(parts) if len(part) >= _SHORTEST_MISTYPED),
        max(lengths, default=0),
    )


def _orders(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    yield (*words[-1:], *words[:-1])
    yield ("".join(words),)
    if len(words) > 2:
        yield (words[0], words[-1])
        yield (*words[1:], words[0])


def _wordings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """An organisation's name, whole and without the words that only say what it is."""
    yield words
    said = words[1:] if words[0] == "the" else words
    if len(said) > 1:
        yield said
    for length in range(2, len(said)):
        telling = not set(said[:length]) <= _ORGANISATION
        if telling and said[length - 1] in _ORGANISATION - {"of", "the"}:
            yield said[:length]
    bare = tuple(word for word in words if word not in vocabulary("council_words") | _ORGANISATION)
    if bare and (len(bare) > 1 or not is_ordinary(bare[0])):
        yield bare
    if len(bare) > 1 and len(bare[0]) > _TWO_SLIPS_FROM - 2 and not is_word(bare[0]):
        yield bare[:1]


def registered(
    words: Sequence[Word], known: Roster, hidden: frozenset[int]
) -> Iterator[tuple[Find, bool]]:
    """Where the roster's names stand."""
    for place in range(len(words)):
        if place in hidden:
            continue
        length, kind = _whole(words, place, known)
        if length:
            yield Find(words[place].start, words[place + length - 1].end, kind), True
        elif _part(words, place, known):
            yield Find(words[place].start, words[place].end, Kind.PERSON), False


def _whole(words: Sequence[Word], place: int, known: Roster) -> tuple[int, Kind]:
    for length in range(known.longest, 0, -1):
        window = words[place : place + length]
        if len(window) < length or not all(word.joined for word in window[1:]):
            continue
        name = tuple(word.key for word in window)
        if name in known.organisations:
            return length, Kind.COUNCIL
        clear = name[0] not in _AUXILIARIES or any(word.capital for word in window)
        if name in known.wholes and clear:
            return length, Kind.PERSON
    return 0, Kind.PERSON


def _part(words: Sequence[Word], place: int, known: Roster) -> bool:
    word = words[place]
    if len(word.key) < 2:
        return False
    if word.key in known.parts:
        if not is_ordinary(word.key):
            return not _other_thing(words, place)
        return ordinary_is_person(words, place, known.parts)
    return _mistyped(word, known) and not _other_thing(words, place)


def _mistyped(word: Word, known: Roster) -> bool:
    key = word.key
    if len(key) < _SHORTEST_MISTYPED or not key.isalpha():
        return False
    bare = key.removesuffix("s")
    if bare != key and bare in known.parts and not is_ordinary(bare):
        return True
    if is_word(key) or is_name(key):
        return False
    slips = 2 if len(key) >= _TWO_SLIPS_FROM else 1
    near = process.extractOne(key, known.mistakable, scorer=OSA.distance, score_cutoff=slips)
    return near is not None and not is_ordinary(near[0])


def _other_thing(words: Sequence[Word], place: int) -> bool:
    """Whether the name belongs to a street, a principle or the like ("Nolan House")."""
    following = at(words, place + 1)
    if following in {"style", "type", "like", "esque"}:
        return words[place + 1].gap == "-"
    named = following in vocabulary("org_words") and words[place + 1].joined
    return named and (words[place + 1].capital or following.startswith(("principle", "formula")))
