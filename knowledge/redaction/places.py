"""Signs around a word that it names a place and its council, and not the ordinary thing."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from knowledge.redaction.reading import Word, at, listed
from knowledge.redaction.vocabulary import vocabulary

_MOST_TITLE_WORDS = 4
_ARTICLES = listed("a an the this that my our your their his her its some any each")


def widened(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """The name with its "London Borough of" before and its "City Council" after."""
    kinds, linked = vocabulary("council_words"), vocabulary("council_words_before")
    for _ in range(_MOST_TITLE_WORDS):
        if last < len(words) and words[last].key in kinds and words[last].joined:
            if words[last].key == "community" and at(words, last + 1) not in kinds:
                break
            last += 1
    before = first
    if at(words, first - 1) == "of":
        before = first - 1
        while before and words[before - 1].key in linked and words[before].joined:
            before -= 1
        before = first if before == first - 1 else before
    return before, last


def _titled(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether words like "Borough of" or "Council" belong to the name."""
    after = widened(words, first, last)[1] > last
    return after or widened(words, first, last)[0] < first


def _is_title(words: Sequence[Word], first: int, last: int) -> bool:
    """Not "reading council papers", but "Reading Council" and "at reading council"."""
    if words[first].capital or at(words, first - 1) in {"at", "in", "from"}:
        return True
    return at(words, widened(words, first, last)[1]) in vocabulary("council_does")


@functools.cache
def _goods() -> frozenset[str]:
    """Things that are called after places, in the singular."""
    return frozenset(word.removesuffix("s") for word in vocabulary("goods"))


def stands_for_a_place(words: Sequence[Word], first: int, last: int) -> bool:
    """For a name that is no ordinary word: false only inside another name."""
    if at(words, last).removesuffix("s") in _goods() and words[last].joined:
        return False
    if at(words, last) in {"house", "arms", "street"} and words[last].capital:
        return False
    return not (
        at(words, first - 1) in vocabulary("not_before_places")
        and words[first].joined
        and words[first - 1].capital
    )


def ordinary_is_place(words: Sequence[Word], first: int, last: int, *, region: bool) -> bool:
    """For a name that is also an ordinary word, or (`region`) a part of the country."""
    verb = words[first].key in vocabulary("place_verbs") and last - first == 1
    if words[last - 1].owns and not verb and not region:
        return at(words, first - 1) not in {"a", "an"} and not _in_other_name(words, first, last)
    if _titled(words, first, last) and (not verb or _is_title(words, first, last)):
        return not region or at(words, last) in vocabulary("combined")
    if region:
        return False
    if _in_other_name(words, first, last):
        return False
    if words[first].capital:
        if not words[first].begins:
            return at(words, first - 1) not in {"a", "an", "every", "each"}
        return _begins_as_place(words, last, verb=verb)
    return _small_letters(words, first, last, verb=verb)


def _in_other_name(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether capitals go on around it, as in "Bath Road" or "Michael Kent"."""
    if not words[first].capital:
        return at(words, last) in vocabulary("not_after_places")
    if last < len(words) and words[last].joined and words[last].capital and not words[last].begins:
        listed = words[last].key == "i" or "," in words[last].gap or "-" in words[last].gap
        if not (words[last - 1].owns or listed or words[last].upper):
            return True
    if at(words, last) in vocabulary("not_after_places"):
        return True
    if at(words, last) == "of" and last - first > 1 and words[last].gap == " ":
        return at(words, last + 1)[:1].isalpha() and words[last + 1].capital
    prior = words[first - 1] if first else None
    return bool(
        prior
        and words[first].joined
        and prior.capital
        and not prior.begins
        and not prior.upper
        and "," not in words[first].gap
        and prior.key not in vocabulary("before_places")
    )


def _begins_as_place(words: Sequence[Word], last: int, *, verb: bool) -> bool:
    if words[last - 1].owns:
        return True
    following = at(words, last)
    if following in vocabulary("council_does"):
        return True
    return not verb and following in vocabulary("place_is")


def _small_letters(words: Sequence[Word], first: int, last: int, *, verb: bool) -> bool:
    """Typed small, or after no capital at all: "a friend at hull", "we in bury are"."""
    does = vocabulary("council_does") - vocabulary("place_things") - {"and"}
    if not verb and at(words, last) in does:
        return at(words, first - 1) not in _ARTICLES
    if not verb and at(words, last) in vocabulary("place_things"):
        return at(words, first - 1) == "the"
    if at(words, first - 1) == "in" and at(words, last) in {"they", "we", "our"}:
        return True
    if at(words, first - 1) not in vocabulary("before_places"):
        return False
    peopled = at(words, first - 2) in vocabulary("people_of")
    ends = last >= len(words) or words[last].gap.strip() != "" or words[last].begins
    clause = ends or words[last - 1].owns or at(words, last) in vocabulary("after_places")
    if peopled:
        return clause
    return not verb and at(words, first - 1) in {"at", "in", "from", "w", "with"}
