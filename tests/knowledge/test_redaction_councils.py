"""The gazetteer and the ways in which officers name a council."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.redaction import Kind, find_identifiers
from knowledge.redaction.councils import gazetteer

COUNTS = {
    ("England", "county council"): 21,
    ("England", "district council"): 164,
    ("England", "unitary authority"): 62,
    ("England", "metropolitan district"): 36,
    ("England", "London borough"): 32,
    ("England", "City of London"): 1,
    ("England", "Isles of Scilly"): 1,
    ("England", "combined authority"): 13,
    ("England", "combined county authority"): 8,
    ("Scotland", "council"): 32,
    ("Wales", "council"): 22,
    ("Northern Ireland", "council"): 11,
}


def said(text: str) -> list[str]:
    return [
        text[span.start : span.end] for span in find_identifiers(text) if span.kind is Kind.COUNCIL
    ]


def test_every_current_authority_is_in_the_gazetteer_once() -> None:
    listed = gazetteer().councils
    assert Counter((one.nation, one.type) for one in listed) == COUNTS
    principal = [one.name for one in listed if not one.type.startswith("combined")]
    assert len(set(principal)) == len(principal) == 382
    assert gazetteer().current_to == "2026-06-30"


@pytest.mark.parametrize(
    "template",
    [
        "Colleagues at {name} said it was fine.",
        "{name}'s team pay weekly.",
        "we're in {small} and stuck on this",
        "I heard {name} Council lost the bid.",
        "{name} have a good template.",
    ],
)
def test_every_principal_authority_is_found_in_plain_sentences(template: str) -> None:
    names = [one.name for one in gazetteer().councils if not one.type.startswith("combined")]
    texts = [template.format(name=name, small=name.lower()) for name in names]
    assert [text for text in texts if not said(text)] == []


def test_every_other_name_of_an_authority_is_found() -> None:
    others = [other for one in gazetteer().councils for other in one.also]
    assert [o for o in others if not said(f"Our colleagues at {o} pay weekly.")] == []


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("Reading Borough Council's officers know", "Reading Borough Council"),
        ("our neighbours in bath, who went first", "bath"),
        ("Hull has the same trouble", "Hull"),
        ("met w/ hull n it went well", "hull"),
        ("is the brum form any shorter?", "brum"),
        ("B&NES and Redcar & Cleveland both do it", "B&NES"),
        ("Wolverhamton did a good thing here", "Wolverhamton"),
        ("someone from towerhamlets asked", "towerhamlets"),
        ("ask great yarmuth for the form", "great yarmuth"),
        ("the West Midlands Combined Authority pays late", "West Midlands Combined Authority"),
        ("the Royal Borough of Greenwich runs one", "Royal Borough of Greenwich"),
        ("in the former Mendip area", "Mendip"),
        ("ask Whitby Town Council for theirs", "Whitby Town Council"),
        ("rwy'n gweithio i Gyngor Ynys Môn", "Ynys Môn"),
    ],
)
def test_a_council_is_found_under_the_names_that_officers_use(text: str, council: str) -> None:
    assert council in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "We were reading the guidance in the bath.",
        "The rugby tour, the wash and the wear of the stairs cost too much.",
        "They are barking up the wrong tree; deal with it, bury it, or hold a sale.",
        "It was a derby match and we lost, with all our heart.",
        "Across the north west and the West Midlands it rained.",
        "A hackney carriage and a Luton van are both vehicles.",
        "We used the Warwick-Edinburgh scale and the Barnett formula.",
        "Slough off the old rules, and crave a new forest of forms.",
        "I haven't slept; the west doesn't either.",
    ],
)
def test_ordinary_words_and_regions_are_no_councils(text: str) -> None:
    assert said(text) == []
