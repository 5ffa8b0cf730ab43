"""Changing a challenge that is posted: the same form, filled with what was said."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import members
from bot.app import Network
from bot.challenges import states
from bot.learning_sets import sets
from bot.wording import challenges as notices
from bot.wording import identities as found
from bot.wording import posting as words
from knowledge.search import Decision
from tests.bot.conftest import Settle
from tests.bot.posts import PROBLEM, crowd, kept, posted, to_the_look, told
from tests.officer import Officer


@pytest.fixture(autouse=True)
def _nobody_knows(settle: Settle) -> None:
    """The knowledge has nothing near to what is posted here."""
    settle(Decision.MISS)


def _posted_by(asha: Officer, talking: Network) -> str:
    to_the_look(asha)
    asha.presses(words.POST_IT)
    (one,) = kept(talking)
    return one.code


def test_edit_asks_the_same_form_filled_with_what_was_said(
    asha: Officer, talking: Network, now: datetime
) -> None:
    crowd(talking, 3, now)
    code = _posted_by(asha, talking)
    asha.says(f"edit {code.lower()}")
    assert (asha.told, asha.form.asked.values) == ([words.PROBLEM], (PROBLEM,))
    asha.says("skip")
    asha.says("Thirty shops, ask Asha")
    asha.presses(found.NEUTRAL)
    asha.says("skip")
    asha.says("1")
    assert asha.told == [words.LAST_LOOK]
    asha.presses(words.SAVE_IT)
    assert asha.told == [words.changed(code)]
    (one,) = kept(talking)
    assert (one.problem, one.context, len(one.themes)) == (
        PROBLEM,
        "Thirty shops, ask a colleague",
        1,
    )
    heard = " ".join(told(talking, "T1:Z0"))
    assert f"Challenge {code} has been changed by its author" in heard


def test_words_that_went_out_are_not_asked_about_again(asha: Officer, talking: Network) -> None:
    asha.says("post")
    asha.says("Asha is never answered")
    asha.presses(found.KEEP)
    asha.presses(found.SEND_NAMED)
    for _ in range(4):
        asha.says("skip")
    asha.presses(words.POST_IT)
    asha.presses(words.EDIT)
    for _ in range(4):
        asha.says("skip")
    assert asha.told == [words.LAST_LOOK]


def test_edit_without_a_code_finds_the_one_that_is_open(asha: Officer, talking: Network) -> None:
    asha.says("edit")
    assert asha.told == [words.NOTHING_TO_EDIT]
    _posted_by(asha, talking)
    asha.says("edit")
    assert asha.told == [words.PROBLEM]
    asha.says("cancel")
    to_the_look(asha, "Nobody reads the newsletter")
    asha.presses(words.POST_IT)
    asha.says("edit")
    assert asha.told == [words.WHICH_TO_EDIT]
    asha.says("1")
    assert asha.form.asked.values == ("Nobody reads the newsletter",)


def test_only_ones_own_open_challenge_can_be_edited(
    asha: Officer, talking: Network, now: datetime
) -> None:
    theirs = posted(talking, "Ben", "Nobody reads the newsletter", now)
    asha.says(f"edit {theirs}")
    assert asha.told == [notices.NOT_YOURS]
    asha.says("edit A2A")
    assert asha.told == [notices.no_such_challenge("A2A")]
    mine = _mine(asha, talking)
    with talking.database.writing() as session:
        me = sets.viewer(session, members.named(session, "Asha"))
        states.close(session, me, mine, now=now)
    asha.says(f"edit {mine}")
    assert asha.told == [notices.is_closed(mine)]


def _mine(asha: Officer, talking: Network) -> str:
    to_the_look(asha)
    asha.presses(words.POST_IT)
    return kept(talking)[-1].code


def test_closed_while_it_is_edited_nothing_is_changed(
    asha: Officer, talking: Network, now: datetime
) -> None:
    code = _mine(asha, talking)
    asha.says(f"edit {code}")
    asha.says("Shop owners answer now")
    for _ in range(3):
        asha.says("skip")
    with talking.database.writing() as session:
        me = sets.viewer(session, members.named(session, "Asha"))
        states.close(session, me, code, now=now)
    asha.presses(words.SAVE_IT)
    assert asha.told == [notices.is_closed(code)]
    assert kept(talking)[0].problem == PROBLEM
