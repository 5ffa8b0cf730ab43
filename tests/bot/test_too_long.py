"""An answer that is too long is kept until it is shortened, by its author or to its start."""

from __future__ import annotations

import pytest

from bot.flows.field import start_of
from bot.wording import forms as words
from handlers.numbered import as_text
from tests.bot.forms import begun, kept
from tests.officer import Officer
from tests.sample_form import NO_ADDRESSES, SOON, TITLE, TRIED

pytestmark = pytest.mark.usefixtures("post_form")

LONG = "Nobody sends us their returns in time. We have asked twice. " * 2


@pytest.mark.parametrize("pick", ["1", "keep the start", "Keep the start."])
def test_what_was_too_long_is_kept_and_its_start_can_be_taken(asha: Officer, pick: str) -> None:
    ref = begun(asha)
    asha.says(LONG)
    assert asha.told == [TITLE]
    assert kept(asha, ref)[1] == {"title": [LONG.strip()]}
    assert asha.labels == [words.KEEP_START]
    shown = as_text(asha.heard[0])
    assert "19 characters too long: it has 119, and 100 fit" in shown
    assert "Keep the start” for its first 98 characters" in shown
    asha.says(pick)
    assert (asha.told, asha.form.note) == ([TRIED], words.kept_start(98))
    assert kept(asha, ref)[1]["title"][0].endswith("returns in time.")


def test_the_button_does_the_same_and_an_old_one_changes_nothing(asha: Officer) -> None:
    ref = begun(asha)
    asha.says(LONG)
    button = asha.value_of(words.KEEP_START)
    asha.presses(words.KEEP_START)
    assert asha.told == [TRIED]
    asha.sends_button(button)
    assert asha.told == [TRIED]
    assert len(kept(asha, ref)[1]["title"][0]) == 98


def test_a_shorter_answer_takes_its_place(asha: Officer) -> None:
    ref = begun(asha)
    asha.says(LONG)
    asha.says("Nobody sends us their returns.")
    assert asha.told == [TRIED]
    assert kept(asha, ref)[1] == {"title": ["Nobody sends us their returns."]}


def test_it_is_still_there_after_a_pause(asha: Officer) -> None:
    begun(asha)
    asha.says(LONG)
    asha.says("later")
    asha.says("carry on")
    assert (asha.told, asha.labels) == ([TITLE], [words.KEEP_START])
    asha.says("1")
    assert asha.told == [TRIED]


def test_a_form_is_never_handed_in_with_it(asha: Officer) -> None:
    begun(asha, "Footfall", "skip")
    asha.says("back")
    asha.says("back")
    asha.says(LONG)
    asha.says("skip")
    assert (asha.told, asha.labels) == ([TITLE], [words.KEEP_START])


def test_what_fits_is_looked_at_like_any_answer(asha: Officer) -> None:
    begun(asha)
    asha.says(f"Write to asha@example.org about it. {LONG}")
    asha.says("1")
    assert NO_ADDRESSES in asha.form.asked.problem
    assert asha.labels == [words.KEEP_START]


@pytest.mark.parametrize(
    ("text", "longest", "start"),
    [
        ("One. Two. Three.", 10, "One. Two."),
        ("One. Two and three more words", 20, "One. Two and three"),
        ("One two three", 7, "One two"),
        ("a" * 20, 10, "a" * 10),
        ("He said “No.” And left, slowly", 14, "He said “No.”"),
        ("First line\nsecond line", 12, "First line"),
    ],
)
def test_a_start_ends_with_a_sentence_or_a_word(text: str, longest: int, start: str) -> None:
    assert start_of(text, longest) == start


def test_skip_stays_on_offer_after_a_bad_answer(asha: Officer) -> None:
    begun(asha, "Footfall", "skip", "This month")
    asha.says("back")
    assert asha.told == [SOON]
    assert "back, skip, later" in as_text(asha.heard[0])
    asha.says("soonish")
    assert "back, skip, later" in as_text(asha.heard[0])
