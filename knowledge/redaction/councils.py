"""The councils of the United Kingdom, under the names that officers use, and where they are named.

The gazetteer is councils.json. Many councils are called like an ordinary word (Reading, Bath,
Hart); those names are held to need signs of a council around them (knowledge/redaction/places.py).
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.redaction.places import ordinary_is_place, stands_for_a_place, widened
from knowledge.redaction.reading import Word, keys, listed
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.vocabulary import is_name, is_word

_SHORTEST_MISTYPED = 6
_TWO_SLIPS_FROM = 9
_LONGEST_MISTYPED = 4
"""Words of a name that is looked for with a slip in it."""
_ABBREVIATION = 3
"""Letters: an abbreviation this short is only one in capitals."""
_TELLING = 2
_SHORTEST_CONTRACTED = 8
_CONTRACTED_ENDS = (
    "pool",
    "ham",
    "chester",
    "field",
    "mouth",
    "hampton",
    "borough",
    "stead",
    "land",
)
_SHORT_FIRSTS = {
    "north": ("n", "nth"),
    "south": ("s", "sth"),
    "east": ("e",),
    "west": ("w",),
    "great": ("gt",),
    "greater": ("gtr",),
    "northern": ("n",),
}
_POINTS = listed("north south east west")


@dataclass(frozen=True)
class Council:
    name: str
    nation: str
    type: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    """Every name as a tuple of folded words. `ordinary` names need signs of a council."""

    current_to: str
    councils: tuple[Council, ...]
    names: Mapping[tuple[str, ...], str]
    ordinary: frozenset[tuple[str, ...]]
    capitals: frozenset[tuple[str, ...]]
    together: Mapping[str, tuple[str, ...]]
    by_length: Mapping[int, tuple[str, ...]]
    longest: int
    telling: frozenset[str] = field(default_factory=frozenset)
    """Words of which a name of several words can be known, though another is mistyped."""


@functools.cache
def gazetteer() -> Gazetteer:
    file = importlib.resources.files("knowledge.redaction") / "councils.json"
    read = json.loads(file.read_text("utf-8"))
    councils = tuple(
        Council(one["name"], one["nation"], one["type"], tuple(one["also"]))
        for one in read["authorities"]
    )
    names: dict[tuple[str, ...], str] = {}
    short: set[tuple[str, ...]] = set()
    for council in councils:
        for name in (council.name, *council.also):
            names.setdefault(keys(name), council.type)
            if name.isupper() and (len(name) <= _ABBREVIATION or name[-2:] in ("CC", "BC", "DC")):
                short.add(keys(name))
    for place in read["other_places"]:
        names.setdefault(keys(place), "")
    for known, sort in tuple(names.items()):
        for shorter in _contracted(known):
            names.setdefault(shorter, sort)
    ordinary = frozenset(keys(name) for name in read["ordinary"])
    return _shelved(read["current_to"], councils, names, ordinary, frozenset(short))


def _contracted(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The ways in which officers shorten a name by themselves: "L'pool", "Scarboro"."""
    key = name[-1]
    if len(name) > 1:
        yield from ((short, *name[1:]) for short in _SHORT_FIRSTS.get(name[0], ()))
    if key.endswith("borough"):
        yield (*name[:-1], key.removesuffix("ugh"))
    if len(name) > 1 or len(key) < _SHORTEST_CONTRACTED:
        return
    shorts = [key[0] + end for end in _CONTRACTED_ENDS if key.endswith(end)]
    if key.endswith("ingham"):
        shorts.append(f"{key.removesuffix('ingham')}m")
    yield from ((short,) for short in shorts if not is_word(short) and not is_name(short))


def _shelved(
    current_to: str,
    councils: tuple[Council, ...],
    names: Mapping[tuple[str, ...], str],
    ordinary: frozenset[tuple[str, ...]],
    short: frozenset[tuple[str, ...]],
) -> Gazetteer:
    lengths: dict[int, list[str]] = {}
    telling: set[str] = set()
    for name in names:
        lengths.setdefault(len(name), []).append(" ".join(name))
        if len(name) > 1:
            telling.update(word for word in name if len(word) >= _TELLING)
    return Gazetteer(
        current_to,
        councils,
        names,
        ordinary,
        short,
        {"".join(name): name for name in names if len("".join(name)) > _SHORTEST_MISTYPED},
        {length: tuple(shelf) for length, shelf in lengths.items()},
        max(len(name) for name in names),
        frozenset(telling),
    )


