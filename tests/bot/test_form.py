"""One question after another: answered, wrong, skipped, gone back in, left."""

from __future__ import annotations

import pytest

from bot import wording
from bot.drafts import DraftStatus
from bot.wording import forms as words
from knowledge.database import Database
from tests.bot.forms import begun, kept
from tests.officer import Officer
from tests.sample_form import BY, NO_ADDRESSES, SOON, TITLE, TOUCHES, TRIED, posted
from tests.schema import places

pytestmark = pytest.mark.usefixtures("post_form")


def test_one_question_comes_after_another_and_the_last_answer_hands_it_in(asha: Officer) -> None:
    ref = begun(asha)
    assert (asha.form.number, asha.told) == (1, [TITLE])
    for answer, question in (
        ("  How do we raise\nfootfall?", TRIED),
        ("We tried:\n- a market", SOON),
        ("this week", BY),
        ("3 December", TOUCHES),
    ):
        asha.says(answer)
        assert asha.told == [question]
    assert asha.form.note == "I read that as Thursday 3 December 2026."
    asha.says("1 and 3")
    assert asha.told == [
        posted(
            by="2026-12-03",
            soon="week",
            title="How do we raise footfall?",
            touches="skills+data",
            tried="We tried:\n- a market",
        )
    ]
    assert kept(asha, ref) == (DraftStatus.HANDED_IN, {})
    asha.says("how do we work better with our partnership board?")
    assert "carry on" not in " ".join(asha.labels).casefold()


def test_a_choice_is_taken_by_button_number_or_words(asha: Officer) -> None:
    for answer in ("2", "option 2", "2.", "This Month!"):
        begun(asha, "Footfall", "skip", answer)
        assert asha.told == [TOUCHES]
        asha.says("cancel")
    begun(asha, "Footfall", "skip")
    asha.presses("This month")
    assert asha.told == [TOUCHES]


@pytest.mark.parametrize(
    ("answer", "picked"),
    [
        ("1,3", "skills+data"),
        ("3 1", "skills+data"),
        ("1\ufe0f\u20e3 and 3\ufe0f\u20e3", "skills+data"),
        ("\uff13", "data"),
        ("3 & 3", "data"),
        ("all", "skills+places+data"),
        ("Skills & jobs", "skills"),
        ("data and skills & jobs", None),
        ("places and data", "places+data"),
        ("data, skills & jobs", "skills+data"),
        ("4", None),
        ("0", None),
        ("9" * 5_000, None),
        ("none of them", None),
    ],
)
def test_several_choices_are_typed_in_many_ways(
    asha: Officer, answer: str, picked: str | None
) -> None:
    begun(asha, "Footfall", "skip", "3")
    asha.says(answer)
    if picked is None:
        assert asha.told == [TOUCHES]
        assert asha.form.asked.problem in (words.PICK_SOME, words.no_such_number(3))
    else:
        assert asha.told == [posted(soon="none", title="Footfall", touches=picked, tried="")]


def test_a_wrong_answer_is_told_and_asked_for_again(asha: Officer) -> None:
    begun(asha)
    for answer, problem in (
        ("", words.EMPTY),
        (" \u200b\n", words.EMPTY),
        ("write to asha@example.org", NO_ADDRESSES),
        ("skip", words.CANNOT_SKIP),
        ("a" * 101, f"{words.too_long(101, 100)} {words.kept_whole(100)}"),
        ("a" * 5_000, f"{words.too_long(5_000, 100)} {words.kept_whole(100)}"),
        ("skip", f"{words.CANNOT_SKIP} {words.kept_whole(100)}"),
    ):
        asha.says(answer)
        assert (asha.told, asha.form.asked.problem) == ([TITLE], problem)
    asha.says("a" * 100)
    assert asha.told == [TRIED]
    asha.says("skip")
    asha.says("someday")
    assert (asha.told, asha.form.asked.problem) == ([SOON], words.PICK_ONE)
    asha.says("4")
    assert asha.form.asked.problem == words.no_such_number(3)
    asha.says("1")
    asha.says("31 November")
    assert (asha.told, asha.form.asked.problem) == ([BY], words.no_such_day(31, 11, 30, None))


def test_what_is_attached_is_not_opened_and_words_beside_it_count(asha: Officer) -> None:
    begun(asha)
    asha.says("", attachments=1)
    assert (asha.told, asha.form.asked.problem) == ([TITLE], words.NOT_TEXT)
    asha.says("Footfall", attachments=1)
    assert (asha.told, asha.form.note) == ([TRIED], wording.PICTURE_TOO)


