"""Local projects called by their own names: the "Old Brewery Makers Yard", not the growth hub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.redaction.reading import Word, listed
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.vocabulary import is_word, vocabulary
from knowledge.text import STOP_WORDS

_SHORTEST = 2
_LONGEST = 6
_LEADING = listed("under without within near behind beside since although perhaps")
_LINKS = listed("of the and at on in for")


def projects(words: Sequence[Word], hidden: frozenset[int]) -> Iterator[Find]:
    """The named projects and buildings in a text."""
    at = 0
    while at < len(words):
        length = _length(words, at, hidden)
        if length:
            yield Find(words[at].start, words[at + length - 1].end, Kind.PROJECT)
        at += max(length, 1)


def _length(words: Sequence[Word], at: int, hidden: frozenset[int]) -> int:
    run = _run(words, at)
    if words[at].begins and words[at].key in STOP_WORDS | _LEADING:
        return 0
    if hidden & set(range(at, at + len(run))):
        return 0
    if len(run) >= _SHORTEST and run[0].key == "project" and _own(run[1:2]):
        return 0 if run[1].key in vocabulary("project_jobs") else _SHORTEST
    for length in range(len(run), _SHORTEST - 1, -1):
        noun = run[length - 1].key
        if noun in vocabulary("project_nouns") and _own(run[: length - 1]):
            loose = noun in vocabulary("loose_project_nouns")
            if not loose or any(not is_word(word.key) for word in run[: length - 1]):
                return length
    return 0


def _run(words: Sequence[Word], at: int) -> Sequence[Word]:
    """The words from here that are written like one name."""
    length = 0
    for word in words[at : at + _LONGEST]:
        if length and not (word.joined and "," not in word.gap and "\n" not in word.gap):
            break
        if not word.capital and (not length or word.key not in _LINKS):
            break
        length += 1
        if word.owns and word.key in vocabulary("generic"):
            break
    return words[at : at + length]


def _own(run: Sequence[Word]) -> bool:
    """Whether something in a name says which one it is; a sentence's first capital does not."""
    if len(run) > 1 and run[0].begins and all(word.capital for word in run):
        first = run[0].key
        return first not in vocabulary("generic") | vocabulary("known") | STOP_WORDS | _LEADING
    telling = [
        word
        for word in run
        if word.capital
        and not word.key.isdigit()
        and not (word.begins and is_word(word.key))
        and word.key not in vocabulary("generic") | vocabulary("known") | _LINKS
        and not (word.upper and len(word.key) > 1)
    ]
    return bool(telling)
