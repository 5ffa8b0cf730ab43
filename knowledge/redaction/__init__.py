"""The Chatham House check: what in a text could tell who said it, or for which council.

What was said may be used; who said it may not be known. Everything that is found comes with a
neutral wording; the author decides, and nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from knowledge.redaction.bodies import bodies
from knowledge.redaction.contacts import contacts
from knowledge.redaction.councils import councils_named
from knowledge.redaction.handles import handles
from knowledge.redaction.neutral import proposed
from knowledge.redaction.people import people
from knowledge.redaction.projects import projects
from knowledge.redaction.reading import Word, masked, read
from knowledge.redaction.roles import roles
from knowledge.redaction.roster import registered, roster
from knowledge.redaction.settlements import settlements
from knowledge.redaction.span import Find, Kind, Span, settled
from knowledge.redaction.vocabulary import is_surname, is_word, phrases

__all__ = ["Kind", "Span", "find_identifiers"]


def find_identifiers(text: str, names: Iterable[str] = ()) -> tuple[Span, ...]:
    """What gives a person or a council away, in the order of the text and without overlaps.

    `names` are the members and organisations that the bot knows. Offsets are Python code points.
    """
    finds = [*contacts(text), *roles(text), *_named(text, tuple(names))]
    whole = _people_joined(text, settled(finds))
    return tuple(proposed(text, find) for find in whole)


def _named(text: str, names: tuple[str, ...]) -> Iterator[Find]:
    words = read(text)
    not_people = masked(words, phrases("not_people"))
    not_places = masked(words, phrases("not_places"))
    known = [_with_surname(words, find) for find, _ in registered(words, roster(names), not_people)]
    places = [*councils_named(words, not_places), *bodies(words), *handles(words)]
    local = list(projects(words, not_people | not_places))
    taken = _places(words, [*known, *places, *local]) | not_people | not_places
    towns = list(settlements(words, taken))
    taken |= _places(words, towns)
    yield from known
    yield from places
    yield from local
    yield from towns
    yield from people(words, taken)


def _with_surname(words: Sequence[Word], find: Find) -> Find:
    """A member's first name that stands before a surname is somebody's whole name."""
    if find.kind is not Kind.PERSON:
        return find
    for one, after in pairwise(words):
        surname = is_surname(after.key) or not is_word(after.key)
        if one.end == find.end and after.gap == " " and after.capital and surname:
            return Find(find.start, after.end, Kind.PERSON)
    return find


def _places(words: Sequence[Word], finds: Iterable[Find]) -> frozenset[int]:
    spans = [(find.start, find.end) for find in finds]
    return frozenset(
        place
        for place, word in enumerate(words)
        if any(start < word.end and word.start < end for start, end in spans)
    )


def _people_joined(text: str, finds: Sequence[Find]) -> tuple[Find, ...]:
    """A first name and a surname that were found apart are one person."""
    joined: list[Find] = []
    for find in finds:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind is find.kind is Kind.PERSON
            and text[last.end : find.start].strip() in ("", "-", ".")
            and "\n" not in text[last.end : find.start]
        ):
            joined[-1] = Find(last.start, find.end, Kind.PERSON)
        else:
            joined.append(find)
    return tuple(joined)
