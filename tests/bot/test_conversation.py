"""The conversation, through a terminal, on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import wording
from bot.app import Network
from bot.rules import Rules
from handlers.terminal import Terminal
from knowledge.database import Database
from knowledge.search import Engine


@pytest.fixture
def asha(network: Network, now: datetime) -> Terminal:
    terminal = Terminal(network, "Asha", lambda: now)
    terminal.says("hello")
    return terminal


def test_a_first_question_is_met_with_the_welcome_and_answered_in_the_same_turn(
    network: Network, now: datetime
) -> None:
    said = Terminal(network, "Asha", lambda: now).says("how do we measure perception?")
    assert said[0] == wording.WELCOME
    assert "perception" in said[1]
    assert "5. " in said[1]


def test_the_welcome_is_said_once(asha: Terminal) -> None:
    assert wording.WELCOME not in asha.says("how do we measure perception?")


def test_the_board_question_is_answered_with_all_six_solutions(asha: Terminal) -> None:
    (card,) = asha.says("how do i get the board to actualy engage")
    assert "partnership board" in card
    assert "6. " in card
    assert "March 2023" in card
    assert "1 = This helped" in card


def test_a_question_nobody_can_answer_is_missed_honestly(asha: Terminal) -> None:
    (said,) = asha.says("when are the bins collected")
    assert said.startswith(wording.NOTHING_FOUND)
    assert "bins" in said
    assert wording.ASK_PEERS in said


def test_without_the_sentence_model_a_miss_says_that_words_alone_were_matched(
    stocked: Database, now: datetime
) -> None:
    network = Network(stocked, Engine(None), {}, Rules(frozenset()))
    said = Terminal(network, "Asha", lambda: now).says("when are the bins collected")
    assert wording.WORDS_ONLY in said[-1]


def test_with_the_sentence_model_nobody_is_told_about_words(asha: Terminal) -> None:
    (said,) = asha.says("when are the bins collected")
    assert wording.NOTHING_FOUND in said
    assert wording.WORDS_ONLY not in said
