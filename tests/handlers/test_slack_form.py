"""A whole form as a Slack modal: its look, its limits, and what is read from it again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.messages import Choice, FieldKind, Filled, FormField
from bot.wording import forms as words
from handlers import slack_inbound
from handlers.parts import units
from handlers.slack_form import BOX, LABEL, OPTION, TITLE, errors, view
from handlers.slack_inbound import Malformed
from tests.handlers.fake_slack import submitted
from tests.handlers.golden import FORM, WRONG, same

FILLED = replace(
    FORM,
    fields=(
        replace(FORM.fields[0], values=("Footfall",)),
        WRONG.fields[1],
        replace(FORM.fields[2], values=("none",)),
        replace(FORM.fields[3], values=("2026-12-03",)),
        replace(FORM.fields[4], values=("places", "skills", "gone")),
    ),
)


def of(field: FormField) -> Any:
    """The one block of a form with this field alone."""
    made: Any = view(replace(FORM, intro="", fields=(field,), at=field.name))
    (block,) = made["blocks"]
    return block


@pytest.mark.parametrize(("name", "form"), [("empty", FORM), ("filled", FILLED)])
def test_the_modal_looks_as_it_did(name: str, form: Any) -> None:
    document = json.dumps(view(form), indent=1, ensure_ascii=False)
    assert same(f"slack_modal_{name}.json", f"{document}\n")


@pytest.mark.parametrize(("over", "cut"), [(-1, False), (0, False), (1, True)])
def test_a_title_holds_24_characters(over: int, cut: bool) -> None:
    made: Any = view(replace(FORM, title="a" * (TITLE + over)))
    assert len(made["title"]["text"]) == min(TITLE, TITLE + over)
    assert made["title"]["text"].endswith("…") is cut


@pytest.mark.parametrize(("over", "cut"), [(-1, False), (0, False), (1, True)])
def test_a_label_and_a_hint_hold_2000_characters(over: int, cut: bool) -> None:
    text = "<" * (LABEL // 4) + "a" * over if over > 0 else "a" * (LABEL + over)
    block = of(FormField("a", text, text))
    for said in (block["label"]["text"], block["hint"]["text"]):
        assert len(said) <= LABEL
        assert said.endswith("…") is cut


@pytest.mark.parametrize(("over", "described"), [(-1, False), (0, False), (1, True)])
def test_an_option_holds_75_characters_and_goes_on_in_its_description(
    over: int, described: bool
) -> None:
    long = Choice("a" * (OPTION + over), "a")
    block = of(FormField("a", "Which?", kind=FieldKind.CHOICE, choices=(long,)))
    (option,) = block["element"]["options"]
    assert len(option["text"]["text"]) <= OPTION
    assert ("description" in option) is described


@pytest.mark.parametrize(("over", "length"), [(-1, BOX - 1), (0, BOX), (1, BOX)])
def test_a_box_begins_with_at_most_3000_characters(over: int, length: int) -> None:
    box = of(FormField("a", "What?", values=("a" * (BOX + over),)))["element"]
    assert len(box["initial_value"]) == length
    assert box["max_length"] == BOX


def test_a_box_that_holds_too_much_takes_it_so_that_it_can_be_shortened() -> None:
    box = of(FormField("a", "What?", longest=5, values=("a" * 6,)))["element"]
    assert box["initial_value"] == "a" * 6
    assert "max_length" not in box
    assert of(FormField("a", "What?", longest=5, values=("a" * 5,)))["element"]["max_length"] == 5


def test_a_box_shows_words_as_they_are_and_its_label_is_escaped() -> None:
    block = of(FormField("a", "R&D <why>?", values=("R&D <@U1>",)))
    assert block["label"]["text"] == "R&amp;D &lt;why&gt;?"
    assert block["element"]["initial_value"] == "R&D <@U1>"
    assert units(block["label"]["text"]) < LABEL


def test_the_modal_carries_the_reference_and_nothing_else() -> None:
    assert view(FILLED)["private_metadata"] == "f1"


def test_what_was_handed_in_is_read_by_field() -> None:
    inbound = slack_inbound.read(
        submitted("f1", title="R&D <b>", tried=None, soon=["none"], by="2026-12-03", touches=[])
    )
    assert inbound is not None
    assert (inbound.provider_id, inbound.address, inbound.place) == ("submit1", "T1:U1", "")
    assert inbound.filled == Filled(
        "f1",
        (
            ("title", "R&D <b>"),
            ("tried", ""),
            ("soon", "none"),
            ("by", "2026-12-03"),
            ("touches", ""),
        ),
    )


BAD: dict[str, Any] = {
    "no reference": {"private_metadata": ""},
    "no state": {"state": None},
    "no values": {"state": {}},
    "another element": {"state": {"values": {"title": {"answer": {"type": "image"}}}}},
    "no element": {"state": {"values": {"title": {}}}},
    "a number": {
        "state": {"values": {"title": {"answer": {"type": "plain_text_input", "value": 7}}}}
    },
}


@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
def test_what_slack_would_not_hand_in_is_malformed(change: dict[str, Any]) -> None:
    body = submitted("f1", title="x")
    with pytest.raises(Malformed):
        slack_inbound.read({**body, "view": {**body["view"], **change}})


def test_only_what_the_modal_asks_can_be_shown_in_it() -> None:
    filled = Filled("f1", (("title", ""), ("soon", "")))
    problems = {"title": "Needed.", "by": "Needed too."}
    assert errors(filled, problems) == {"title": "Needed."}
    assert errors(filled, None) == {"title": words.FORM_CLOSED}


@pytest.mark.parametrize(
    ("many", "kind"), [(10, "checkboxes"), (11, "multi_static_select"), (40, "multi_static_select")]
)
def test_more_than_ten_to_pick_from_are_a_list(many: int, kind: str) -> None:
    choices = tuple(Choice(f"Theme {number}", f"t{number}") for number in range(many))
    field = FormField("a", "?", kind=FieldKind.CHOICES, choices=choices, values=("t1", "t9"))
    element = of(field)["element"]
    assert element["type"] == kind
    assert len(element["options"]) == many
    assert [one["value"] for one in element["initial_options"]] == ["t1", "t9"]


def test_what_was_picked_from_a_list_is_read() -> None:
    body = submitted("r1", touches=["t1", "t9"])
    body["view"]["state"]["values"]["touches"]["answer"]["type"] = "multi_static_select"
    inbound = slack_inbound.read(body)
    assert inbound is not None
    assert inbound.filled == Filled("r1", (("touches", "t1"), ("touches", "t9")))
