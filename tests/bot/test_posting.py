"""Posting a challenge in a conversation: asked, checked, looked at once more, sent once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import wording
from bot.app import Network
from bot.challenges.models import (
    LONGEST_CONTEXT,
    LONGEST_PROBLEM,
    LONGEST_TRIED,
)
from bot.wording import challenges as notices
from bot.wording import forms
from bot.wording import identities as found
from bot.wording import posting as words
from knowledge.search import Decision
from tests.bot.conftest import Settle, welcomed
from tests.bot.posts import PROBLEM, crowd, kept, to_the_look
from tests.officer import Officer

BOARD = "how do we work better with our partnership board?"


@pytest.fixture(autouse=True)
def _nobody_knows(settle: Settle) -> None:
    """The knowledge has nothing near to what is posted here."""
    settle(Decision.MISS)


def test_a_post_is_asked_for_looked_at_and_sent(
    asha: Officer, talking: Network, now: datetime
) -> None:
    crowd(talking, 8, now)
    asha.says("post")
    for answer, question in (
        (PROBLEM, words.CONTEXT),
        ("Two high streets.\nThirty shops.", words.TRIED),
        ("A letter", words.THEMES),
        ("1 and 2", words.NAMED),
        ("skip", words.LAST_LOOK),
    ):
        asha.says(answer)
        assert asha.told == [question]
    look = asha.form.asked.hint
    assert "The whole network sees it, under a pseudonym." in look
    assert f"“{PROBLEM}”\nContext: Two high streets. Thirty shops.\nAlready tried: A letter" in look
    assert kept(talking) == []
    asha.presses(words.POST_IT)
    (one,) = kept(talking)
    assert (one.problem, one.tried, one.set_only) == (PROBLEM, "A letter", False)
    assert len(one.themes) == 2
    assert asha.told[0].startswith(f"Posted as {one.code}, and I have asked 5 peers.")
    assert "If nobody replies, I ask" in asha.told[0]
    assert f"“withdraw {one.code}”" in asha.told[0]
    assert asha.labels == [notices.SHOW, words.EDIT]


def test_out_of_hours_the_first_peers_are_promised(
    asha: Officer, talking: Network, now: datetime
) -> None:
    crowd(talking, 8, now)
    asha.waits(timedelta(hours=12))
    to_the_look(asha)
    asha.presses(words.POST_IT)
    (one,) = kept(talking)
    assert asha.told[0].startswith(
        f"Posted as {one.code}. I ask the first peers on Tuesday morning."
    )


def test_themes_are_proposed_from_the_text(asha: Officer) -> None:
    asha.says("post")
    before = [choice.label for choice in asha.form.fields[3].choices]
    asha.says("Our partnership board meets and decides nothing together")
    if asha.form.asked.question != words.CONTEXT:
        asha.presses(words.NONE_OF_THESE)
    asha.says("skip")
    asha.says("skip")
    asked = asha.form.asked
    assert asked.question == words.THEMES
    assert asked.choices[0].label in ("Relationship building", "Partnership boards")
    assert [choice.label for choice in asked.choices] != before
    assert "near to what you wrote" in asked.hint
    asha.says("all")
    assert asha.form.asked.problem == words.too_many_themes(5)


def test_a_miss_becomes_a_post(asha: Officer, talking: Network, settle: Settle) -> None:
    settle(Decision.MISS)
    asha.says("how do we get shop owners to answer our letters?")
    asha.presses(wording.ASK_PEERS)
    assert (asha.told, asha.form.note) == ([words.CONTEXT], words.CARRIED)
    asha.says("back")
    assert asha.form.asked.values == ("how do we get shop owners to answer our letters?",)
    asha.says("skip")
    for _ in range(4):
        asha.says("skip")
    asha.presses(words.POST_IT)
    assert [one.problem for one in kept(talking)] == [
        "how do we get shop owners to answer our letters?"
    ]


def test_a_question_too_long_for_a_sentence_becomes_the_context(
    asha: Officer, settle: Settle
) -> None:
    settle(Decision.MISS)
    long = "how do we do all of this at once, please? " * 10
    asha.says(long)
    asha.presses(wording.ASK_PEERS)
    assert (asha.told, asha.form.note) == ([words.PROBLEM], words.CARRIED_AS_CONTEXT)
    asha.says("How do we do it all?")
    assert asha.told == [words.TRIED]
    asha.says("back")
    assert (asha.told, asha.form.asked.values) == ([words.CONTEXT], (long.strip(),))


@pytest.mark.parametrize(
    ("skips", "longest"), [(0, LONGEST_PROBLEM), (1, LONGEST_CONTEXT), (2, LONGEST_TRIED)]
)
def test_over_long_words_are_asked_for_again_and_nothing_is_lost(
    asha: Officer, skips: int, longest: int
) -> None:
    asha.says("post")
    for answer in (PROBLEM, "skip")[:skips]:
        asha.says(answer)
    question = asha.told
    asha.says("x" * (longest + 1))
    assert asha.told == question
    assert asha.form.asked.problem.startswith(forms.too_long(longest + 1, longest))
    assert asha.labels == [forms.KEEP_START]
    asha.says("x" * longest)
    assert asha.told != question


def test_emoji_alone_are_no_problem_in_words(asha: Officer) -> None:
    asha.says("post")
    for answer in ("🙂🙂", "???", "12 34"):
        asha.says(answer)
        assert (asha.told, asha.form.asked.problem) == ([words.PROBLEM], words.IN_WORDS)
    asha.says("  ")
    assert asha.form.asked.problem == forms.EMPTY


def test_a_name_is_guarded_and_may_be_kept(asha: Officer, talking: Network) -> None:
    welcomed(talking, "Bronwen", asha.time)
    asha.says("post")
    asha.says("Bronwen never answers our letters")
    assert asha.told == [found.guard("the problem")]
    assert "«Bronwen»" in asha.form.asked.hint
    asha.presses(found.KEEP)
    assert asha.told == [words.CONTEXT]
    asha.says("Bronwen left")
    assert asha.told == [found.guard("the context")]
    asha.presses(found.NEUTRAL)
    for _ in range(3):
        asha.says("skip")
    assert "Context: A colleague left" in asha.form.asked.hint
    asha.presses(words.POST_IT)
    (one,) = kept(talking)
    assert (one.problem, one.context) == ("Bronwen never answers our letters", "A colleague left")


def test_handed_in_twice_it_is_one_challenge(asha: Officer, talking: Network) -> None:
    to_the_look(asha)
    ref, post_it = asha.form.ref, asha.value_of(words.POST_IT)
    asha.presses(words.POST_IT)
    asha.sends_button(post_it)
    assert asha.told == [forms.already_sent("Post a challenge")]
    asha.hands_in(ref, ("problem", PROBLEM))
    assert len(kept(talking)) == 1


def test_a_whole_form_is_checked_and_looked_at_too(asha: Officer, talking: Network) -> None:
    asha.says("post")
    ref = asha.form.ref
    whole = (("problem", PROBLEM), ("context", "Ask Asha"), ("tried", ""), ("themes", ""))
    asha.hands_in(ref, *whole, ("named", "name"))
    assert asha.form.note == forms.more_questions("your post")
    assert asha.told == [found.guard("the context")]
    asha.presses(found.NEUTRAL)
    assert "with your name, Asha" in asha.form.asked.hint
    stale = asha.form.asked.name
    asha.hands_in(ref, ("problem", "Shop owners never ring back"), (stale, "yes"))
    assert asha.told == [words.LAST_LOOK]
    assert "Shop owners never ring back" in asha.form.asked.hint
    assert kept(talking) == []
    asha.presses(words.POST_IT)
    assert [one.context for one in kept(talking)] == ["Ask a colleague"]


def test_no_name_is_asked_about_that_nobody_knows(newcomer: Officer) -> None:
    newcomer.says("hello")
    to_the_look(newcomer)
    assert words.NAMED not in [field.question for field in newcomer.form.fields]


def test_cancelled_nothing_goes_out(asha: Officer, talking: Network) -> None:
    to_the_look(asha)
    asha.says("cancel")
    assert asha.told == [forms.dropped("your post")]
    assert kept(talking) == []


def test_whoever_stopped_posts_nothing(asha: Officer, talking: Network) -> None:
    to_the_look(asha)
    post_it = asha.value_of(words.POST_IT)
    asha.says("stop")
    asha.sends_button(post_it)
    assert asha.told == [wording.STILL_STOPPED]
    asha.says("post")
    assert asha.told == [wording.STILL_STOPPED]
    assert kept(talking) == []


def test_the_other_form_stays_on_offer_after_a_post(
    asha: Officer, talking: Network, settle: Settle
) -> None:
    settle(Decision.MISS)
    asha.says(BOARD)
    peers = asha.value_of(wording.ASK_PEERS)
    to_the_look(asha)
    post_it = asha.value_of(words.POST_IT)
    asha.sends_button(peers)
    asha.says("later")
    asha.sends_button(post_it)
    assert len(kept(talking)) == 1
    assert asha.told[0].startswith("Posted as ")
