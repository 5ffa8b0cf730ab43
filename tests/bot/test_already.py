"""What exists already, shown before something is posted."""

from __future__ import annotations

from datetime import datetime

from bot import members
from bot.app import Network
from bot.challenges import followers
from bot.drafts import DraftStatus
from bot.learning_sets import sets
from bot.wording import posting as words
from knowledge import entries
from knowledge.search import Decision
from tests.bot import forms as drafts
from tests.bot.conftest import Settle
from tests.bot.posts import PROBLEM, kept, posted
from tests.officer import Officer


def test_an_open_challenge_that_is_close_is_shown_and_followed_instead(
    asha: Officer, talking: Network, now: datetime, settle: Settle
) -> None:
    settle(Decision.MISS)
    code = posted(talking, "Ben", "Shop owners never answer any letters", now)
    asha.says("post")
    asha.says(PROBLEM)
    ref = asha.form.ref
    assert asha.told == [words.look_close(1)]
    asha.says("1")
    assert f"Open challenge {code}: “Shop owners never answer any letters”" in asha.form.asked.hint
    assert "Context: Since the summer" in asha.form.asked.hint
    asha.presses(words.SAME_PROBLEM)
    assert asha.told == [words.followed_instead(code)]
    assert len(kept(talking)) == 1
    assert drafts.kept(asha, ref) == (DraftStatus.HANDED_IN, {})
    with talking.database.writing() as session:
        me = members.named(session, "Asha")
        followers.unfollow(session, sets.viewer(session, me), code)  # raises where they do not see


def test_mine_is_different_and_is_posted_all_the_same(
    asha: Officer, talking: Network, now: datetime, settle: Settle
) -> None:
    settle(Decision.MISS)
    for problem in ("Shop owners never answer any letters", "Shop owners never answer our calls"):
        posted(talking, "Ben", problem, now)
    asha.says("post")
    asha.says(PROBLEM)
    assert asha.told == [words.look_close(2)]
    asha.says("2")
    asha.presses(words.MINE_IS_DIFFERENT)
    assert asha.told == [words.look_close(1)]
    asha.presses(words.NONE_OF_THESE)
    assert asha.told == [words.CONTEXT]
    for _ in range(4):
        asha.says("skip")
    asha.presses(words.POST_IT)
    assert len(kept(talking)) == 3


def test_an_entry_that_answers_it_takes_the_place_of_the_post(
    asha: Officer, talking: Network
) -> None:
    with talking.database.reading() as session:
        entry = entries.entry(session, "partnership-board")
    assert entry is not None
    asha.says("post")
    asha.says(entry.problem)
    assert entry.problem in asha.labels
    asha.presses(entry.problem)
    assert entry.solutions[0] in asha.form.asked.hint
    asha.presses(words.ANSWERS_IT)
    assert (asha.card.problem, asha.card.note) == (entry.problem, words.NOT_POSTED)
    assert kept(talking) == []
