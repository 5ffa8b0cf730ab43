"""Posting a challenge in a conversation: asked, checked, looked at once more, sent once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import members, wording
from bot.app import Network
from bot.challenges import followers, states
from bot.challenges.models import (
    LONGEST_CONTEXT,
    LONGEST_PROBLEM,
    LONGEST_TRIED,
)
from bot.drafts import DraftStatus
from bot.learning_sets import sets
from bot.learning_sets.sets import LearningSet
from bot.messages import Channel
from bot.wording import challenges as notices
from bot.wording import forms
from bot.wording import identities as found
from bot.wording import posting as words
from knowledge.search import Decision
from tests.bot import forms as drafts
from tests.bot.conftest import Settle, welcomed
from tests.bot.posts import PROBLEM, crowd, in_set, kept, posted, to_the_look, told
from tests.officer import Officer

BOARD = "how do we work better with our partnership board?"


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
    assert asha.form.asked.problem == forms.too_long(longest + 1, longest)
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


def test_an_open_challenge_that_is_close_is_shown_and_followed_instead(
    asha: Officer, talking: Network, now: datetime
) -> None:
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
    asha: Officer, talking: Network, now: datetime
) -> None:
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
        from knowledge import entries

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
    assert asha.told == [notices.NO_SUCH_CHALLENGE]
    mine = next(one for one in (_mine(asha, talking),))
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
