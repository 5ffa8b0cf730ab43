"""Councils in handles, hashtags and words run together: @leedscc, #KentJobs, fifecouncil."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.redaction.councils import gazetteer
from knowledge.redaction.reading import Word, keys
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.vocabulary import is_word

_SHORTEST = 4
_BODY = r"(?:city|county|borough|district|metro|metropolitan|town)?council|city|borough|[mcd]?bc"
_SMALL = r"cc|dc|mdc|cbc|gov|govuk|uk"
_TOPIC = (
    r"jobs|work|works|skills|business|biz|news|hour|together|council|careers|learning|events|"
    r"libraries|economy|growth|regen|grants|chamber|mayor|hub|life|live|market|fest|festival"
)
_TAIL = re.compile(rf"(?:(?:{_BODY})|{_SMALL}|{_TOPIC})+")
_HEAD = re.compile(r"(?:my|our|love|visit|invest(?:in)?|team|lb|rb|one|city(?:of)?|cllrs?|the)?")
_NAMES_COUNCIL = re.compile(rf"(?:{_BODY}|cc|dc)$")


def handles(words: Sequence[Word]) -> Iterator[Find]:
    """The councils in a text's handles, hashtags and run-together words."""
    for word in words:
        if len(word.key) >= _SHORTEST and _names_council(word):
            yield Find(word.start, word.end, Kind.COUNCIL)


def _names_council(word: Word) -> bool:
    if word.gap.endswith(("@", "#")):
        return _tagged(word.key.rstrip("0123456789"))
    return not is_word(word.key) and _council_of(word.key)


def _tagged(key: str) -> bool:
    """A tag may name the council alone, or a council and what goes on there."""
    if key in _run_together():
        return True
    return any(
        key[first:last] in _run_together()
        and (first == 0 or last == len(key) or len(key[first:last]) > _SHORTEST + 1)
        for first in _heads(key)
        for last in range(first + _SHORTEST, len(key) + 1)
        if last == len(key) or _TAIL.fullmatch(key, last)
    ) or _council_of(key)


def _council_of(key: str) -> bool:
    """Whether it is a council's name with "council", "mbc" or the like run on to it."""
    return any(
        key[:last] in _run_together(ordinary=True) and _NAMES_COUNCIL.fullmatch(key, last)
        for last in range(_SHORTEST, len(key) - 1)
    )


def _heads(key: str) -> tuple[int, ...]:
    head = _HEAD.match(key)
    return (0, head.end()) if head and head.end() else (0,)


@functools.cache
def _run_together(*, ordinary: bool = False) -> Mapping[str, tuple[str, ...]]:
    """The names of the gazetteer without blanks; `ordinary`: also those that are plain words."""
    known = gazetteer()
    found = {
        "".join(name): name
        for name in known.names
        if (ordinary or name not in known.ordinary) and name not in known.capitals
    }
    shorter = {
        "".join(part for part in name if part != "and"): name
        for name in found.values()
        if "and" in name
    }
    called = {"".join(keys(one.name)): keys(one.name) for one in known.councils}
    return {**shorter, **found, **(called if ordinary else {})}
