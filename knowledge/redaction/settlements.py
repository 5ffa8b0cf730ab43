"""Towns and villages: they are no councils, but few are needed to tell which council is meant.

The larger ones are in towns.txt. A village that no list knows is believed by what it is called
(Much Hadham, Llanrhidian, Stow-on-the-Wold) where the words around lead to a place.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Iterator, Sequence

from knowledge.redaction.places import stands_for_a_place
from knowledge.redaction.reading import Word, at, keys, listed
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.vocabulary import is_name, is_word, vocabulary

_LONGEST = 5
_SHORTEST = 5
_IN = listed("in near around outside across beyond inside throughout within nr")
_TO = listed("at from to between serving via through towards over past of for and visit visited")
_TRAVEL = listed(
    "bus buses minibus coach shuttle ferry train trains travel travels travelling commute moved "
    "moving live lives living people residents learners folk families shops shop traders young "
    "participants trainees station drive village town hamlet parish come comes came coming out "
    "hub library centre office site service"
)
_THERE = (
    ("village",),
    ("town", "centre"),
    ("high", "street"),
    ("town", "hall"),
    ("parish",),
    ("estate",),
    ("residents",),
    ("library",),
    ("market", "place"),
    ("leisure", "centre"),
    ("jobcentre",),
    ("community", "centre"),
)
_SETTLED = listed("village town hamlet suburb parish estate neighbourhood villages")
_BEFORE = listed(
    "much great little upper lower nether long chipping market kirkby kirk stoke newton stow st "
    "abbots kings bishops castle church east west north south old new bishop king high low temple "
    "middle over steeple royal burnham melton thornton sutton hutton weston aston compton holme"
)
_ONLY_OF_PLACES = listed("nether much chipping kirkby abbots stow kirk steeple burnham")
"""What begins the names of villages and hardly anything else."""
_SHAPE = re.compile(
    r"\w+(?:ham|ton|by|thorpe|thwaite|wick|wich|borough|brough|burgh|bury|ford|mouth|pool|ness|ley|"
    r"worth|stead|hurst|combe|field|well|bridge|port|dale|den|don|minster|cester|chester|caster|"
    r"shire|stone|gate|holme|beck|sea|haven|hythe|bourne|burn|cliffe|moor|wold|stow|stock|keld|low|"
    r"side|sted|rigg|toft|ey|head|leigh|church|kirk)"
)
_CELTIC = re.compile(
    r"(?:llan|aber|inver|bally|auchter|strath|pont|pen(?=[dglmrty])|kil(?=[bcdlmrst])|ystrad|"
    r"tre(?=[fghlmrw])|rhos|drum|ard(?=[gmr])|loch|glen(?=[abdefgklr])|bettws|betws|cwm|porth)\w{3,}"
)
_LINKS = (
    ("on",),
    ("under",),
    ("upon",),
    ("le",),
    ("super",),
    ("in",),
    ("by",),
    ("cum",),
    ("on", "the"),
    ("by", "the"),
    ("next", "the"),
    ("in", "the"),
    ("en", "le"),
    ("y",),
    ("juxta",),
    ("of", "the"),
)


def settlements(words: Sequence[Word], hidden: frozenset[int]) -> Iterator[Find]:
    """The towns and villages in a text. `hidden` are places of words that mean something else."""
    place = 0
    while place < len(words):
        length = 0 if place in hidden else _length(words, place)
        if length and not hidden & set(range(place, place + length)):
            yield Find(words[place].start, words[place + length - 1].end, Kind.COUNCIL)
        place += max(length, 1)


@functools.cache
def towns() -> frozenset[tuple[str, ...]]:
    """The names of towns.txt as folded words."""
    text = (importlib.resources.files("knowledge.redaction") / "towns.txt").read_text("utf-8")
    return frozenset(keys(name) for line in text.splitlines() for name in line.split(","))


def is_town(key: tuple[str, ...]) -> bool:
    return key in towns()


@functools.cache
def _firsts() -> frozenset[str]:
    return frozenset(name[0] for name in towns())


def _length(words: Sequence[Word], place: int) -> int:
    if words[place].key in _firsts():
        for length in range(_LONGEST, 0, -1):
            window = words[place : place + length]
            if len(window) == length and _is_listed(words, place, window):
                return length
    return _hyphened(words, place) or _two_words(words, place) or int(_alone(words, place))


def _is_listed(words: Sequence[Word], place: int, window: Sequence[Word]) -> bool:
    name = tuple(word.key for word in window)
    if name not in towns() or not all(word.joined for word in window[1:]):
        return False
    last = place + len(window)
    if not stands_for_a_place(words, place, last) or _in_other_name(words, place, last):
        return False
    led = _led(words, place)
    if len(name) == 1 and (name[0] in vocabulary("ordinary_towns") or is_name(name[0])):
        listed_beside = at(words, place - 1) in {"and", "or"} and (at(words, place - 2),) in towns()
        cue = at(words, place - 1) in _IN or _there(words, last) or listed_beside
        return words[place].capital and not words[place].begins and cue
    if all(word.capital or word.gap == "-" or word.key in {"and", "the"} for word in window):
        return True
    plain = len(name) > 1 and all(is_word(word) for word in name)
    return (led or at(words, place - 1) in {"at", "from"}) and not plain


def _in_other_name(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether capitals go on around it, as in "Michael Ripley" or "Cheddar Gorge Pilot"."""
    prior = words[first - 1] if first else None
    if at(words, last) in vocabulary("not_after_places") and words[last].joined:
        return True
    return bool(
        prior
        and prior.capital
        and not prior.upper
        and words[first].gap == " "
        and (is_name(prior.key) or (not prior.begins and not is_word(prior.key)))
    )


