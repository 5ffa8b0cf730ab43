import datetime
import re
from collections import Counter
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest
import yaml

STARTER = Path(__file__).parents[2] / "knowledge" / "starter"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KINDS = {"cross-cutting", "hub page", "overarching", "network"}

# What would name a person or a place: entries belong to the whole network.
IDENTIFIERS = {
    "an e-mail address": re.compile(r"\S+@\S+"),
    "a phone number": re.compile(r"(?:\+\d|\b0)[\d ()-]{8,}\d"),
    "a council": re.compile(
        r"\b(?:Council|Borough|City|County|District) of (?:the )?[A-Z]"
        r"|\b[A-Z][\w'-]+(?: [A-Z][\w'-]+)* (?:Council|Borough|Combined Authority)\b"
    ),
    "a person": re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Cllr|Councillor)\b\.? [A-Z]"),
}

# Real acronyms that are not made of the first letters of their words.
NOT_INITIALS = {"EqIA", "GHG", "JCP", "PV"}

# fmt: off
ORDINARY_WORDS = {
    "ace", "als", "bid", "cab", "cop", "cvs", "he", "hug", "it", "la", "mat", "mel", "meat", "pin",
    "rag", "send", "smart", "solace", "stem", "swap", "vat",
}
# fmt: on


class Theme(TypedDict):
    id: str
    name: str
    kind: str | list[str]
    also: NotRequired[list[str]]


class Entry(TypedDict):
    id: str
    problem: str
    themes: list[str]
    solutions: list[str]
    phrases: list[str]
    source: str
    source_date: datetime.date


class Term(TypedDict):
    term: str
    means: str
    also: NotRequired[list[str]]
    case_sensitive: NotRequired[bool]


def load(name: str) -> object:
    return yaml.safe_load((STARTER / name).read_text(encoding="utf-8"))


THEMES = cast(list[Theme], load("themes.yaml"))
ENTRIES = cast(list[Entry], load("entries.yaml"))
GLOSSARY = cast(list[Term], load("glossary.yaml"))

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])


def kinds(theme: Theme) -> list[str]:
    return [theme["kind"]] if isinstance(theme["kind"], str) else theme["kind"]


def repeated(texts: list[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]


def spells_its_initials(term: str, means: str) -> bool:
    """Whether the letters of `term` are, in order, first letters of words of `means`.

    Words in capitals ("UK") give all their letters, a plural s is ignored, words may be skipped.
    """
    words = re.findall(r"[^\W\d_]+", means)
    initials = iter("".join(word if word.isupper() else word[0] for word in words).lower())
    letters = re.sub(r"(?<=[A-Z])s$", "", term).replace("&", "").lower()
    return all(letter in initials for letter in letters)


def test_theme_and_entry_ids_are_unique_slugs() -> None:
    for ids in ([theme["id"] for theme in THEMES], [entry["id"] for entry in ENTRIES]):
        assert repeated(ids) == []
        assert [i for i in ids if not SLUG.fullmatch(i) or len(i) > 48] == []


def test_the_themes_hold_all_of_the_source() -> None:
    counts = Counter(kind for theme in THEMES for kind in kinds(theme))
    assert counts == {"cross-cutting": 7, "hub page": 7, "overarching": 3, "network": 1}
    assert set(counts) == KINDS


def test_no_two_themes_share_a_name() -> None:
    assert repeated([n.lower() for t in THEMES for n in (t["name"], *t.get("also", []))]) == []


def test_every_theme_has_an_entry_and_every_entry_real_themes() -> None:
    used = {theme for entry in ENTRIES for theme in entry["themes"]}
    assert used == {theme["id"] for theme in THEMES}


@each_entry
def test_an_entry_has_the_length_of_a_card(entry: Entry) -> None:
    assert len(entry["problem"]) <= 200
    assert entry["themes"]
    assert entry["solutions"]
    assert all(len(solution) <= 500 for solution in entry["solutions"])
    assert 3 <= len(entry["phrases"]) <= 8


@each_entry
def test_an_entry_asks_a_question_and_answers_in_sentences(entry: Entry) -> None:
    assert re.fullmatch(r"[A-Z][^?]+\?", entry["problem"])
    assert [s for s in entry["solutions"] if not re.fullmatch(r"[A-Z].+\.", s)] == []
    assert repeated(entry["solutions"] + entry["phrases"]) == []


@each_entry
def test_an_entry_names_its_source_and_date(entry: Entry) -> None:
    document, _, part = entry["source"].partition(": ")
    assert document.startswith("UK Shared Prosperity Fund Action Learning Sets 2023")
    assert part
    assert entry["source_date"] == datetime.date(2023, 3, 1)


@each_entry
def test_an_entry_names_nobody(entry: Entry) -> None:
    for text in (entry["problem"], *entry["solutions"], *entry["phrases"]):
        assert [kind for kind, found in IDENTIFIERS.items() if found.search(text)] == [], text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to jo@anytown.gov.uk", "an e-mail address"),
        ("ring 01632 960 001 first", "a phone number"),
        ("as the Council of Anytown did", "a council"),
        ("ask Anytown District Council", "a council"),
        ("Cllr Bloggs agreed", "a person"),
    ],
)
def test_the_check_for_names_can_fail(text: str, kind: str) -> None:
    assert IDENTIFIERS[kind].search(text)


def test_no_phrase_leads_to_two_entries() -> None:
    assert repeated([phrase.lower() for entry in ENTRIES for phrase in entry["phrases"]]) == []


@pytest.mark.parametrize(
    ("entry_id", "solutions"),
    [
        ("partnership-board", 6),
        ("measuring-perception", 5),
        ("district-county-co-commissioning", 5),
    ],
)
def test_a_worked_problem_keeps_every_solution(entry_id: str, solutions: int) -> None:
    (entry,) = (entry for entry in ENTRIES if entry["id"] == entry_id)
    assert len(entry["solutions"]) == solutions


def test_the_glossary_is_large_and_has_no_duplicate_or_empty_term() -> None:
    assert len(GLOSSARY) >= 60
    spellings = [spelling for row in GLOSSARY for spelling in {row["term"], *row.get("also", [])}]
    assert repeated(spellings) == []
    assert repeated([row["term"].lower() for row in GLOSSARY]) == []
    assert [row for row in GLOSSARY if not row["term"].strip() or not row["means"].strip()] == []


def test_expansions_begin_with_the_letters_of_their_acronym() -> None:
    plain = [row for row in GLOSSARY if re.fullmatch(r"[A-Za-z&]+", row["term"])]
    odd = {row["term"] for row in plain if not spells_its_initials(row["term"], row["means"])}
    assert odd == NOT_INITIALS


def test_acronyms_that_are_ordinary_words_count_only_in_capitals() -> None:
    words = [row for row in GLOSSARY if row["term"].lower() in ORDINARY_WORDS]
    assert words
    assert [row["term"] for row in words if not row.get("case_sensitive")] == []
