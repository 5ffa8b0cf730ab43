"""Slack's limits, one under, at and one over; what is escaped; and the look of each message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Choice, Choices, EntryCard, Outgoing, Text, clean
from handlers.parts import units
from handlers.slack_inbound import plain
from handlers.slack_render import (
    BLOCKS,
    BUTTON_SHOWN,
    BUTTON_TEXT,
    BUTTON_VALUE,
    BUTTONS,
    HEADER,
    NUMBERED_BUTTONS,
    PAYLOAD,
    SECTION,
    TEXT,
    Piece,
    escape,
    pieces,
)
from tests.handlers.golden import CARD, MESSAGES, same

WORDS = st.text(st.characters(codec="utf-8"), max_size=4_500) | st.text('<>&"\\*', max_size=4_500)
CHOICE = st.builds(Choice, st.text(max_size=300), st.text(max_size=2_100))
CHOSEN = st.lists(CHOICE, max_size=12).map(tuple)
CARDS = st.builds(
    EntryCard,
    entry_id=st.just("id"),
    problem=WORDS,
    solutions=st.lists(WORDS, max_size=60).map(tuple),
    themes=st.lists(st.text(max_size=200), max_size=4).map(tuple),
    source=WORDS,
    choices=CHOSEN,
    note=WORDS,
)
SAID = st.builds(Text, WORDS, CHOSEN) | st.builds(Choices, WORDS, CHOSEN) | CARDS


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_looks_as_it_did(name: str) -> None:
    shown = [{"text": each.text, "blocks": each.blocks} for each in pieces(MESSAGES[name])]
    document = json.dumps(shown, indent=1, ensure_ascii=False)
    assert same(f"slack_{name}.json", f"{document}\n")


def blocks(piece: Piece) -> list[Any]:
    return [*piece.blocks]


def of(piece: Piece, kind: str) -> list[Any]:
    return [block for block in blocks(piece) if block["type"] == kind]


def texts(value: object) -> Iterator[tuple[str, str]]:
    """All text objects, as kind and text."""
    if isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield value["type"], value["text"]
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


@given(SAID)
def test_no_limit_is_ever_passed(content: Outgoing) -> None:
    for piece in pieces(content):
        assert 0 < units(piece.text) <= TEXT
        assert 0 < len(piece.blocks) <= BLOCKS
        assert units(json.dumps(piece.blocks, ensure_ascii=False)) <= PAYLOAD
        for block in blocks(piece):
            most = HEADER if block["type"] == "header" else SECTION
            assert all(0 < units(text) <= most for _, text in texts(block))
        for button in (button for row in of(piece, "actions") for button in row["elements"]):
            assert units(button["text"]["text"]) <= BUTTON_TEXT
            assert units(button["value"]) <= BUTTON_VALUE
            assert units(button.get("accessibility_label", "")) <= BUTTON_TEXT


@given(SAID)
def test_nothing_that_is_said_becomes_live(content: Outgoing) -> None:
    for piece in pieces(content):
        for kind, text in [("", piece.text), *texts(list(piece.blocks))]:
            assert kind != "mrkdwn"
            assert "<" not in text
            assert ">" not in text
            bare = text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
            assert "&" not in bare


@given(WORDS)
def test_what_is_escaped_reads_as_it_was_written(text: str) -> None:
    assert plain(escape(text)) == text.strip()


@given(CARDS)
def test_the_texts_hold_the_whole_message(card: EntryCard) -> None:
    said = "".join("".join(piece.text for piece in pieces(card)).split())
    for part in (card.note, card.problem, *card.solutions, card.source):
        assert "".join(escape(clean(part)).split()) in said


def test_a_mention_in_a_members_words_stays_words() -> None:
    (piece,) = pieces(Text("<!channel> <@U1> <https://evil.example|click> & more"))
    escaped = "&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|click&gt; &amp; more"
    assert piece.text == escaped
    assert [*texts(list(piece.blocks))] == [("plain_text", escaped)]


def test_only_our_own_address_can_be_clicked() -> None:
    home = "https://bot.example.org"
    (piece,) = pieces(Text(f"Open {home}/in?a=1&b=2. Not https://evil.example/x <@U1>"), home)
    ((kind, text),) = texts(list(piece.blocks))
    assert kind == "mrkdwn"
    assert f"<{home}/in?a=1&amp;b=2>. Not https://evil.example/x &lt;@U1&gt;" in text
    assert blocks(piece)[0]["text"]["verbatim"] is True


def test_formatting_characters_are_shown_as_they_are() -> None:
    (piece,) = pieces(replace(CARD, problem="Is *this* _it_ :8: ?"))
    assert of(piece, "header")[0]["text"] == {
        "type": "plain_text",
        "text": "Is *this* _it_ :8: ?",
        "emoji": False,
    }


@pytest.mark.parametrize(("length", "headers"), [(HEADER - 1, 1), (HEADER, 1), (HEADER + 1, 0)])
def test_a_header_holds_150_characters(length: int, headers: int) -> None:
    (piece,) = pieces(replace(CARD, problem="a" * length))
    assert len(of(piece, "header")) == headers
    assert "a" * length in piece.text


@pytest.mark.parametrize(("length", "sections"), [(SECTION - 1, 1), (SECTION, 1), (SECTION + 1, 2)])
def test_a_section_holds_3000_characters(length: int, sections: int) -> None:
    (piece,) = pieces(Text("a" * length))
    assert len(of(piece, "section")) == sections


@pytest.mark.parametrize(("length", "sections"), [(600, 1), (601, 2)])
def test_what_an_escape_adds_is_counted(length: int, sections: int) -> None:
    (piece,) = pieces(Text("&" * length))
    assert len(of(piece, "section")) == sections


@pytest.mark.parametrize(("over", "messages"), [(-1, 1), (0, 1), (1, 2)])
def test_a_text_holds_4000_characters(over: int, messages: int) -> None:
    whole = replace(CARD, problem="", solutions=("a" * 1_997, ""), themes=(), choices=(), note="")
    source = "b" * (TEXT - 2_000 - 2 - len("2.") - 2 + over)
    assert len(pieces(replace(whole, source=source))) == messages


@pytest.mark.parametrize(("count", "messages"), [(49, 1), (50, 1), (51, 2)])
def test_a_message_holds_50_blocks(count: int, messages: int) -> None:
    card = EntryCard("id", "", tuple("a" for _ in range(count)), (), "")
    assert len(pieces(card)) == messages


def faces(choices: tuple[Choice, ...]) -> list[str]:
    (piece,) = pieces(Choices("Which?", choices))
    return [each["text"]["text"] for row in of(piece, "actions") for each in row["elements"]]


@pytest.mark.parametrize(
    ("length", "numbered"), [(BUTTON_SHOWN - 1, 0), (BUTTON_SHOWN, 0), (BUTTON_SHOWN + 1, 1)]
)
def test_a_long_label_is_a_numbered_line(length: int, numbered: int) -> None:
    assert faces((Choice("a" * length, "yes"),)) == ["1" if numbered else "a" * length]


@pytest.mark.parametrize(("count", "numbered"), [(4, 0), (BUTTONS, 0), (BUTTONS + 1, 1)])
def test_many_choices_are_numbered_lines(count: int, numbered: int) -> None:
    choices = tuple(Choice(f"Choice {number}", str(number)) for number in range(1, count + 1))
    assert faces(choices)[0] == ("1" if numbered else "Choice 1")
    assert len(faces(choices)) == count


def test_a_numbered_button_tells_a_screen_reader_what_it_means() -> None:
    (piece,) = pieces(Choices("Which?", (Choice("A label that is too long for a button", "x"),)))
    (button,) = of(piece, "actions")[0]["elements"]
    assert button["accessibility_label"] == "A label that is too long for a button"
    assert "1. A label that is too long for a button" in of(piece, "section")[1]["text"]["text"]


@pytest.mark.parametrize(("over", "buttons"), [(-1, 2), (0, 2), (1, 1)])
def test_a_value_holds_2000_characters(over: int, buttons: int) -> None:
    assert len(faces((Choice("Yes", "y" * (BUTTON_VALUE + over)), Choice("No", "no")))) == buttons


def test_choices_whose_buttons_are_too_much_together_are_numbered_lines() -> None:
    assert faces(tuple(Choice(f"Choice {number}", "v" * 1_900) for number in range(4))) == [
        "1",
        "2",
    ]


@pytest.mark.parametrize(("count", "buttons"), [(9, 9), (NUMBERED_BUTTONS, 10), (11, 10)])
def test_a_row_has_ten_numbers(count: int, buttons: int) -> None:
    choices = tuple(Choice(f"Choice {number}", str(number)) for number in range(1, count + 1))
    assert len(faces(choices)) == buttons


def test_an_escaped_label_must_fit_a_button_too() -> None:
    assert faces((Choice("&" * 15, "yes"),)) == [escape("&" * 15)]
    assert faces((Choice("&" * 16, "yes"),)) == ["1"]


def test_nothing_to_say_is_no_message() -> None:
    assert pieces(Text("  ")) == ()
