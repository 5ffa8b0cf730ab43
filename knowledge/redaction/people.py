"""People whom the bot does not know: honest guesses from titles, common names and what people do.

A name is taken for one where a title stands before it, where two capitals in a row look like a
first name and a surname, or where a common first name stands alone. Small letters are believed
only with a full name, or with words around that lead to a person ("told by priya in finance").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.redaction.contexts import acts, addressed, ordinary_is_person
from knowledge.redaction.reading import Word, at, listed
from knowledge.redaction.span import Find, Kind
from knowledge.redaction.titles import titled
from knowledge.redaction.vocabulary import (
    is_first_name,
    is_ordinary,
    is_surname,
    is_word,
    vocabulary,
)

_SHORTEST_UNKNOWN = 3
_PARTICLES = listed("de da di van von der den la le al el bin o mac mc st ap ben")
_BEFORE_PEOPLE = listed(
    "to by from with is called and can could ask asked told named "
    "hired appointed recruited employed invited"
)
_OWNERS = listed("my our your his her their the a an former ex new old")
_JOBS = listed(
    "manager director officer lead leader boss colleague adviser advisor mentor caseworker coach "
    "clerk accountant auditor solicitor lawyer planner engineer deputy assistant apprentice intern "
    "trainee predecessor counterpart chair chairman chairwoman secretary treasurer councillor "
    "member holder friend contact s151 mate husband wife partner line facilitator consultant "
    "economist analyst resident customer client tutor trainer worker headteacher "
    "caretaker cleaner cook chef driver gardener plumber electrician builder barber butcher baker "
    "receptionist librarian teacher nurse organiser volunteer founder owner landlord neighbour"
)


def people(words: Sequence[Word], taken: frozenset[int]) -> Iterator[Find]:
    """The people in a text. `taken` are places of words that already mean something else."""
    at_place = 0
    while at_place < len(words):
        length = 0 if at_place in taken else _length(words, at_place, taken)
        if length:
            last = words[at_place + length - 1]
            yield Find(words[at_place].start, last.end, Kind.PERSON)
        at_place += max(length, 1)


def _length(words: Sequence[Word], place: int, taken: frozenset[int]) -> int:
    for rule in (titled, _initialled, _full_name, _single):
        length = rule(words, place)
        if length and not taken & set(range(place, place + length)):
            return length
    return 0


def _initialled(words: Sequence[Word], place: int) -> int:
    """ "J. T. Bramhope", "R Patel"."""
    length = 0
    while length < 3 and place + length < len(words) and _initial(words, place + length):
        length += 1
    if not length or place + length >= len(words):
        return 0
    last = words[place + length]
    dotted = "." in last.gap
    if not (last.capital and len(last.key) > 1 and last.gap.strip() in ("", ".")):
        return 0
    if last.upper or "\n" in last.gap or last.key in vocabulary("org_words"):
        return 0
    telling = not is_word(last.key) or (is_surname(last.key) and not is_ordinary(last.key))
    loose = words[place].key in "ai" or at(words, place - 1) in vocabulary("before_letters")
    return length + 1 if telling and (dotted or not loose) else 0


def _initial(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    return len(word.key) == 1 and word.capital and word.key.isalpha() and not word.owns


def _full_name(words: Sequence[Word], place: int) -> int:
    first = words[place]
    if not first.key.isalpha() or first.owns or len(first.key) < 2:
        return 0
    length = 1
    while length < 4 and _next_name(words, place + length, first):
        length += 1
        if words[place + length - 1].owns:
            break
    while length > 1 and words[place + length - 1].key in _PARTICLES:
        length -= 1
    if length < 2:
        return 0
    parts = words[place : place + length]
    return length if _is_full_name(words, place, parts) else 0


def _next_name(words: Sequence[Word], place: int, first: Word) -> bool:
    if place >= len(words) or words[place].gap not in (" ", "-", "\u00a0", "  "):
        return False
    word = words[place]
    if word.key in _PARTICLES:
        return place + 1 < len(words) and words[place + 1].capital
    if len(word.key) < 2 or not word.key.isalpha() or word.begins:
        return False
    if first.capital:
        return word.capital and not (word.upper and not first.upper)
    return not word.capital and (
        (is_surname(word.key) and not is_ordinary(word.key)) or not is_word(word.key)
    )


def _is_full_name(words: Sequence[Word], place: int, parts: Sequence[Word]) -> bool:
    first, last = parts[0], parts[-1]
    following = at(words, place + len(parts))
    if any(part.key in vocabulary("not_names") for part in parts):
        return False
    if not first.capital:
        return _small_full_name(first, last, led=_led(words, place))
    if any(part.key in vocabulary("org_words") | vocabulary("council_words") for part in parts[1:]):
        return False
    if following in vocabulary("org_words") and words[place + len(parts)].capital:
        return False
    surname = is_surname(last.key) or not is_word(last.key)
    if is_first_name(first.key) and surname:
        return not (is_ordinary(first.key) and is_ordinary(last.key)) or acts(
            words, place + len(parts) - 1
        )
    if at(words, place - 1) == "the" or any(part.upper for part in parts):
        return False
    if _one_strange(words, place, first, last):
        return True
    return _looks_foreign(first, last, led=_led(words, place))


def _one_strange(words: Sequence[Word], place: int, first: Word, last: Word) -> bool:
    """Two capitals, one of them in no list of words, where a person is likely to follow."""
    common = vocabulary("generic") | vocabulary("known") | vocabulary("org_words")
    if first.begins or first.key in common or last.key in common:
        return False
    named = is_surname(last.key) and not is_ordinary(last.key)
    plain = is_word(first.key) and is_word(last.key) and not named
    return at(words, place - 1) in _BEFORE_PEOPLE and not plain


def _small_full_name(first: Word, last: Word, *, led: bool) -> bool:
    if led and not is_word(first.key) and not is_word(last.key):
        return len(first.key) >= _SHORTEST_UNKNOWN
    if is_first_name(first.key) and not is_ordinary(first.key):
        return is_surname(last.key) or not is_word(last.key)
    return False


def _looks_foreign(first: Word, last: Word, *, led: bool) -> bool:
    """Two capitals that no list of words knows, or one of them with a common surname."""
    strange = not is_word(first.key) and len(first.key) >= _SHORTEST_UNKNOWN
    if strange and (not is_word(last.key) or (is_surname(last.key) and not is_ordinary(last.key))):
        return True
    if led and (strange or not is_word(last.key) or is_surname(last.key)):
        return first.key not in vocabulary("generic")
    return False


def _signs(words: Sequence[Word], place: int) -> bool:
    """Whether it is the name under a message: "Cheers, Tom" at the end or on a line of its own."""
    word = words[place]
    ends = place + 1 == len(words) or "\n" in words[place + 1].gap
    if not (place and ends and (word.capital or is_first_name(word.key))):
        return False
    apart = "," in word.gap or "\n" in word.gap or "-" in word.gap
    return apart and at(words, place - 1) in vocabulary("closing")


def _single(words: Sequence[Word], place: int) -> int:
    word = words[place]
    if word.key.isalpha() and word.key not in vocabulary("not_names") and _signs(words, place):
        return 1
    if len(word.key) < 2 or word.key in vocabulary("not_names") or not word.key.isalpha():
        return 0
    if word.capital:
        return int(_capital_single(words, place))
    if is_first_name(word.key) and not is_ordinary(word.key):
        return int(not is_word(word.key) or _led(words, place) or _acting(words, place))
    if is_first_name(word.key):
        return int(_small_ordinary(words, place))
    unknown = len(word.key) >= _SHORTEST_UNKNOWN and not is_word(word.key)
    return int(unknown and addressed(words, place) and _in_a_team(words, place))


def _small_ordinary(words: Sequence[Word], place: int) -> bool:
    return (
        addressed(words, place)
        and ordinary_is_person(words, place)
        and _is_nobodys_word(words, place)
    )


def _is_nobodys_word(words: Sequence[Word], place: int) -> bool:
    """Whether the word is a first name and nothing that people are thanked or asked for."""
    return words[place].key not in vocabulary("generic") and at(words, place - 1) not in {
        "for",
        "of",
    }


def _capital_single(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if at(words, place - 1) in {"st", "saint"}:
        return False
    if word.upper and len(word.key) < 4:
        return False
    if _in_a_title(words, place):
        return False
    if is_first_name(word.key):
        if not is_ordinary(word.key):
            return True
        led = _led(words, place) or (acts(words, place) and word.key not in ("may", "will"))
        return led and ordinary_is_person(words, place)
    if word.upper or (is_word(word.key) and not is_surname(word.key)):
        return (
            not (word.upper or word.begins) and addressed(words, place) and _in_a_team(words, place)
        )
    if is_word(word.key) and is_ordinary(word.key):
        return not word.begins and addressed(words, place) and _acting(words, place)
    return _led(words, place) or (len(word.key) > _SHORTEST_UNKNOWN and _acting(words, place))


def _in_a_title(words: Sequence[Word], place: int) -> bool:
    after = place + 1
    if after < len(words) and words[after].joined and words[after].gap in (" ", "-"):
        following = words[after]
        if following.key in vocabulary("org_words") and (
            following.capital or is_ordinary(words[place].key)
        ):
            return not words[place].owns or following.key in {"law", "act", "rule"}
    prior = words[place - 1] if place else None
    return bool(prior and prior.key == "the" and words[place].gap == " ")


def _led(words: Sequence[Word], place: int) -> bool:
    """Whether the words before lead to a name: "spoke to", "our S151", "my manager"."""
    if addressed(words, place):
        return True
    job = at(words, place - 1) in _JOBS and words[place].gap in (" ", ", ")
    owner = any(at(words, place - back) in _OWNERS for back in (2, 3, 4))
    return bool(place) and job and owner


def _with_a_job(words: Sequence[Word], place: int) -> bool:
    """ "Bogdan the caretaker", "Kaz and the team"."""
    if at(words, place + 1) == "the":
        return at(words, place + 2) in _JOBS
    return (at(words, place + 1), at(words, place + 2)) == ("and", "the") and at(
        words, place + 3
    ) in {"team", "gang", "rest", "crew", "others"}


def _acting(words: Sequence[Word], place: int) -> bool:
    if _with_a_job(words, place):
        return True
    and_i = at(words, place + 1) == "and" and at(words, place + 2) in {"i", "me", "myself"}
    other = at(words, place + 2)
    and_other = at(words, place + 1) == "and" and is_first_name(other) and not is_ordinary(other)
    return acts(words, place) or and_i or and_other or _in_a_team(words, place)


def _in_a_team(words: Sequence[Word], place: int) -> bool:
    return at(words, place + 1) in {"in", "from"} and at(words, place + 2) in vocabulary("teams")
