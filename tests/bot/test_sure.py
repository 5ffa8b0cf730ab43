""" "Are you sure?" stands until it is answered, left or overtaken by a command."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot import members, wording
from bot.app import Network
from bot.messages import Channel
from bot.questions import Question
from bot.wording import threads
from tests.officer import Officer
from tests.scenarios.peers import Post, post
from tests.scenarios.transcript import Clock

__all__ = ["post"]

BOARD = "how do we work better with our partnership board?"
AGAIN = f"{wording.YES_OR_NO}\n\n{wording.FORGET_SURE}"


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


def there(officer: Officer) -> bool:
    with officer.network.database.reading() as session:
        return members.at(session, officer.channel, officer.address) is not None


@pytest.mark.parametrize("words", [BOARD, "hmm", "what happens then?", "stpo", "", "7", "yes but"])
def test_words_that_are_no_answer_repeat_the_question_with_its_choices(
    asha: Officer, words: str
) -> None:
    asha.says("forget me")
    asha.says(words)
    assert asha.told == [AGAIN]
    assert asha.labels == [wording.YES_FORGET, wording.NO_KEEP]
    asha.says("1")
    assert asha.told == [wording.FORGOTTEN]


def test_what_was_typed_there_is_kept_as_no_question(asha: Officer) -> None:
    asha.says("forget me")
    asha.says(BOARD)
    with asha.network.database.reading() as session:
        assert session.scalars(select(Question)).all() == []


@pytest.mark.parametrize("yes", ["yeah", "Yes, I am sure", "I’m sure.", "go ahead", "do it!"])
def test_a_yes_in_other_words_counts(asha: Officer, yes: str) -> None:
    asha.says("forget me")
    asha.says(yes)
    assert not there(asha)


@pytest.mark.parametrize("no", ["nope", "No, don’t", "never mind", "cancel", "back", "2"])
def test_a_no_in_other_words_keeps_everything(asha: Officer, no: str) -> None:
    asha.says("forget me")
    asha.says("pardon?")
    asha.says(no)
    assert asha.told == [wording.CANCELLED]
    assert there(asha)


def test_on_another_channel_other_words_are_a_question(
    asha: Officer, talking: Network, now: datetime
) -> None:
    with talking.database.writing() as session:
        member = members.named(session, "Asha")
        members.connect(session, member, Channel.SLACK, "T1:U1", now=now)
    slack = Officer(talking, Channel.SLACK, "T1:U1", now)
    asha.says("forget me")
    slack.says(BOARD)
    assert slack.card.entry_id == "partnership-board"
    asha.says("yes")
    assert there(asha)


@pytest.fixture
def network(talking: Network) -> Network:
    return talking


def test_withdrawing_is_asked_about_in_the_same_way(asha: Officer, post: Post) -> None:
    code = post("Asha")
    asha.says(f"withdraw {code}")
    asha.says("it is over")
    assert asha.told == [f"{wording.YES_OR_NO}\n\n{threads.sure_to_withdraw(code)}"]
    assert asha.labels == [threads.YES_WITHDRAW, threads.KEEP_IT]
    asha.says("no")
    assert asha.told == [wording.CANCELLED]
    asha.says(f"withdraw {code}")
    asha.says("yes")
    assert asha.told == [threads.ended(code, "withdraw")]
