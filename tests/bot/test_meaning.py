"""What a message means, before anybody looks anything up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.flows.meaning import (
    Command,
    Guessed,
    Meaning,
    NoSuchNumber,
    Pressed,
    Said,
    Unreadable,
    Words,
    needs_finding,
    understand,
)
from bot.messages import LONGEST_QUESTION, Channel, Choice, Inbound
from knowledge.search import Decision, Finding
from knowledge.small_talk import SmallTalk

OFFERED = (
    Choice("How do we measure perception?", "card:perception:r1"),
    Choice("Why do “high streets” matter?", "card:streets:r1"),
    Choice("None of these", "none:r1"),
)


def message(text: str, choice: str | None = None, attachments: int = 0) -> Inbound:
    return Inbound(Channel.WHATSAPP, "SM1", "whatsapp:+447700900123", text, choice, attachments)


def found(decision: Decision, talk: SmallTalk | None = None) -> Finding:
    return Finding("", "", decision, small_talk=talk)


def meaning(
    text: str, offered: Sequence[Choice] = (), decision: Decision = Decision.MISS
) -> Meaning:
    return understand(message(text), offered=tuple(offered), finding=found(decision))


@pytest.mark.parametrize("known", list(Command))
def test_every_command_is_understood_as_it_is_written(known: Command) -> None:
    assert understand(message(known.value), offered=(), finding=None) == Said(known)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("HELP", Command.HELP),
        ("  Help. ", Command.HELP),
        ("help!", Command.HELP),
        ("Help?", Command.HELP),
        ("“Stop”", Command.STOP),
        ("*STOP*", Command.STOP),
        ("stop,", Command.STOP),
        ("Stop…", Command.STOP),
        ("My  Data", Command.MY_DATA),
        ("forget\nme", Command.FORGET_ME),
        ("'start'", Command.START),
        ("CANCEL!!!", Command.CANCEL),
    ],
)
def test_capitals_blanks_and_punctuation_make_no_difference(text: str, known: Command) -> None:
    assert meaning(text) == Said(known)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("menu", Command.HELP),
        ("?", Command.HELP),
        ("theme", Command.THEMES),
        ("Topics", Command.THEMES),
        ("unsubscribe", Command.STOP),
        ("STOPALL", Command.STOP),
        ("stop all", Command.STOP),
        ("Please stop.", Command.STOP),
        ("stop please", Command.STOP),
        ("opt out", Command.STOP),
        ("UNSTOP", Command.START),
        ("mydata", Command.MY_DATA),
        ("forgetme", Command.FORGET_ME),
        ("Delete my data", Command.FORGET_ME),
    ],
)
def test_other_ways_to_say_a_command_are_known(text: str, known: Command) -> None:
    assert meaning(text) == Said(known)


def test_themes_may_name_one() -> None:
    assert meaning("Themes High Streets") == Said(Command.THEMES, "high streets")


@pytest.mark.parametrize("text", ["join ABCD2345", "JOIN abcd2345", " “Join  abcd 2345”. "])
def test_join_takes_a_code_typed_in_any_case(text: str) -> None:
    said = meaning(text)
    assert isinstance(said, Said)
    assert said.command is Command.JOIN


@pytest.mark.parametrize(
    "text",
    [
        "join up our funding streams with the county",
        "join us",
        "how do we stop duplication?",
        "help us with procurement",
        "start date of the fund",
        "back to basics on evaluation",
        "post the grant agreement where?",
        "my data is out of date",
        "stop the rot on our high street",
    ],
)
def test_a_question_that_only_begins_with_a_command_is_a_question(text: str) -> None:
    assert meaning(text) == Words(text)


@pytest.mark.parametrize("text", ["join our board", "joint delivery plan", "join partners"])
def test_join_and_words_that_are_no_code_are_a_question(text: str) -> None:
    assert meaning(text) == Words(text)


@pytest.mark.parametrize("text", ["2", "2.", "2)", " 2 ", "option 2", "Option 2", "no. 2", "no 2"])
def test_a_number_takes_the_choice_that_has_it(text: str) -> None:
    assert meaning(text, OFFERED) == Pressed("card", ("streets", "r1"))


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("4", 4), ("99", 99), ("option 12", 12)])
def test_a_number_that_is_not_in_the_list_is_none_of_the_choices(text: str, number: int) -> None:
    assert meaning(text, OFFERED) == NoSuchNumber(number, 3)


def test_a_number_with_nothing_to_choose_from_is_no_question() -> None:
    assert meaning("1") == NoSuchNumber(1, 0)


@pytest.mark.parametrize("text", ["2 boards or 1?", "2023", "number of jobs", "100", "-1", "1.5"])
def test_words_and_long_numbers_are_no_choice(text: str) -> None:
    assert meaning(text, OFFERED) == Words(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("none of these", Pressed("none", ("r1",))),
        ("None of these.", Pressed("none", ("r1",))),
        ("how do we measure perception?", Pressed("card", ("perception", "r1"))),
        ("how do we measure perception", Pressed("card", ("perception", "r1"))),
        ("Why do “high streets” matter?", Pressed("card", ("streets", "r1"))),
    ],
)
def test_a_choice_may_be_typed_out(text: str, value: Pressed) -> None:
    assert meaning(text, OFFERED, Decision.ANSWER) == value


def test_what_a_choice_says_comes_before_a_command() -> None:
    assert meaning("help", [Choice("Help", "helped:e:r")]) == Pressed("helped", ("e", "r"))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("hepl", Command.HELP),
        ("themse", Command.THEMES),
        ("forgt me", Command.FORGET_ME),
        ("forget mee", Command.FORGET_ME),
        ("my dta", Command.MY_DATA),
        ("cancell", Command.CANCEL),
        ("stpo", Command.STOP),
    ],
)
def test_a_mistyped_command_is_guessed_when_nothing_fits(text: str, known: Command) -> None:
    assert meaning(text) == Guessed(known)


def test_a_mistyped_command_is_a_question_when_an_answer_fits() -> None:
    assert meaning("hepl", decision=Decision.ANSWER) == Words("hepl")


def test_where_only_something_like_it_fits_a_real_word_is_a_question_and_a_slip_is_not() -> None:
    assert meaning("shop", decision=Decision.SUGGEST) == Words("shop")
    assert meaning("stpo", decision=Decision.SUGGEST) == Guessed(Command.STOP)


def test_small_talk_is_never_taken_for_a_mistyped_command() -> None:
    talk = found(Decision.MISS, SmallTalk.GREETING)
    assert understand(message("helo"), offered=(), finding=talk) == Words("helo")


@pytest.mark.parametrize("text", ["m", "hp", "bins", "evaluation", "help with my board"])
def test_short_words_and_whole_sentences_are_not_guessed(text: str) -> None:
    assert meaning(text) == Words(text)


def test_a_button_counts_and_not_what_came_with_it() -> None:
    pressed = understand(message("stop", "helped:e1:r1"), offered=OFFERED, finding=None)
    assert pressed == Pressed("helped", ("e1", "r1"))


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b", "\u2060\ufeff", "\u202e"])
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert meaning(text) is Unreadable.EMPTY


def test_a_photo_alone_cannot_be_read_and_one_with_words_can() -> None:
    assert understand(message("", attachments=1), offered=(), finding=None) is Unreadable.PICTURE
    with_words = message("what is this", attachments=1)
    assert understand(with_words, offered=(), finding=None) == Words("what is this")


def test_a_message_is_too_long_from_one_character_beyond_the_limit() -> None:
    assert meaning("x" * LONGEST_QUESTION) == Words("x" * LONGEST_QUESTION)
    assert meaning("x" * (LONGEST_QUESTION + 1)) is Unreadable.TOO_LONG


@pytest.mark.parametrize(
    ("inbound", "needed"),
    [
        (message("how do we measure perception?"), True),
        (message("themes high streets"), True),
        (message("hepl"), True),
        (message("help"), False),
        (message("2."), False),
        (message(""), False),
        (message("", attachments=1), False),
        (message("x" * (LONGEST_QUESTION + 1)), False),
        (message("anything", "helped:e:r"), False),
    ],
)
def test_only_what_may_be_a_question_is_looked_up(inbound: Inbound, needed: bool) -> None:
    assert needs_finding(inbound) is needed
