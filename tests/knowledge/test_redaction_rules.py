"""The rules of the Chatham House check that hold for texts which nobody has seen."""

from __future__ import annotations

import pytest

from knowledge.redaction import Kind, find_identifiers
from tests.benchmarks.measure_redaction import WRITTEN, Figures, measure, samples
from tests.knowledge.test_redaction_measured import BARS, MOST_FALSE_ALARMS


def found(text: str, *names: str) -> list[tuple[str, Kind]]:
    return [(text[one.start : one.end], one.kind) for one in find_identifiers(text, names)]


@pytest.fixture(scope="module")
def written() -> Figures:
    return measure(samples(WRITTEN))


@pytest.mark.parametrize(("kind", "bar"), {**BARS, "place": 0.8, "role": 0.8}.items())
def test_enough_is_found_in_what_was_written_to_measure_on(
    written: Figures, kind: str, bar: float
) -> None:
    assert written.asked[kind] >= 10
    assert written.recall(kind) >= bar


def test_few_of_the_clean_texts_written_to_measure_on_raise_an_alarm(written: Figures) -> None:
    assert written.clean >= 60
    assert written.false_alarms <= MOST_FALSE_ALARMS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("our jobs fair with @wirralcouncil was packed", "wirralcouncil"),
        ("see #KirkleesJobs for the list", "KirkleesJobs"),
        ("towerhamletscouncil runs one too", "towerhamletscouncil"),
        ("Mid Devno pays by the week", "Mid Devno"),
        ("Eas tDevon pays by the week", "Eas tDevon"),
        ("Sooth Kesteven pays by the week", "Sooth Kesteven"),
        ("L'pool have a form", "L'pool"),
        ("Scarboro has a form", "Scarboro"),
        ("N. Devon has a form", "N. Devon"),
        ("as QXR council told us", "QXR"),
        ("ask trmbc for their form", "trmbc"),
    ],
)
def test_a_council_is_known_however_it_is_shortened_run_together_or_mistyped(
    text: str, said: str
) -> None:
    assert (said, Kind.COUNCIL) in found(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The class in Todmorden is full.", "Todmorden"),
        ("the drop in at todmorden is full", "todmorden"),
        ("the class in todmorden is full", "todmorden"),
        ("We meet near Deal each month.", "Deal"),
        ("The hall at Thrumblethorpe is full.", "Thrumblethorpe"),
        ("The hall in Llanfadog is full.", "Llanfadog"),
        ("The hall in Much Fenwold is full.", "Much Fenwold"),
        ("The hall in Strelby-under-Brock is full.", "Strelby-under-Brock"),
        ("It is for the village of Clun.", "Clun"),
        ("Brombley village hall has a unit free.", "Brombley"),
    ],
)
def test_towns_and_villages_are_known_by_list_shape_or_the_words_around(
    text: str, said: str
) -> None:
    assert found(text) == [(said, Kind.COUNCIL)]


@pytest.mark.parametrize(
    "text",
    [
        "It is a good deal, well worth a battle, and the wells are dry.",
        "Our Pay-by-Results contract has a Train-the-Trainer part.",
        "Great Expectations was read in New Horizons, our reading group.",
        "The tutor in question is in Microsoft Teams all day.",
        "Does a new hull and a rewired engine count as capital?",
        "The course is called New Forest of Possibilities.",
        "Oxford commas aside, it reads well.",
        "02 of the 78 learners in 2023 came back, on 01/02/2024 and 03/04/2025.",
        "one two three four, testing, one two three four",
        "Thanks, all. Regards to everybody.",
    ],
)
def test_what_only_looks_like_a_place_or_a_number_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("01632/960111", Kind.PHONE),
        ("07700_900_345", Kind.PHONE),
        ("(0)1632 960 143", Kind.PHONE),
        ("0 7 7 0 0 9 0 0 1 1 1", Kind.PHONE),
        ("oh seven seven double oh nine hundred four one two", Kind.PHONE),
        ("447700900678", Kind.PHONE),
        ("SA 61 1TP", Kind.POSTCODE),
        ("LS1-4QJ", Kind.POSTCODE),
        ("jane dot doe at westmere dot gov dot uk", Kind.EMAIL),
        ("jane@westmere gov uk", Kind.EMAIL),
    ],
)
def test_contact_details_are_known_in_odd_shapes(text: str, kind: Kind) -> None:
    assert found(f"try {text} today") == [(text, kind)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The form is better now.\n\nCheers, Tom", "Tom"),
        ("All the best, Jo", "Jo"),
        ("thx\nQuentil", "Quentil"),
        ("A big thank you to Marisolde and her volunteers.", "Marisolde"),
        ("Bogdan the caretaker opens up for us.", "Bogdan"),
    ],
)
def test_people_are_known_by_where_their_name_stands(text: str, said: str) -> None:
    assert found(text) == [(said, Kind.PERSON)]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("May may be able to help", "May Adeyemi", "May"),
        ("Frank was frank about it", "Frank Dacosta", "Frank"),
        ("Lighthouse Trust want paying", "The Lighthouse Trust", "Lighthouse Trust"),
        ("Kestrel Housing runs it", "Kestrel Housing Association", "Kestrel Housing"),
        ("northpoint sub it out", "Northpoint Learning", "northpoint"),
    ],
)
def test_registered_names_are_known_shortened_and_where_they_are_words(
    text: str, name: str, said: str
) -> None:
    assert found(text, name)[0][0] == said


@pytest.mark.parametrize(
    "text",
    [
        "Our mayor, who owns the football club, wants a fan zone.",
        "The MP for our seaside town opened the hub.",
        "The only woman to lead a Welsh county decides.",
        "The only Green-led council wrote to us.",
        "Our chair, a former Olympic rower, wants boats.",
    ],
)
def test_a_role_is_found_by_what_tells_its_holder_apart(text: str) -> None:
    assert Kind.ROLE in {kind for _, kind in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Our mayor, who signs the letters, is away.",
        "The finance director, who owns the risk register, said no.",
        "Our chief executive is keen.",
    ],
)
def test_a_role_that_any_council_has_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_place_that_is_no_council_gets_a_wording_of_its_own() -> None:
    (one,) = find_identifiers("The class in Todmorden is full.")
    assert one.neutral == "a local place"
