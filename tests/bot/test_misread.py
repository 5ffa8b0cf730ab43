"""What is nearly an answer: a code that is none, a number that was not offered."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.messages import Channel, Choices, Inbound
from bot.questions import Question
from bot.wording import misread, no_such_theme, trying
from bot.wording.challenges import no_such_challenge
from bot.wording.threads import SEE_CHALLENGES
from knowledge import themes as shelves
from knowledge.search import Decision
from tests.bot.conftest import Settle
from tests.officer import Officer

BOARD = "how do we work better with our partnership board?"


def asked(officer: Officer) -> list[str]:
    with officer.network.database.reading() as session:
        return list(session.scalars(select(Question.text)))


@pytest.mark.parametrize("decision", [Decision.SUGGEST, Decision.MISS])
@pytest.mark.parametrize("typed", ["K7M", "k7m", "#K7M.", "Z9Z", "close ZZZ", "follow XYZ"])
def test_a_code_that_is_none_is_said_to_be_none_and_is_no_question(
    asha: Officer, settle: Settle, decision: Decision, typed: str
) -> None:
    settle(decision)
    asha.says(typed)
    code = typed.split()[-1].strip("#.").upper()
    assert asha.told == [no_such_challenge(code)]
    assert asha.labels == [SEE_CHALLENGES]
    assert asked(asha) == []


def test_a_word_like_a_code_that_an_entry_fits_is_a_question(asha: Officer, settle: Settle) -> None:
    settle(Decision.ANSWER)
    asha.says("W3C")
    assert asked(asha) == ["W3C"]


def test_a_number_too_high_brings_the_whole_offer_again(asha: Officer) -> None:
    asha.says(BOARD)
    offered = asha.choices
    for _ in range(2):
        asha.says("7")
        assert asha.told == [misread(7, len(offered))]
        assert asha.choices == offered
    asha.says("5")
    assert isinstance(asha.heard[0], Choices)
    assert asha.told == [trying.WHICH_SOLUTION]


def test_what_was_offered_to_one_alone_is_not_shown_to_others(asha: Officer) -> None:
    asha.says(BOARD)
    asha.sends(Inbound(Channel.TERMINAL, "aside", asha.address, "7", aside=True))
    assert asha.choices == ()


def test_a_day_may_still_be_typed_after_a_number_that_was_not_offered(asha: Officer) -> None:
    asha.says(BOARD)
    asha.says("try 1")
    asha.says("9")
    asha.says("29 February 2027")
    assert asha.told == ["There is no 29 February in 2027, which is no leap year. Another day?"]
    asha.says("say the 3rd of December please")
    assert asha.told[0].startswith("I read that as Thursday 3 December 2026.")


@pytest.mark.parametrize("two", ["2\ufe0f\u20e3", "2\u20e3", "\uff12", "\uff12."])
def test_a_digit_counts_however_it_is_typed(asha: Officer, settle: Settle, two: str) -> None:
    settle(Decision.SUGGEST)
    asha.says(BOARD)
    second = asha.labels[1]
    asha.says(two)
    assert asha.told == [second]


def test_try_means_the_card_that_was_shown_last_whatever_came_between(asha: Officer) -> None:
    asha.says("try 1")
    assert asha.told == [trying.NO_CARD]
    asha.says(BOARD)
    solution = asha.card.solutions[0]
    for between in ("why", "themes", "hello"):
        asha.says(between)
        asha.says("try 1")
        assert asha.told[0].startswith(f"Good. You will try: “{solution[:30]}")


def test_a_theme_that_is_only_nearly_named_brings_those_that_match(asha: Officer) -> None:
    name = _theme(asha)
    asha.says(f"follow theme {name.split()[0]}")
    assert name in asha.labels
    asha.presses(name)
    assert asha.told[0].startswith(f"You follow “{name}” now")


def test_a_theme_that_is_like_none_brings_those_that_there_are(asha: Officer) -> None:
    asha.says("follow theme Zanzibar")
    assert asha.told == [no_such_theme("Zanzibar")]
    assert _theme(asha) in asha.labels


def _theme(officer: Officer) -> str:
    """The first theme whose name has several words."""
    with officer.network.database.reading() as session:
        return next(one.name for one in shelves.themes(session) if " " in one.name)
