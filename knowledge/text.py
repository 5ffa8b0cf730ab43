"""Text as officers type it, made even: one form for matching, split into sentences and words."""

from __future__ import annotations

import functools
import re
import unicodedata

LONGEST = 20_000
"""Characters of a text that are looked at; what comes after is left out."""

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'"})
_QUOTES |= str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'})
_QUOTES |= str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ss", "ss"),
    ("ations", "at"),
    ("ation", "at"),
    ("ments", "ment"),
    ("ings", ""),
    ("ing", ""),
    ("eed", "ee"),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
)
_SHORTEST_STEM = 3

_STOP_WORDS = """
    a about after again all also am an and any anybody anyone are as at be because been before
    being both but by can can't cannot could did do does doesn't doing don't each else even ever
    every everybody everyone for from get gets getting given got had has have having he her here
    hers hi hello him his how i i'd i'll i'm i've if in into is isn't it it's its just let like
    made make makes many may me might more most much must my myself no nobody nor not of off ok on
    one only or other others our ours out over own people please really s same say she should so
    some somebody someone something still such t ta take than thank thanks that that's the their
    theirs them then there these they they're they've thing things this those through to too up us
    used very was we we'd we'll we're we've were what what's when where whether which while who
    who's whom whose why will with without won't would yet you you're your yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def normalise(text: str) -> str:
    """One line of NFKC text: straight quotes, single blanks, nothing invisible.

    Line ends count as sentence ends, so they become one where a sentence mark is missing.
    """
    tidy = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_QUOTES)
    lines = (" ".join(_visible(line).split()) for line in tidy.splitlines())
    return "\n".join(line for line in lines if line)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a normalised text, in order."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part))


def words(text: str) -> list[str]:
    """The words of a normalised text in lower case; `m&e` and `don't` are one word each."""
    return _WORD.findall(text.lower())


def terms(text: str) -> list[str]:
    """What counts in lexical matching: the stems of a text's words, without the stop words."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest endings, so that `measuring` meets `measured`."""
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return _undoubled(word.removesuffix(ending) + instead)
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else word


def _undoubled(stemmed: str) -> str:
    doubled = len(stemmed) > _SHORTEST_STEM and stemmed[-1] == stemmed[-2]
    if doubled and stemmed[-1] not in "lsz":
        return stemmed[:-1]
    return stemmed.removesuffix("e") if len(stemmed) > _SHORTEST_STEM + 1 else stemmed


def _visible(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(" " if unicodedata.category(c) in _INVISIBLE else c for c in line)
