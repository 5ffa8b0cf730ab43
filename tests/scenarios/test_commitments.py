"""What is tried between two sessions, how it went and who reads it, as stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.app import Network
from bot.learning_sets import commitments
from bot.learning_sets.commitment import LONGEST_WHAT, CommitmentSet, Sharing
from bot.learning_sets.committed import Committed
from bot.learning_sets.reflections import LONGEST_REFLECTION
from bot.messages import Channel, Inbound
from bot.wording import committing, identities
from bot.wording import reflecting as words
from bot.wording import trying as trying_words
from tests.officer import Officer
from tests.scenarios.peers import Post
from tests.scenarios.sets import (
    LAST,
    NEXT,
    all_commitments,
    all_reflections,
    north,
    seen_again,
)
from tests.scenarios.transcript import Bot, Clock, Phone


def test_what_is_tried_after_a_session_and_how_it_went_by_typed_words_alone(
    met: dict[str, int], chidi: Phone, network: Network, bot: Bot
) -> None:
    chidi.says(f"commit {LAST}")
    bot.answers_with(committing.WHAT)
    chidi.says("commit to one call a week")  # an answer, though it begins like a command
    bot.answers_with("You will try: “commit to one call a week”", "Monday 7 December 2026")
    chidi.says("4/12")
    bot.answers_with("Friday 4 December 2026")
    chidi.says("commitments")
    chidi.says("1")
    bot.answers_with("You committed to it after the session on Tuesday 17 November 2026.")
    bot.answers_with("Only you may read this.")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.MY_SET)
    bot.answers_with(committing.read_now("set"))
    chidi.says("went partly")
    bot.answers_with("I have noted that it partly worked", trying_words.LEARNING)
    chidi.says("Dana rang first, so it was easy.")
    chidi.picks(committing.MY_SET)
    bot.answers_with(identities.guard(trying_words.YOUR_LEARNING), "«Dana»")
    chidi.picks(identities.NEUTRAL)
    bot.answers_with(trying_words.RECORDED)
    (one,) = all_commitments(network)
    assert one.outcome is commitments.Outcome.PARTLY
    assert (one.sharing, "Dana" in one.learning) == (Sharing.SET, False)
    with network.database.reading() as session:
        assert session.scalars(select(Committed.session_id)).all() == [met[LAST]]
        assert session.scalars(select(CommitmentSet.set_id)).all() == [met["set"]]


def test_an_outcome_and_its_readers_can_be_changed_for_ever(
    met: dict[str, int], chidi: Phone, eve: Officer, network: Network, bot: Bot, clock: Clock
) -> None:
    chidi.says("commit ring the wobblegong by 1 December")
    bot.answers_with("“ring the wobblegong”", "Tuesday 1 December 2026")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.MY_SET)
    eve.says(f"digest {NEXT}")
    assert "“ring the wobblegong” (still being tried)" in eve.told[0]
    clock.goes_on(timedelta(days=90))
    chidi.says("went")
    chidi.picks(trying_words.OUTCOMES["did not"])
    chidi.says("later")
    chidi.says("commitments")
    chidi.says("1")
    bot.answers_with("You said that it did not work.", "Your set may read this, without your name.")
    chidi.picks(trying_words.OUTCOMES["worked"])
    chidi.says("skip")
    bot.answers_with(trying_words.RECORDED)
    assert [one.outcome for one in all_commitments(network)] == [commitments.Outcome.WORKED]
    assert [one.sharing for one in all_commitments(network)] == [Sharing.SET]
    chidi.says("commitments")
    chidi.says("1")
    chidi.picks(committing.WHO_MAY_READ)
    chidi.picks(committing.PRIVATE)
    bot.answers_with(committing.read_now("private"))
    assert not any("wobblegong" in told for told in seen_again(network, eve))
    eve.says(f"digest {NEXT}")
    assert "wobblegong" not in eve.told[0]


def test_a_date_that_has_passed_is_refused_and_nothing_is_kept(
    met: dict[str, int], chidi: Phone, network: Network, bot: Bot
) -> None:
    assert met
    chidi.says("commit ring them by 3/11/2026")
    bot.says_only(committing.PAST_DAY)
    chidi.says("commit ring them by today")
    bot.says_only(committing.PAST_DAY)
    chidi.says("commit ring them by 31 April")
    bot.answers_with("April has 30 days, so there is no 31 April")
    chidi.says("commit ring them by phone")
    bot.answers_with("“ring them by phone”", "Monday 7 December 2026")
    chidi.says("yesterday")
    assert [one.what for one in all_commitments(network)] == ["ring them by phone"]


def test_without_a_set_it_is_asked_about_in_two_weeks_and_the_same_words_count_once(
    eve: Officer, network: Network
) -> None:
    eve.says("commit ring them")
    assert "Monday 7 December 2026" in eve.told[0]
    eve.says("commit ring them")
    eve.presses(committing.WHO_MAY_READ)
    assert [choice.label for choice in eve.form.asked.choices] == [
        committing.PRIVATE,
        committing.NETWORK,
    ]
    assert len(all_commitments(network)) == 1


def test_the_day_before_the_next_session_is_the_day_unless_it_is_too_near(
    met: dict[str, int], dana: Officer, clock: Clock
) -> None:
    assert met
    dana.says("commit ring them")
    assert "Monday 7 December 2026" in dana.told[0]
    clock.goes_on(timedelta(days=14))  # the session is tomorrow
    dana.time = clock()
    dana.says("commit write to them")
    assert "Monday 21 December 2026" in dana.told[0]


def test_a_commitment_comes_from_a_card_or_is_for_a_challenge(
    chidi: Phone, dana: Officer, post: Post, network: Network, bot: Bot
) -> None:
    chidi.says("themes high streets")
    chidi.says("1")
    chidi.says("commit")
    chidi.says("Try one market day")
    bot.answers_with(committing.FROM_CARD)
    chidi.says("2")
    bot.answers_with("You will try: “Try one market day”")
    code = post("Chidi")
    dana.says(f"commit {code} look at our own returns")
    first, second = all_commitments(network)
    assert (first.solution, first.entry_id is not None) == (2, True)
    assert second.challenge_id is not None
    dana.says("commit B9Q look")
    assert dana.told == [committing.NO_SUCH_CHALLENGE]


def test_words_up_to_their_limit_are_kept_and_longer_ones_asked_for_again(
    dana: Officer, network: Network
) -> None:
    dana.says("commit " + "x" * (LONGEST_WHAT + 1))
    assert "1 character too long" in str(dana.form.asked.problem)
    dana.says("x" * LONGEST_WHAT)
    dana.says("reflect")
    dana.says("y" * (LONGEST_REFLECTION + 1))
    assert "1 character too long" in str(dana.form.asked.problem)
    dana.says("y" * LONGEST_REFLECTION)
    dana.says("1")
    assert [len(one.what) for one in all_commitments(network)] == [LONGEST_WHAT]
    assert [len(one.words) for one in all_reflections(network)] == [LONGEST_REFLECTION]


def test_the_words_of_a_step_are_changed_and_what_was_not_shared_is_not_checked(
    dana: Officer, network: Network
) -> None:
    dana.says("commit ask Chidi")
    dana.says("commitments")
    dana.sends_button(dana.choices[0].value)
    dana.presses(committing.CHANGE_WORDS)
    dana.says("ask Eve")
    assert dana.told == [committing.CHANGED]
    dana.says("commitments")
    dana.sends_button(dana.choices[0].value)
    dana.presses(committing.WHO_MAY_READ)
    dana.presses(committing.NETWORK)
    assert "Eve" in dana.form.asked.hint
    dana.presses(identities.KEEP)
    assert [one.what for one in all_commitments(network)] == ["ask Eve"]


def test_a_second_delivery_of_the_same_message_commits_and_reflects_once(
    met: dict[str, int], network: Network, dana: Officer
) -> None:
    assert met
    for text in ("commit ring them", "reflect it takes patience"):
        inbound = Inbound(Channel.SLACK, f"Ev-{text}", dana.address, text)
        first = dana.sends(inbound)
        assert dana.sends(inbound) == first
    pick = replace(inbound, provider_id="Ev-pick", text="", choice=dana.choices[0].value)
    first = dana.sends(pick)
    assert dana.sends(pick) == first
    assert len(all_commitments(network)) == 1
    assert [one.words for one in all_reflections(network)] == ["it takes patience"]


def test_in_two_sets_the_member_says_which(
    met: dict[str, int], network: Network, clock: Clock, dana: Officer
) -> None:
    south = north(network, clock, "Dana", name="South")
    dana.says("commit ring them")
    dana.presses(committing.WHO_MAY_READ)
    dana.presses(committing.MY_SET)
    assert dana.told == [committing.WHICH_SET]
    dana.presses("South")
    with network.database.reading() as session:
        assert session.scalars(select(CommitmentSet.set_id)).all() == [south]
    dana.sends_button(f"reflect:{NEXT}")  # a session of North, so that set is meant
    dana.says("patience")
    dana.presses(committing.MY_SET)
    assert dana.told == [words.kept("set")]
    assert [one.set_id for one in all_reflections(network)] == [met["set"]]