def _led(words: Sequence[Word], place: int) -> bool:
    """Whether the words before lead to a place: "in", "near", "the bus from"."""
    if not place or words[place].gap.strip():
        return False
    prior = at(words, place - 1)
    if prior in _IN:
        return True
    around = {at(words, place - back) for back in (2, 3, 4)}
    return prior in _TO and bool(around & _TRAVEL)


def _there(words: Sequence[Word], last: int) -> bool:
    """Whether the words after are said of a place: "village", "town centre"."""
    return any(
        tuple(word.key for word in words[last : last + len(after)]) == after for after in _THERE
    )


def _strange(word: Word) -> bool:
    """A capital word that no list knows."""
    return (
        word.capital
        and not word.upper
        and len(word.key) >= _SHORTEST
        and word.key.isalpha()
        and not is_word(word.key)
        and not is_name(word.key)
        and word.key not in vocabulary("generic") | vocabulary("not_names")
    )


def _hyphened(words: Sequence[Word], place: int) -> int:
    if place + 1 >= len(words) or words[place + 1].gap != "-":
        return 0
    for link in _LINKS:
        last = place + len(link) + 1
        if last >= len(words) or tuple(w.key for w in words[place + 1 : last]) != link:
            continue
        parts = words[place : last + 1]
        joined = all(word.gap == "-" for word in parts[1:])
        known = is_word(parts[0].key) and is_word(parts[-1].key)
        if joined and parts[0].capital and parts[-1].capital and not known:
            return len(parts)
    return 0


def _two_words(words: Sequence[Word], place: int) -> int:
    if words[place].key not in _BEFORE or not words[place].capital or place + 1 >= len(words):
        return 0
    after = words[place + 1]
    if after.gap not in (" ", ". ") or not after.capital or after.upper or not after.key.isalpha():
        return 0
    if at(words, place + 2) in vocabulary("org_words") | vocabulary("project_nouns"):
        return 0
    telling = _strange(after) or (
        bool(_SHAPE.fullmatch(after.key)) and not is_word(after.key) and len(after.key) >= _SHORTEST
    )
    cue = _led(words, place) or _there(words, place + 2) or at(words, place - 1) in _TO
    if words[place].key in _ONLY_OF_PLACES and not words[place].begins and cue:
        return 2
    return 2 if telling and (cue or _SHAPE.fullmatch(after.key)) else 0


def _called(words: Sequence[Word], place: int) -> bool:
    """ "the village of Clun", "our village, Wrangle, is": there any name is a place's."""
    word = words[place]
    if not word.capital or word.upper or word.key in vocabulary("generic"):
        return False
    prior, earlier = at(words, place - 1), at(words, place - 2)
    if prior in {"of", "called"} and earlier in _SETTLED:
        return True
    closed = place + 1 == len(words) or words[place + 1].gap.strip() in {",", ".", ")"}
    return prior in _SETTLED and words[place].gap.strip() in {",", "("} and closed


def _alone(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if _called(words, place):
        return True
    if not _strange(word) or _in_other_name(words, place, place + 1):
        return False
    following = words[place + 1] if place + 1 < len(words) else None
    goes_on = following and following.gap == " " and following.capital and not word.owns
    if goes_on or at(words, place + 1) in vocabulary("org_words"):
        return _there(words, place + 1)
    if _CELTIC.fullmatch(word.key) and not word.begins:
        return True
    if _there(words, place + 1):
        return True
    shaped = bool(_SHAPE.fullmatch(word.key))
    return (
        shaped
        and not word.begins
        and (_led(words, place) or at(words, place - 1) in {"at", "between"})
    )
