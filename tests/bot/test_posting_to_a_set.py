"""Posting to a set, and in company so small that a pseudonym hides nobody."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import members
from bot.app import Network
from bot.learning_sets import sets
from bot.learning_sets.sets import LearningSet
from bot.messages import Channel
from bot.wording import posting as words
from knowledge.search import Decision
from tests.bot.conftest import Settle
from tests.bot.posts import PROBLEM, crowd, in_set, kept, to_the_look
from tests.officer import Officer


@pytest.fixture(autouse=True)
def _nobody_knows(settle: Settle) -> None:
    """The knowledge has nothing near to what is posted here."""
    settle(Decision.MISS)


def test_what_a_set_asks_is_close_to_nobody_outside_it(
    asha: Officer, talking: Network, now: datetime
) -> None:
    in_set(talking, "North", "Ben", now=now)
    ben = welcomed_again(talking, "Ben", now)
    to_the_look_in_set(ben, "Only my set North")
    ben.presses(words.POST_IT)
    assert "Only your set North sees it." in ben.told[0]
    assert [one.set_only for one in kept(talking)] == [True]
    asha.says("post")
    asha.says(PROBLEM)
    assert asha.told == [words.CONTEXT]
    in_set(talking, "South", "Asha", now=now)
    with talking.database.writing() as session:
        north = sets.named(session, "North")
        sets.add_member(session, north.id, members.named(session, "Asha").id, now=now)
    asha.says("skip")
    asha.says("back")
    asha.says("back")
    assert asha.told == [words.look_close(1)]


def welcomed_again(network: Network, name: str, now: datetime) -> Officer:
    with network.database.writing() as session:
        member = members.named(session, name)
        member.welcomed_at = now
        members.connect(session, member, Channel.SLACK, f"T1:{name}", now=now)
    return Officer(network, Channel.SLACK, f"T1:{name}", now)


def to_the_look_in_set(officer: Officer, choice: str) -> None:
    officer.says("post")
    officer.says(PROBLEM)
    for _ in range(3):
        officer.says("skip")
    assert officer.told == [words.SEE]
    officer.presses(choice)
    officer.says("skip")
    assert officer.told == [words.LAST_LOOK]


def test_in_a_small_set_the_author_is_warned(
    asha: Officer, talking: Network, now: datetime
) -> None:
    in_set(talking, "North", "Asha", "Ben", "Cara", now=now)
    crowd(talking, 8, now)
    to_the_look_in_set(asha, "Only my set North")
    assert words.small_set(2) in asha.form.asked.hint
    asha.says("back")
    asha.presses(words.with_my_name("Asha"))
    assert "Careful" not in asha.form.asked.hint


def test_with_few_others_around_the_author_is_warned(
    asha: Officer, talking: Network, now: datetime
) -> None:
    to_the_look(asha)
    assert words.small_network(0) in asha.form.asked.hint
    crowd(talking, 5, now)
    asha.says("back")
    asha.says("skip")
    assert "Careful" not in asha.form.asked.hint
    asha.says("back")
    asha.says("back")
    theme = asha.form.asked.choices[0].label
    asha.says("1")
    asha.says("skip")
    assert words.small_theme(theme, 0) in asha.form.asked.hint


def test_what_was_meant_for_a_set_never_goes_to_all_by_itself(
    asha: Officer, talking: Network, now: datetime
) -> None:
    in_set(talking, "North", "Asha", "Ben", now=now)
    to_the_look_in_set(asha, "Only my set North")
    with talking.database.writing() as session:
        north = sets.named(session, "North")
        sets.remove_member(session, north.id, members.named(session, "Asha").id)
        session.delete(session.get_one(LearningSet, north.id))
    post_it = asha.value_of(words.POST_IT)
    for answer in ("Post it", "skip", "5"):
        asha.says(answer)
        assert (asha.told, asha.form.asked.hint) == ([words.SEE], words.SET_GONE)
    asha.sends_button(post_it)
    assert (asha.told, asha.form.asked.hint) == ([words.SEE], words.SET_GONE)
    assert kept(talking) == []
    asha.presses(words.WHOLE_NETWORK)
    assert asha.told == [words.LAST_LOOK]
    asha.presses(words.POST_IT)
    assert [one.set_only for one in kept(talking)] == [False]
