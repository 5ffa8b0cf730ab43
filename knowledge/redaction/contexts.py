"""Signs around a word that it names a person, and not the month, the colour or the verb."""

from __future__ import annotations

from collections.abc import Sequence, Set

from knowledge.redaction.reading import Word, at, listed
from knowledge.redaction.vocabulary import is_first_name, is_surname, is_word, vocabulary

_NOUNED = listed("the a an this that these those our your their his her its my no each")
_SAID_OF_THINGS = listed("in at from and by is was can")
"""Words that may follow a thing at the beginning of a sentence as well as a person."""
_BE = listed("was is can")
_WITHOUT_ARTICLE = listed(
    "hope grace faith art joy charity patience prudence dawn summer autumn sky"
)
"""What begins a sentence without an article although it is a thing."""
_MAY_OR_WILL = listed("may will")
_ASKED = listed("would could can did does has")
_ASKED_TO = listed(
    "mind share send say know explain help tell let want join forward comment bring think please"
)
_BEFORE_SAID = listed("as like what and but because when that since if so while")
_MODALS = listed("may might could would should")
"""What a month hardly ever does."""
_MONTHS = listed("may april june august january")


def addressed(words: Sequence[Word], place: int) -> bool:
    """Whether the words before lead to a person: "spoke to", "thanks", "emailed"."""
    prior, earlier = at(words, place - 1), at(words, place - 2)
    if not place or words[place].gap.strip() not in ("", ","):
        return False
    if prior in vocabulary("person_before"):
        return True
    if (at(words, place - 3), earlier, prior) == ("thank", "you", "to"):
        return True
    return prior in vocabulary("person_before_prep") and earlier in vocabulary("speaking")


def acts(words: Sequence[Word], place: int, *, weak: bool = False) -> bool:
    """Whether the word after is one that people do: "said", "reckons"; `weak`: "has", "is"."""
    following = at(words, place + 1)
    if not following or words[place + 1].gap.strip():
        return False
    if following in vocabulary("person_after"):
        return True
    return weak and following in vocabulary("person_after_weak")


def ordinary_is_person(words: Sequence[Word], place: int, others: Set[str] = frozenset()) -> bool:
    """For a known name that is also a word: "Mark says the mark was fair"."""
    word = words[place]
    if not word.capital:
        return _small(words, place)
    if word.upper and len(word.key) > 2 and not all(w.upper for w in words[:1]):
        return False
    if _inside_a_title(words, place, others):
        return False
    if len(at(words, place - 1)) == 1 and words[place].gap.startswith("."):
        return words[place - 1].capital
    if word.key in _MONTHS and not word.begins:
        return _month_is_person(words, place)
    if word.begins:
        return _begins(words, place)
    return at(words, place - 1) not in _NOUNED


def _month_is_person(words: Sequence[Word], place: int) -> bool:
    surname = at(words, place + 1) if not words[place].owns else ""
    if is_surname(surname) and words[place + 1].capital:
        return True
    return addressed(words, place) or acts(words, place)


def _begins(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.owns:
        return not is_word(at(words, place + 1)) or word.key not in vocabulary("days")
    if at(words, place + 1) == "and" and place + 2 < len(words):
        other = words[place + 2]
        return other.key in {"i", "me", "myself"} or (other.capital and is_first_name(other.key))
    if word.key == "will" and at(words, place + 1) in vocabulary("person_after_weak"):
        return True
    if word.key in _MONTHS and at(words, place + 1) in _MODALS:
        return True
    if acts(words, place, weak=word.key not in _MAY_OR_WILL) or at(words, place + 1) == "will":
        if at(words, place + 1) in _BE and word.key not in _WITHOUT_ARTICLE | _MONTHS:
            return True
        return at(words, place + 1) not in _SAID_OF_THINGS
    if place + 1 < len(words) and words[place + 1].gap.startswith(","):
        vocative = {"can", "could", "would", "thanks", "thank", "do", "did", "are", "you", "please"}
        return at(words, place + 1) in vocative
    return place + 1 == len(words) and place > 0


def _inside_a_title(words: Sequence[Word], place: int, others: Set[str]) -> bool:
    """Whether capitals go on around it without being a person's: "Hope Street"."""
    for beside, gap in ((place + 1, place + 1), (place - 1, place)):
        if not 0 <= beside < len(words):
            continue
        near = words[beside]
        if not near.capital or near.begins or words[gap].gap not in (" ", "-", "\u00a0"):
            continue
        if near.key in others or near.key in vocabulary("titles") or len(near.key) == 1:
            continue
        if not (is_surname(near.key) or is_first_name(near.key) or not is_word(near.key)):
            return not words[place].owns or beside < place
    return False


def _small(words: Sequence[Word], place: int) -> bool:
    if not addressed(words, place):
        return _small_and_acting(words, place)
    if words[place].key in _MAY_OR_WILL:
        return place + 1 == len(words) or words[place + 1].gap.strip() != ""
    ends = place + 1 >= len(words) or words[place + 1].gap.strip() != ""
    following = at(words, place + 1)
    told = at(words, place - 1) in vocabulary("person_before") - {"call", "ring", "text", "copy"}
    goes_on = following in {"in", "at", "from", "who", "about", "for", "and", "on", "that", "said"}
    return ends or acts(words, place) or (told and goes_on)


def _small_and_acting(words: Sequence[Word], place: int) -> bool:
    """ "as rose said", "would bill mind": a thing neither says nor minds."""
    if words[place].key in _MAY_OR_WILL:
        return False
    prior = at(words, place - 1)
    if prior in _ASKED:
        return at(words, place + 1) in _ASKED_TO
    leads = words[place].begins or prior in _BEFORE_SAID
    return leads and at(words, place + 1) in vocabulary("person_speaks")
