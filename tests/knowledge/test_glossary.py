import pytest

from knowledge.database import Database
from knowledge.glossary import Expansion, Glossary, NewTerm, add_all, glossary

GLOSSARY = Glossary(
    (
        NewTerm("M&E", "monitoring and evaluation", also=("M and E",)),
        NewTerm("SLA", "service-level agreement", also=("SLAs",)),
        NewTerm("IT", "information technology", case_sensitive=True),
    )
)


@pytest.mark.parametrize("written", ["M&E", "m&e", "M and E", "m AND e"])
def test_a_term_is_read_however_it_is_written(written: str) -> None:
    text, found = GLOSSARY.expand(f"help with {written}!")
    assert text == "help with monitoring and evaluation!"
    assert found == (Expansion(written, "monitoring and evaluation"),)


def test_a_term_inside_a_word_is_no_term() -> None:
    assert GLOSSARY.expand("slavery, SLAM") == ("slavery, SLAM", ())


def test_a_case_sensitive_term_is_read_only_as_written() -> None:
    assert GLOSSARY.expand("IT says it works")[0] == "information technology says it works"


def test_a_shouted_text_tells_nothing_about_case() -> None:
    assert GLOSSARY.expand("WHY DOES IT NEED AN SLA")[0] == (
        "WHY DOES IT NEED AN service-level agreement"
    )


def test_an_empty_glossary_changes_nothing() -> None:
    assert Glossary().expand("M&E") == ("M&E", ())


def test_terms_are_read_back_as_they_were_added(database: Database) -> None:
    with database.writing() as session:
        add_all(session, GLOSSARY.terms)
    with database.reading() as session:
        assert sorted(glossary(session).terms, key=lambda t: t.term) == sorted(
            GLOSSARY.terms, key=lambda t: t.term
        )
