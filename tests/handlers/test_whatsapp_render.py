"""WhatsApp's limits, one under, at and one over; and the look of each message."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Choice, Choices, EntryCard, Text
from bot.wording import CHOOSE, WHAT_NEXT
from handlers import numbered
from handlers.parts import units
from handlers.whatsapp_render import (
    BODY,
    LIST_BODY,
    LIST_ID,
    LIST_ITEMS,
    LIST_LABEL,
    SPACES,
    fits_list,
    harmless,
    piece,
    pieces,
)
from tests.handlers.golden import CARD, MESSAGES, NEXT_STEPS, same

OFFER = numbered.offer(NEXT_STEPS, after_a_card=True)
SOLUTIONS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=1_700), max_size=9)


@pytest.mark.parametrize("lists", [False, True])
@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_looks_as_it_did(name: str, lists: bool) -> None:
    shown = []
    for each in pieces(MESSAGES[name], lists=lists):
        items = "".join(f"\n[{choice.label} = {choice.value}]" for choice in each.choices)
        shown.append(each.text + items)
    assert same(f"whatsapp_{name}_{'list' if lists else 'text'}.txt", "\n-----\n".join(shown))


@pytest.mark.parametrize(("length", "messages"), [(BODY - 1, 1), (BODY, 1), (BODY + 1, 2)])
def test_a_body_holds_1600_characters(length: int, messages: int) -> None:
    assert len(pieces(Text("a" * length), lists=False)) == messages


def test_choices_that_no_longer_fit_below_the_text_come_in_a_message_of_their_own() -> None:
    choices = (Choice("Yes", "yes"),)
    offer = f"\n\n{numbered.offer(choices)}"
    fits = pieces(Text("a" * (BODY - len(offer)), choices), lists=False)
    over = pieces(Text("a" * (BODY - len(offer) + 1), choices), lists=False)
    assert [len(fits), len(over)] == [1, 2]
    assert fits[0].text.endswith(offer)
    assert over[1].text == offer.strip()


@given(SOLUTIONS)
def test_a_solution_is_never_torn_unless_it_is_itself_too_long(solutions: list[str]) -> None:
    card = replace(CARD, solutions=tuple(solutions))
    bodies = [each.text for each in pieces(card, lists=False)]
    assert all(0 < units(body) <= BODY for body in bodies)
    for number, solution in enumerate(solutions, 1):
        line = f"{number}. {harmless(solution)}".strip()
        if units(line) <= BODY:
            assert any(line in body for body in bodies)


@given(SOLUTIONS, st.booleans(), st.integers(0, 12))
def test_a_message_says_everything_though_lists_come_or_go_in_the_middle(
    solutions: list[str], first: bool, change_at: int
) -> None:
    card = replace(CARD, solutions=tuple(solutions))
    said, offered, part, more = [], 0, 0, True
    while more:
        this, more = piece(card, part, lists=first if part < change_at else not first)
        assert this is not None
        said.append(this.text)
        offered += bool(this.choices) or OFFER in this.text
        part += 1
    assert offered == 1
    assert [text for text in said if "Relationship building" in text]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_nothing_in_a_text_is_taken_for_formatting(text: str) -> None:
    shown = re.sub(r"https?://\S+", "", harmless(text))
    assert not re.search(r"(?<!\w)([*_~])(?=\S)[^\n]*?(?<=\S)\1(?!\w)", shown)
    assert "`" not in shown
    assert not re.search(r"^\s*>", shown, re.MULTILINE)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*bold*", "∗bold∗"),
        ("say _this_ now", "say ˍthisˍ now"),
        ("~old~ `code`", "∼old∼ ˋcodeˋ"),
        ("> quoted", "› quoted"),
        ("snake_case and 3*4*5", "snake_case and 3*4*5"),
        ("2 * 3 > 5", "2 * 3 > 5"),
        ("see https://example.org/_a_/*b*", "see https://example.org/_a_/*b*"),
        ("bell\x07 and\ufffe non-characters", "bell and non-characters"),
    ],
)
def test_marks_that_would_format_become_letters_like_them(written: str, shown: str) -> None:
    assert harmless(written) == shown


def listed(label: str = "Yes", value: str = "yes") -> Choices:
    return Choices("Which?", (Choice(label, value),))


@pytest.mark.parametrize(("length", "fits"), [(LIST_LABEL - 1, 1), (LIST_LABEL, 1), (25, 0)])
def test_an_item_holds_24_characters(length: int, fits: int) -> None:
    assert fits_list(listed(label="a" * length)) is bool(fits)


@pytest.mark.parametrize(("length", "fits"), [(LIST_ID - 1, 1), (LIST_ID, 1), (201, 0)])
def test_an_id_holds_200_characters(length: int, fits: int) -> None:
    assert fits_list(listed(value="a" * length)) is bool(fits)


@pytest.mark.parametrize(("count", "fits"), [(0, 0), (1, 1), (9, 1), (LIST_ITEMS, 1), (11, 0)])
def test_a_list_holds_ten_items(count: int, fits: int) -> None:
    choices = tuple(Choice(f"Choice {number}", str(number)) for number in range(count))
    assert fits_list(Choices("Which?", choices)) is bool(fits)


@pytest.mark.parametrize(
    "label", ["", " ", "two\nlines", "many" + " " * (SPACES + 1) + "spaces"], ids=repr
)
def test_what_a_template_value_may_not_be_goes_as_text(label: str) -> None:
    assert not fits_list(listed(label=label))


def test_four_spaces_are_still_a_value() -> None:
    assert fits_list(listed(label="many" + " " * SPACES + "spaces"))


def test_two_items_may_not_mean_the_same() -> None:
    assert not fits_list(Choices("Which?", (Choice("Yes", "same"), Choice("No", "same"))))


@pytest.mark.parametrize(("over", "messages"), [(-1, 1), (0, 1), (1, 2)])
def test_template_and_values_together_hold_1024_characters(over: int, messages: int) -> None:
    room = LIST_BODY - len(CHOOSE) - len("Yes") - len("yes")
    text = "a" * (room + over)
    shown = pieces(Choices(text, (Choice("Yes", "yes"),)), lists=True)
    assert len(shown) == messages
    assert shown[-1].choices
    assert shown[-1].text == (text if messages == 1 else WHAT_NEXT)


def test_a_text_in_paragraphs_stands_in_a_message_before_its_list() -> None:
    shown = pieces(Choices("One.\n\nTwo.", NEXT_STEPS), lists=True)
    assert [each.text for each in shown] == ["One.\n\nTwo.", WHAT_NEXT]


def test_a_card_without_anything_but_a_problem_is_one_message() -> None:
    card = EntryCard("id", "Problem?", (), (), "")
    assert [each.text for each in pieces(card, lists=False)] == ["Problem?"]


def test_nothing_to_say_is_no_message() -> None:
    assert pieces(Text(" "), lists=False) == ()
    assert piece(Text(" "), 0, lists=False) == (None, False)
