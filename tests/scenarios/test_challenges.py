"""Officers help each other, as stories: each on their own channel, in one thread."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import members
from bot.app import Network
from bot.challenges import reports
from bot.learning_sets import sets
from bot.learning_sets.sets import LearningSet
from bot.members import Role
from bot.messages import Channel, Inbound
from bot.wording import challenges as wording
from bot.wording import threads as words
from tests.fake_sender import FakeSender
from tests.officer import Officer
from tests.scenarios.peers import ADVICE, PROBLEM, Post, told
from tests.scenarios.transcript import Bot, Clock, Phone


@pytest.mark.usefixtures("posted")
def test_an_author_on_whatsapp_and_a_helper_on_slack_know_each_other_by_pseudonym(
    chidi: Phone,
    dana: Officer,
    post: Post,
    network: Network,
    clock: Clock,
    bot: Bot,
    posted: dict[Channel, FakeSender],
) -> None:
    code = post("Chidi")
    network.tick(clock())
    assert PROBLEM in told(posted[Channel.SLACK])[0]

    dana.says(f"reply {code.lower()}")
    assert dana.labels == [wording.ASK_BACK, wording.OFFER]
    dana.presses(wording.ASK_BACK)
    dana.says("What do you send them before the date?")
    assert words.sent(code, "Officer B", "question") in dana.told
    network.tick(clock())
    (asked,) = told(posted[Channel.WHATSAPP])
    assert "Officer B asks you a question" in asked
    assert "Dana" not in asked

    chidi.says(f"reply {code} Nothing so far. Should we?")
    bot.answers_with(words.sent(code, "Officer A", "author"))
    network.tick(clock())
    answer = told(posted[Channel.SLACK])[-1]
    assert "Officer A answers" in answer
    assert "Chidi" not in answer

    dana.sends_button(f"offer:{code}")
    dana.says(ADVICE)
    assert words.sent(code, "Officer B", "offer") in dana.told
    network.tick(clock())
    assert "Officer B offers what worked" in told(posted[Channel.WHATSAPP])[-1]

    chidi.says(code)
    bot.answers_with("your own", "3. Officer B offers what worked", ADVICE, "1 peer")
    bot.does_not_say("Dana")
    chidi.picks("Reply 3, Officer B")
    chidi.picks(wording.SOLVED)
    bot.answers_with(words.solved(code))
    network.tick(clock())
    assert any("Your reply solved" in text for text in told(posted[Channel.SLACK]))
    dana.says(f"reply {code} One more thing")
    assert dana.told == [wording.is_solved(code)]


def test_what_cannot_be_seen_is_refused_as_what_was_never_there(
    chidi: Phone, dana: Officer, post: Post
) -> None:
    code = post("Chidi", set_name="North")
    commands = ("reply", "follow", "unfollow", "same", "mute", "unmute", "report", "close")
    for command in (*commands, "reopen", "withdraw", "challenge"):
        for words_after in (code, "C9C", "Q99", "ZZZ", "xyz"):
            dana.says(f"{command} {words_after}")
            assert dana.told == [wording.no_such_challenge(words_after.upper())], (
                command,
                words_after,
            )
            assert dana.labels == [words.SEE_CHALLENGES]
        dana.sends_button(f"{command}:{code}".replace("challenge:", "show:"))
        assert dana.told == [wording.no_such_challenge(code)], command
    dana.says("challenges")
    assert dana.told == [words.NO_CHALLENGES]
    assert chidi.number  # the author is in the set and is not asked about here


@pytest.mark.parametrize("ending", ["close", "withdraw"])
def test_an_author_ends_it_while_somebody_types(
    chidi: Phone, dana: Officer, post: Post, ending: str
) -> None:
    code = post("Chidi")
    dana.says(f"offer:{code}")
    dana.sends_button(f"offer:{code}")
    chidi.says(f"{ending} {code}")
    if ending == "withdraw":
        chidi.says("yes")
    dana.says(ADVICE)
    over = wording.is_closed(code) if ending == "close" else wording.is_withdrawn(code)
    assert dana.told == [over]
    dana.says("my replies")
    assert dana.told[-1] == words.NO_REPLIES
    assert "Carry on with your reply" in dana.labels  # what was typed is kept


def test_a_reply_that_is_delivered_twice_counts_once(
    chidi: Phone, dana: Officer, post: Post, bot: Bot
) -> None:
    code = post("Chidi")
    dana.sends_button(f"offer:{code}")
    inbound = Inbound(Channel.SLACK, "Ev-once", dana.address, ADVICE)
    first = dana.sends(inbound)
    assert dana.sends(inbound) == first
    dana.says(f"reply {code} {ADVICE}")
    dana.presses(wording.OFFER)
    assert dana.told == [words.sent_already(code)]
    chidi.says(f"challenge {code}")
    bot.answers_with("1. Officer B")
    bot.does_not_say("2. Officer B")


def test_a_reply_is_as_long_as_it_may_be_and_no_longer(
    chidi: Phone, dana: Officer, post: Post
) -> None:
    code = post("Chidi")
    dana.says(f"reply {code} {'x' * 2_001}")
    dana.presses(wording.OFFER)
    assert "1 character too long" in dana.form.asked.problem
    dana.says("y" * 2_000)
    assert words.sent(code, "Officer B", "offer") in dana.told
    assert chidi.number


def test_a_name_in_a_reply_is_shown_before_it_leaves(
    chidi: Phone, dana: Officer, post: Post, bot: Bot
) -> None:
    code = post("Chidi")
    dana.sends_button(f"offer:{code}")
    dana.says("Ask Eve Example at Leeds City Council.")
    assert "Leeds City Council" in dana.form.asked.hint
    chidi.says(f"challenge {code}")
    bot.does_not_say("Leeds")


def test_a_reply_is_corrected_and_taken_back_even_when_it_is_over(
    chidi: Phone, dana: Officer, post: Post, bot: Bot
) -> None:
    code = post("Chidi")
    dana.says(f"reply {code} {ADVICE}")
    dana.presses(wording.OFFER)
    chidi.says(f"close {code}")
    bot.answers_with("is closed")
    dana.says("my replies")
    dana.says("1")
    dana.presses(words.CORRECT)
    assert dana.form.note == words.reads_now(ADVICE)
    dana.says("We write to each of them a week before the date.")
    assert dana.told == [words.CORRECTED]
    chidi.says(f"challenge {code}")
    bot.answers_with("(corrected)", "We write to each of them")
    dana.says("my replies")
    dana.says("1")
    dana.presses(words.TAKE_BACK)
    dana.says("yes")
    assert dana.told == [words.TAKEN_BACK]
    chidi.says(f"challenge {code}")
    bot.does_not_say("We write to each of them")


def test_a_reply_that_is_typed_whole_is_asked_its_kind_though_a_form_had_one(
    chidi: Phone, dana: Officer, post: Post
) -> None:
    code = post("Chidi")
    dana.sends_button(f"question:{code}")
    dana.says(f"reply {code} {ADVICE}")
    assert dana.labels == [wording.ASK_BACK, wording.OFFER]
    dana.presses(wording.OFFER)
    assert dana.told == [words.sent(code, "Officer B", "offer")]
    assert chidi.number


def test_words_that_others_take_the_place_of_are_shown_once_more(
    chidi: Phone, dana: Officer, post: Post
) -> None:
    code = post("Chidi")
    dana.sends_button(f"offer:{code}")
    dana.says("We ring Bronwen.")
    dana.says(f"reply {code} {ADVICE}")
    assert words.in_place_of("We ring Bronwen.") in dana.form.note
    dana.presses(wording.ASK_BACK)
    assert dana.told == [words.sent(code, "Officer B", "question")]
    assert chidi.number


def test_what_helped_can_be_taken_back_by_button_and_by_words(
    chidi: Phone, dana: Officer, eve: Officer, post: Post
) -> None:
    code = post("Chidi")
    dana.sends_button(f"offer:{code}")
    dana.says(ADVICE)
    for undo in ("button", "words"):
        eve.says(code)
        eve.presses("Reply 1, Officer B")
        eve.presses(wording.HELPED)
        assert f"unmark {code} B" in eve.told[0]
        show = eve.value_of(wording.SHOW)
        if undo == "button":
            eve.presses(words.TAKE_THAT_BACK)
        else:
            eve.says(f"unmark {code} b")
        assert eve.told == [words.UNMARKED]
        eve.sends_button(show)
        assert "helped" not in eve.told[0]
    eve.says(f"unmark {code} Q")
    assert eve.told == [words.WHICH_TO_UNMARK]
    eve.says("unmark C9C B")
    assert eve.told == [wording.no_such_challenge("C9C")]
    assert chidi.number


def test_solved_by_a_slip_is_open_again_with_the_next_tap(
    chidi: Phone, dana: Officer, post: Post, bot: Bot
) -> None:
    code = post("Chidi")
    dana.sends_button(f"offer:{code}")
    dana.says(ADVICE)
    chidi.says(code)
    chidi.picks("Reply 1, Officer B")
    chidi.picks(wording.SOLVED)
    bot.answers_with(f"type “reopen {code}”", f"1. Reopen {code}")
    chidi.picks(f"Reopen {code}")
    bot.answers_with(words.ended(code, "reopen"))


def test_a_report_that_nobody_can_hear_says_so_and_waits(
    chidi: Phone, dana: Officer, post: Post, network: Network, clock: Clock
) -> None:
    code = post("Chidi", set_name="North")
    _joins(network, clock, "Dana", Role.OFFICER)
    dana.says(f"report {code} it names a person")
    assert dana.told == [words.NOBODY_LOOKS]
    with network.database.writing() as session:
        made = members.add(session, "Fay", Role.FACILITATOR, now=clock())
        sets.add_facilitator(session, session.scalars(select(LearningSet.id)).one(), made.id)
    with network.database.reading() as session:
        fay = sets.viewer(session, members.named(session, "Fay"))
        assert [one.reason for one in reports.waiting(session, fay)] == ["it names a person"]
    assert chidi.number


def _joins(network: Network, clock: Clock, name: str, role: Role) -> None:
    with network.database.writing() as session:
        member = members.named(session, name)
        assert member.role is role
        (north,) = session.scalars(select(LearningSet))
        sets.add_member(session, north.id, member.id, now=clock())
