import pytest

from knowledge.spelling import Correction, Speller

SPELLER = Speller({"perception": 3, "evaluation": 5, "board": 9, "chatham": 1, "councillor": 2})


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("percepton", "perception"),
        ("perecption", "perception"),
        ("evaluaton", "evaluation"),
        ("bord", "board"),
        ("chatam", "chatham"),
        ("agremeent", "agreement"),
        ("wehre", "where"),
        ("mony", "money"),
    ],
)
def test_a_slip_is_set_right(wrong: str, right: str) -> None:
    assert SPELLER.corrections(f"about {wrong} please") == (Correction(wrong, right),)


@pytest.mark.parametrize(
    "good", ["broad", "programme", "organisation", "footfall", "councillors", "border", "purdah"]
)
def test_a_good_word_is_left_alone_even_beside_one_of_ours(good: str) -> None:
    assert SPELLER.corrections(good) == ()


def test_our_own_word_wins_over_an_equally_near_ordinary_one() -> None:
    assert SPELLER.corrections("boatd") == (Correction("boatd", "board"),)


@pytest.mark.parametrize("text", ["", "ab", "x1y2z3", "ĉuŝa", "qqqqzzzz", "£££"])
def test_what_resembles_nothing_is_left_alone(text: str) -> None:
    assert SPELLER.corrections(text) == ()


def test_the_same_slip_is_reported_once_in_the_order_of_the_text() -> None:
    found = SPELLER.corrections("evaluaton, percepton and evaluaton")
    assert [correction.wrong for correction in found] == ["evaluaton", "percepton"]
