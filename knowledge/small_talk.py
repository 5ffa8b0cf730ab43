"""Small talk: what people say to a bot that is no question for the knowledge base.

The set phrases are in small_talk.json. A text is small talk when it is made of them from end to
end; with one word besides, it is a question.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from knowledge.text import normalise, words

_LONGEST = 16
"""Words: a longer message says something besides."""
_FILLER = "filler"
_SYMBOLS = ("So", "Sk")


class SmallTalk(StrEnum):
    """In the order of weight: of several kinds in one message the first is meant."""

    ABOUT_BOT = "about_bot"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    GREETING = "greeting"
    ACKNOWLEDGEMENT = "acknowledgement"


def small_talk(text: str) -> SmallTalk | None:
    """What kind of small talk the whole text is; None where it says anything else, or nothing."""
    said = words(normalise(text))
    if not said:
        return SmallTalk.ACKNOWLEDGEMENT if _has_symbol(text) else None
    if len(said) > _LONGEST:
        return None
    kinds = _kinds([word for word in said if not word.isdigit()])
    return next((kind for kind in SmallTalk if kind in kinds), None)


def _kinds(said: Sequence[str]) -> frozenset[str]:
    """The kinds of phrases that make up the text, longest first; none if something is left over."""
    phrases, longest = _phrases()
    kinds: set[str] = set()
    at = 0
    while at < len(said):
        for length in range(min(longest, len(said) - at), 0, -1):
            kind = phrases.get(tuple(said[at : at + length]))
            if kind is not None:
                kinds.add(kind)
                at += length
                break
        else:
            return frozenset()
    return frozenset(kinds)


@functools.cache
def _phrases() -> tuple[Mapping[tuple[str, ...], str], int]:
    file = importlib.resources.files("knowledge") / "small_talk.json"
    said: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
    phrases = {tuple(words(phrase)): kind for kind, listed in said.items() for phrase in listed}
    return phrases, max(len(phrase) for phrase in phrases)


def _has_symbol(text: str) -> bool:
    return any(unicodedata.category(character) in _SYMBOLS for character in text)