def test_back_keeps_what_was_answered_and_skip_passes_over_it(asha: Officer) -> None:
    begun(asha)
    asha.says("back")
    assert (asha.told, asha.form.note) == ([TITLE], words.FIRST_QUESTION)
    asha.says("Footfall")
    asha.says("back")
    assert (asha.told, asha.form.asked.values) == ([TITLE], ("Footfall",))
    asha.says("skip")
    assert asha.told == [TRIED]
    asha.says("a market")
    asha.says("back")
    asha.says("back")
    asha.says("Empty shops")
    assert asha.told == [SOON]
    asha.says("3")
    asha.says("skip")
    assert asha.told == [posted(soon="none", title="Empty shops", touches="", tried="a market")]


def test_cancel_drops_it_and_asks_nothing_more(asha: Officer) -> None:
    ref = begun(asha, "Footfall")
    asha.says("cancel")
    assert asha.told == [words.dropped("your post")]
    assert kept(asha, ref) == (DraftStatus.DROPPED, {})
    asha.says("carry on")
    assert asha.told == [words.NOTHING_TO_CARRY_ON]


def test_a_question_or_a_number_is_an_answer_like_any_other(asha: Officer) -> None:
    begun(asha, "how do we work better with our partnership board?")
    assert asha.told == [TRIED]
    asha.says("7")
    assert asha.told == [SOON]
    asha.says("back")
    assert asha.form.asked.values == ("7",)


@pytest.mark.parametrize("command", ["help", "themes", "why", "my data"])
def test_another_command_is_obeyed_and_the_way_back_is_one_tap(asha: Officer, command: str) -> None:
    begun(asha, "Footfall")
    asha.says(command)
    assert asha.told[0].startswith("I keep your post as it is until Thursday 26 November, 10:00.")
    assert asha.labels[-1] == "Carry on with your post"
    asha.says("how do we work better with our partnership board?")
    assert asha.card.choices[-1].label == "Carry on with your post"
    asha.presses("Carry on with your post")
    assert asha.told == [TRIED]


def test_the_numbers_of_what_was_asked_for_stay_what_they_were(asha: Officer) -> None:
    begun(asha, "Footfall")
    asha.says("themes")
    first = asha.labels[0]
    asha.says("1")
    assert asha.told == [wording.in_theme(first)]


def test_themes_with_a_name_is_an_answer_unless_there_is_such_a_theme(asha: Officer) -> None:
    begun(asha, "Themes in our plan")
    assert asha.told == [TRIED]
    asha.says("themes governance and assurance that nobody wrote")
    assert asha.told == [SOON]
    asha.says("themes Climate change and net zero")
    assert asha.told[1] == wording.in_theme("Climate change and net zero")


def test_a_button_of_an_old_card_is_obeyed(asha: Officer) -> None:
    asha.says("how do we work better with our partnership board?")
    more = asha.value_of(wording.MORE_LIKE_THIS)
    begun(asha, "Footfall")
    asha.sends_button(more)
    assert asha.told[1] == wording.LIKE_IT


def test_later_puts_it_aside(asha: Officer) -> None:
    begun(asha, "Footfall")
    asha.says("Later")
    assert asha.labels == ["Carry on with your post"]
    asha.says("how do we work better with our partnership board?")
    assert "partnership board" in asha.card.problem
    asha.says("carry on")
    assert (asha.told, asha.form.note) == ([TRIED], words.carrying_on("your post"))


def test_stop_is_obeyed_and_the_draft_stays(asha: Officer) -> None:
    begun(asha, "Footfall")
    asha.says("stop")
    assert asha.told == [wording.STOPPED]
    asha.says("carry on")
    assert asha.told == [wording.STILL_STOPPED]
    asha.says("start")
    asha.says("carry on")
    assert asha.told == [TRIED]


def test_cancel_while_it_is_aside_asks_first(asha: Officer) -> None:
    ref = begun(asha, "Footfall")
    asha.says("help")
    asha.says("cancel")
    assert asha.told == [words.sure_to_drop("your post")]
    asha.presses(words.DROP)
    assert kept(asha, ref)[0] is DraftStatus.DROPPED


def test_forget_me_in_the_middle_is_about_forgetting(asha: Officer, stocked: Database) -> None:
    begun(asha, "wobblegong")
    asha.says("forget me")
    assert asha.labels == [wording.YES_FORGET, wording.NO_KEEP]
    asha.says("yes")
    assert asha.told == [wording.FORGOTTEN]
    assert places(stocked, "wobblegong") == set()


def test_a_question_where_none_was_asked_for_is_kept_and_pointed_out(asha: Officer) -> None:
    begun(asha)
    asha.says("How do we raise footfall?")
    assert (asha.told, asha.form.note) == ([TRIED], "")
    asha.says("What is a KPI?")
    assert (asha.told, asha.form.note) == ([SOON], words.KEPT_A_QUESTION)
    asha.says("back")
    assert asha.form.asked.values == ("What is a KPI?",)
