"""The lists of words that the check goes by, kept as data beside it."""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Mapping

from knowledge.redaction.reading import folded, keys
from knowledge.spelling import general_words

_FOLDER = "knowledge.redaction"


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    file = importlib.resources.files(_FOLDER) / "vocabulary.json"
    read: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
    return {name: frozenset(" ".join(lines).split()) for name, lines in read.items()}


def vocabulary(name: str) -> frozenset[str]:
    """One list of vocabulary.json, in lower case."""
    return _lists()[name]


@functools.cache
def phrases(name: str) -> frozenset[tuple[str, ...]]:
    """One list of phrases.json, each phrase as its folded words."""
    file = importlib.resources.files(_FOLDER) / "phrases.json"
    read: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
    return frozenset(keys(phrase) for phrase in read[name])


@functools.cache
def _names(file: str) -> frozenset[str]:
    text = (importlib.resources.files(_FOLDER) / file).read_text("utf-8")
    return frozenset(folded(text).split())


def is_first_name(key: str) -> bool:
    return key in _names("first_names.txt")


def is_surname(key: str) -> bool:
    return key in _names("surnames.txt")


def is_name(key: str) -> bool:
    return is_first_name(key) or is_surname(key)


def is_ordinary(key: str) -> bool:
    """Whether a name is also a word that people write, as Mark, Grace and Field are."""
    return key in _names("ordinary_names.txt") or (is_word(key) and not is_name(key))


def is_word(key: str) -> bool:
    """Whether a folded word stands in the list of English words, as it is or in an inflection."""
    if key in general_words() or key in vocabulary("known"):
        return True
    return any(key.endswith(end) and key.removesuffix(end) in general_words() for end in ("s", "d"))
