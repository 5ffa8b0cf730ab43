"""More themes than one message holds: on pages where they are typed, and known by many names."""

from __future__ import annotations

import pytest

from bot.app import Network
from bot.flows.pages import MORE, page
from bot.flows.picking import picked
from bot.messages import Choice, FieldKind, FormField
from bot.wording import forms
from bot.wording import posting as words
from handlers.form_words import paragraphs
from knowledge import themes
from knowledge.search import Decision
from tests.bot.conftest import Settle
from tests.bot.posts import PROBLEM
from tests.officer import Officer

FIELD = FormField(
    "themes",
    "Which?",
    kind=FieldKind.CHOICES,
    choices=tuple(Choice(f"Theme number {one}", one) for one in "abcdefghijklmnopqrstuvwx"),
    more="More themes",
    also=(Choice("M&E", "b"), Choice("Net zero", "c")),
)


def test_nine_stand_on_a_page_and_the_way_on_is_the_tenth() -> None:
    first, second, third = (page(FIELD, number) for number in range(3))
    assert [one.value for one in first] == [*"abcdefghi", MORE]
    assert [one.value for one in second] == [*"jklmnopqr", MORE]
    assert [one.value for one in third] == [*"stuvwx", MORE]
    assert [one[-1].label for one in (first, third)] == ["More themes", forms.THE_FIRST_AGAIN]
    assert page(FIELD, 3) == first


@pytest.mark.parametrize(
    ("text", "on_page", "values"),
    [
        ("1, 3", 0, ("a", "c")),
        ("1 and 3", 1, ("j", "l")),
        ("10", 0, (MORE,)),
        ("2, 10", 0, ("b", MORE)),
        ("more", 1, (MORE,)),
        ("More themes", 0, (MORE,)),
        ("theme number x", 0, ("x",)),
        ("theem number x, net zreo, M&E", 0, ("b", "c", "x")),
        ("zero", 0, ("c",)),
        ("11", 0, ()),
        ("theme", 0, ()),
        ("number", 0, ()),
        ("pianos", 0, ()),
        ("net zero, pianos", 0, ()),
    ],
)
def test_numbers_are_of_the_page_and_names_of_all(
    text: str, on_page: int, values: tuple[str, ...]
) -> None:
    found, problem = picked(FIELD, text, on_page)
    assert found == values
    assert bool(problem) is not bool(values)


def test_a_theme_of_the_second_page_is_picked_with_one_of_the_first(
    asha: Officer, talking: Network, settle: Settle
) -> None:
    settle(Decision.MISS)
    with talking.database.reading() as session:
        known = themes.themes(session)
    assert len(known) == 13
    for line in ("post", PROBLEM, "skip", "skip"):
        asha.says(line)
    assert [one.value for one in asha.form.asked.choices[:3]] != [one.id for one in known[:3]]
    assert {one.value for one in asha.form.asked.choices} == {one.id for one in known}
    order = [one.label for one in asha.form.asked.choices]
    assert f"9. {order[8]}\n10. {words.MORE_THEMES}" in "\n".join(paragraphs(asha.form))
    asha.says("1, 10")
    said = "\n".join(paragraphs(asha.form))
    assert f"1. {order[9]}" in said
    assert forms.so_far(order[0]) in said
    asha.says("12")
    assert asha.form.asked.problem == forms.no_such_number(5)
    asha.says("2")
    while asha.form.asked.question != words.LAST_LOOK:
        asha.says("skip")
    picked_now = asha.form.asked.hint.partition("Themes: ")[2].splitlines()[0]
    assert order[0] in picked_now
    assert order[10] in picked_now