def councils_named(words: Sequence[Word], hidden: frozenset[int]) -> Iterator[Find]:
    """The councils in a text. `hidden` are places of words that belong to other set phrases."""
    known = gazetteer()
    at = 0
    while at < len(words):
        length = 0 if at in hidden else _length(words, at, known)
        if length:
            first, last = widened(words, at, at + length)
            yield Find(words[first].start, words[last - 1].end, Kind.COUNCIL)
            at = max(last, at + length)
        else:
            at += 1


def _length(words: Sequence[Word], at: int, known: Gazetteer) -> int:
    """How many words from here name a council; 0 for none."""
    reach = 1
    while reach < known.longest and at + reach < len(words) and words[at + reach].joined:
        reach += 1
    for length in range(reach, 0, -1):
        window = words[at : at + length]
        name = tuple(word.key for word in window)
        if name in known.names:
            if _meant(words, at, length, name, known):
                return length
        elif (
            length <= _LONGEST_MISTYPED
            and _mistyped(window, known)
            and stands_for_a_place(words, at, at + length)
        ):
            return length
    return 0


def _meant(
    words: Sequence[Word], at: int, length: int, name: tuple[str, ...], known: Gazetteer
) -> bool:
    if name in known.capitals:
        if not all(
            w.upper or (len(w.key) == 1 and w.capital) or w.key == "and"
            for w in words[at : at + length]
        ):
            return False
        return words[at - 1].key not in {"a", "an"} if at else True
    if name in known.ordinary:
        region = known.names[name] in ("combined authority", "combined county authority")
        return ordinary_is_place(words, at, at + length, region=region)
    return stands_for_a_place(words, at, at + length)


def _many(typed: str, known: Gazetteer) -> bool:
    """Whether it is a name whose possessive lost its apostrophe: "torbays way"."""
    name = (typed.removesuffix("s"),)
    return (
        name[0] != typed and name in known.names and not {name} & (known.ordinary | known.capitals)
    )


def _written_large(word: Word) -> bool:
    return word.upper or word.key == "and" or (len(word.key) == 1 and word.capital)


def _mistyped(window: Sequence[Word], known: Gazetteer) -> bool:
    typed = " ".join(word.key for word in window)
    if len(typed) < _SHORTEST_MISTYPED or any(word.key.isdigit() for word in window):
        return False
    if len(window) == 1:
        if is_name(typed) or (is_word(typed) and not _many(typed, known)):
            return False
        if _many(typed, known):
            return True
        if typed in known.together:
            return True
        return _near(typed, 1)
    if "".join(word.key for word in window) in known.together:
        return not all(is_word(word.key) for word in window) or window[0].capital
    telling = any(word.key in known.telling for word in window) and len(window[0].key) > 1
    strange = window[0].capital or not all(is_word(word.key) for word in window)
    return telling and strange and _near(typed, len(window))


@functools.lru_cache(maxsize=4096)
def _near(typed: str, length: int) -> bool:
    known = gazetteer()
    slips = 2 if len(typed) >= _TWO_SLIPS_FROM - 1 else 1
    found = process.extract(
        typed, known.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=slips, limit=3
    )
    return any(_likely(typed, name, int(distance)) for name, distance, _ in found)


def _likely(typed: str, name: str, distance: int) -> bool:
    if len(name) < _SHORTEST_MISTYPED - 1 or typed[0] != name[0] or name.upper() == typed:
        return False
    if distance == 1 and typed == name + "s":
        return False
    parts, meant = typed.split(), name.split()
    pairs = list(zip(parts, meant, strict=True))
    if len(parts) > 1 and not _same_but_for_a_slip(pairs):
        return False
    return distance < _TWO_SLIPS_FROM // 4 or len(name) >= _TWO_SLIPS_FROM


def _same_but_for_a_slip(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the words of two names are the same, but for one that is no other word either.

    "Est Lindsey" is taken for East Lindsey although "est" may be a word: the other one tells.
    """
    slipped = [(one, other) for one, other in pairs if one != other]
    same = [one for one, other in pairs if one == other]
    if not same or not slipped:
        return False
    long = any(len(one) > _ABBREVIATION for one in same)
    if any(is_word(one) for one, _ in slipped):
        points = all(other in _POINTS for _, other in slipped)
        return points and long and not any(is_word(one) for one in same)
    return long or (len(slipped) == 1 and len(slipped[0][1]) >= _SHORTEST_MISTYPED - 1)
