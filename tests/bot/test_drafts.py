"""Drafts: a pause, another channel, a form that comes whole, twice, late or never."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot import drafts, members
from bot.drafts import DRAFT_LASTS, DraftStatus, FormDraft
from bot.flows.plan import FormPlan
from bot.flows.plans import PLANS
from bot.messages import Channel, Filled, Inbound
from bot.wording import forms as words
from knowledge.database import Database
from tests.bot.forms import ALL, DONE, begun, elsewhere, kept, said
from tests.officer import Officer
from tests.sample_form import BY, SOON, TITLE, TOUCHES, TRIED, posted
from tests.schema import places

pytestmark = pytest.mark.usefixtures("post_form")


def test_my_data_shows_what_is_begun_and_nothing_that_is_done(asha: Officer) -> None:
    begun(asha, "Footfall")
    asha.says("my data")
    assert "“Post a challenge”" in asha.told[1]
    assert "26 November 2026" in asha.told[1]
    assert "“Footfall”" in asha.told[1]
    asha.says("carry on")
    asha.says("cancel")
    asha.says("my data")
    assert "Post a challenge" not in asha.told[0]


def test_begun_twice_it_is_the_same_one_until_started_again(asha: Officer) -> None:
    ref = begun(asha, "Footfall")
    asha.says("post")
    assert asha.told[-1] == words.already_started("your post")
    again = asha.value_of(words.START_AGAIN)
    asha.presses("Carry on with your post")
    assert asha.told == [TRIED]
    asha.sends_button(again)
    assert (asha.told, asha.form.asked.values) == ([TITLE], ())
    assert kept(asha, ref) == (DraftStatus.DROPPED, {})
    asha.sends_button(again)
    assert asha.told == [words.already_started("your post")]


def test_it_is_carried_on_with_after_a_day(asha: Officer) -> None:
    begun(asha, "Footfall")
    asha.waits(timedelta(days=1))
    asha.says("how do we work better with our partnership board?")
    assert "partnership board" in asha.card.problem, "a day later words are a question"
    asha.presses("Carry on with your post")
    assert asha.told == [TRIED]


def test_each_touch_keeps_it_for_another_72_hours(asha: Officer) -> None:
    begun(asha, "Footfall")
    for _ in range(3):
        asha.waits(DRAFT_LASTS - timedelta(seconds=1))
        asha.says("carry on")
        assert asha.told == [TRIED]
    asha.waits(DRAFT_LASTS)
    asha.says("carry on")
    assert asha.told == [words.NOTHING_TO_CARRY_ON]


@pytest.mark.parametrize("tidied", [False, True])
def test_a_lapsed_form_says_so_and_can_be_started_again(
    asha: Officer, stocked: Database, tidied: bool
) -> None:
    ref = begun(asha, "wobblegong", "skip")
    pick = asha.value_of("No hurry")
    asha.waits(DRAFT_LASTS)
    if tidied:
        asha.network.tick(asha.time)
        assert "form_draft.answers" not in places(stocked, "wobblegong")
    asha.hands_in(ref, *ALL)
    assert asha.told == [words.lapsed("Post a challenge")]
    asha.sends_button(pick)
    assert asha.told == [words.lapsed("Post a challenge")]
    asha.presses(words.START_AGAIN)
    assert (asha.told, asha.form.asked.values) == ([TITLE], ())


def test_a_form_from_long_ago_is_unknown(asha: Officer) -> None:
    ref = begun(asha)
    asha.waits(timedelta(days=40))
    asha.network.tick(asha.time)
    asha.hands_in(ref, *ALL)
    assert asha.told == [words.FORM_UNKNOWN]


def test_a_form_of_somebody_else_is_unknown(asha: Officer, newcomer: Officer) -> None:
    ref = begun(asha, "wobblegong")
    newcomer.says("hello")
    for told in (newcomer.hands_in(ref, *ALL), newcomer.sends_button(f"form:on:{ref}")):
        assert [getattr(reply, "text", "") for reply in told] == [words.FORM_UNKNOWN]
    newcomer.sends_button(f"form:drop:{ref}")
    assert kept(asha, ref)[1] == {"title": ["wobblegong"]}


def test_a_plan_that_is_no_more_leaves_no_dead_button(
    asha: Officer, monkeypatch: pytest.MonkeyPatch, post_form: FormPlan
) -> None:
    ref = begun(asha, "Footfall")
    monkeypatch.delitem(PLANS, post_form.name)
    asha.sends_button(f"form:on:{ref}")
    assert asha.told == [words.FORM_UNKNOWN]
    asha.says("carry on")
    assert asha.told == [words.NOTHING_TO_CARRY_ON]


def test_a_form_that_comes_whole_is_done_at_once(asha: Officer) -> None:
    ref = begun(asha)
    asha.hands_in(ref, *ALL)
    assert asha.told == [DONE]


def test_a_form_that_comes_wrong_is_shown_again_with_all_problems_and_nothing_lost(
    asha: Officer,
) -> None:
    ref = begun(asha)
    long = "b" * 600
    asha.hands_in(
        ref, ("title", " "), ("tried", long), ("soon", "never"), ("touches", "x"), ("other", "y")
    )
    assert (asha.told, asha.form.note) == ([TITLE], words.look_again(4))
    assert asha.form.asked.problem == words.NEEDED
    (whole,) = asha.network.open_forms(asha.channel, asha.address, now=asha.time)
    assert {field.name: (field.values, field.problem) for field in whole.fields} == {
        "title": ((), words.NEEDED),
        "tried": ((long,), words.too_long(600, 500)),
        "soon": (("never",), words.PICK_ONE),
        "touches": (("x",), words.PICK_SOME),
    }
    asha.says("Footfall")
    shorten = f"{words.too_long(600, 500)} {words.kept_whole(500)}"
    assert (asha.told, asha.form.asked.problem) == ([TRIED], shorten)
    asha.hands_in(ref, *ALL)
    assert asha.told == [DONE]


def test_what_is_sent_holds_no_answer_but_the_one_that_is_asked_about(
    asha: Officer, stocked: Database
) -> None:
    begun(asha, "wobblegong", "a market")
    assert places(stocked, "wobblegong") == {"form_draft.answers"}


def test_an_answer_that_brings_up_a_question_has_it_asked_next(asha: Officer) -> None:
    ref = begun(asha)
    given = dict(ALL) | {"soon": "week"}
    asha.hands_in(ref, *given.items())
    assert (asha.told, asha.form.note) == ([BY], words.more_questions("your post"))
    asha.says("tomorrow")
    assert asha.told[1:] == [
        posted(by="2026-11-24", soon="week", title="Footfall", touches="data", tried="")
    ]


def test_a_question_and_what_brings_it_up_may_be_answered_together(asha: Officer) -> None:
    ref = begun(asha)
    asha.hands_in(ref, *(dict(ALL) | {"soon": "week", "by": "2026-12-03"}).items())
    assert asha.told == [
        posted(by="2026-12-03", soon="week", title="Footfall", touches="data", tried="")
    ]


def test_what_an_earlier_answer_hides_is_not_handed_in(asha: Officer) -> None:
    ref = begun(asha, "Footfall", "skip", "1", "tomorrow")
    asha.hands_in(ref, *ALL, ("by", "2026-12-01"))
    assert asha.told == [DONE]


def test_handed_in_twice_it_takes_effect_once(asha: Officer) -> None:
    ref = begun(asha)
    asha.hands_in(ref, *ALL)
    asha.hands_in(ref, *ALL)
    assert asha.told == [words.already_sent("Post a challenge")]
    asha.says("1")
    assert asha.form.number == 1
    assert asha.form.ref != ref


def test_a_number_that_was_used_says_what_it_was_for_and_offers_it_again(asha: Officer) -> None:
    begun(asha, "Footfall", "skip")
    used = asha.value_of("This month")
    asha.says("3")
    asha.says("all")
    asha.sends_button(used)
    assert "You have finished “Post a challenge” already" in asha.told[0]
    assert asha.labels == [words.START_AGAIN]


def test_handed_in_on_two_channels_at_once_it_takes_effect_once(asha: Officer) -> None:
    ref = begun(asha)
    web = elsewhere(asha, Channel.WEB)
    start = threading.Barrier(4)

    def hand_in(officer: Officer, number: int) -> None:
        filled = Filled(ref, ALL)
        inbound = Inbound(officer.channel, f"twice-{number}", officer.address, filled=filled)
        start.wait()
        inbox_id = officer.network.keep(inbound, now=officer.time)
        officer.network.handle(inbox_id, now=officer.time)

    threads = [
        threading.Thread(target=hand_in, args=(who, number))
        for number, who in enumerate((asha, web, asha, web))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said(asha.network, DONE) == 1
    assert said(asha.network, words.already_sent("Post a challenge")) == 3


def test_it_goes_on_on_another_channel_where_words_are_not_yet_answers(asha: Officer) -> None:
    begun(asha, "Footfall")
    phone = elsewhere(asha, Channel.WHATSAPP)
    phone.says("how do we work better with our partnership board?")
    assert "partnership board" in phone.card.problem
    assert phone.labels[-1] == "Carry on with your post"
    asha.says("a market")
    assert asha.told == [SOON], "and here the question still stood"
    phone.says("carry on")
    phone.says("3")
    assert phone.told == [TOUCHES]
    asha.says("how do we work better with our partnership board?")
    assert "partnership board" in asha.card.problem


def test_what_is_said_aside_is_no_answer_and_is_told_of_no_draft(asha: Officer) -> None:
    begun(asha, "Footfall")
    asha.sends(
        Inbound(asha.channel, "aside", asha.address, "how do we measure perception?", aside=True)
    )
    assert "perception" in asha.card.problem
    assert "Carry on with your post" not in asha.labels
    asha.says("a market")
    assert asha.told == [SOON]


def test_a_repeat_of_the_same_hand_in_is_kept_once_with_all_that_was_filled_in(
    asha: Officer,
) -> None:
    ref = begun(asha)
    inbound = Inbound(asha.channel, "same", asha.address, filled=Filled(ref, ALL))
    ids = {asha.network.keep(inbound, now=asha.time) for _ in range(2)}
    assert len(ids) == 1
    asha.network.handle(ids.pop(), now=asha.time)
    assert said(asha.network, DONE) == 1


def test_unreadable_letters_are_taken_out_of_a_form_too() -> None:
    filled = Filled("r\x00", (("title", "a\x07b\r\nc"),))
    inbound = Inbound(Channel.WEB, "1", "member:1", filled=filled).readable()
    assert inbound.filled == Filled("r", (("title", "ab\nc"),))


def test_a_closed_draft_is_never_opened_again(asha: Officer) -> None:
    ref = begun(asha, "Footfall")
    with asha.network.database.writing() as session:
        member = members.at(session, asha.channel, asha.address)
        assert member is not None
        draft = drafts.find(session, member.id, ref)
        assert draft is not None
        drafts.close(session, member.id, ref, DraftStatus.DROPPED)
        drafts.keep(session, member.id, replace(draft, at="tried"), now=asha.time)
        drafts.close(session, member.id, ref, DraftStatus.HANDED_IN)
        number = session.scalar(select(func.count()).select_from(FormDraft))
    assert number == 1
    assert kept(asha, ref) == (DraftStatus.DROPPED, {})
