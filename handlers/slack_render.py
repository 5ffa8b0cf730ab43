"""Messages as Slack shows them: blocks to look at, and a text that says all of it.

Screen readers and notifications read only the top-level text, so it holds the whole message with
its choices. Words go into plain-text objects, which Slack formats in no way; `&`, `<` and `>` are
escaped everywhere, so nothing that a member or an entry says becomes a mention or a link. The one
exception is an address of our own, which people are to click. Pure functions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot import wording
from bot.messages import Choice, Choices, EntryCard, Form, Outgoing, Text, clean
from bot.wording import forms as words
from handlers import form_words, links, numbered
from handlers.parts import split, units
from handlers.slack_inbound import BUTTON_PREFIX, OPEN_FORM

BLOCKS = 50
"""Blocks of one message."""
TEXT = 4_000
"""Characters of the top-level text that Slack advises."""
PAYLOAD = 13_200
"""Characters of all blocks as JSON (`msg_blocks_too_long`)."""
SECTION = 3_000
HEADER = 150
BUTTON_TEXT = 75
BUTTON_SHOWN = 30
"""Characters of a button that are sure to be seen; a longer label is a numbered line instead."""
BUTTON_VALUE = 2_000
BUTTONS = 5
"""More are hard to tell apart in a row, and to get past with the keyboard."""
NUMBERED_BUTTONS = 10
ROW = 6_000
"""Characters of a row of buttons as JSON, so that it fits into PAYLOAD below a whole section."""

Block = dict[str, object]


@dataclass(frozen=True)
class Piece:
    """One Slack message."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Stretch:
    """A stretch of a message that is not torn: what it says, and how it looks."""

    text: str
    blocks: tuple[Block, ...]


def pieces(content: Outgoing, home: str = "") -> tuple[Piece, ...]:
    """The message in as few Slack messages as it takes. Links below `home` can be clicked."""
    stretches = [*_words(content, home), *_offer(content.choices), *_all_at_once(content)]
    packed: list[Piece] = []
    for stretch in stretches:
        joined = _joined(packed[-1], stretch) if packed else None
        if joined is not None and _fits(joined):
            packed[-1] = joined
        else:
            packed.append(Piece(stretch.text, stretch.blocks))
    return tuple(packed)


def _fits(piece: Piece) -> bool:
    return (
        units(piece.text) <= TEXT and len(piece.blocks) <= BLOCKS and _size(piece.blocks) <= PAYLOAD
    )


def _joined(piece: Piece, stretch: _Stretch) -> Piece:
    return Piece(f"{piece.text}\n\n{stretch.text}", (*piece.blocks, *stretch.blocks))


def _words(content: Outgoing, home: str) -> Iterable[_Stretch]:
    match content:
        case Text() | Choices():
            return [*_sections(content.text, home), *_to_fetch(content)]
        case EntryCard():
            return _card(content)
        case Form():
            return [part for said in form_words.paragraphs(content) for part in _sections(said)]
        case _:
            assert_never(content)


def _to_fetch(content: Text | Choices) -> Iterable[_Stretch]:
    """What leads to something else, to be clicked."""
    link = content.link if isinstance(content, Text) else None
    return _sections(links.line(content), link.path) if link is not None else []


def _card(card: EntryCard) -> Iterable[_Stretch]:
    yield from _sections(card.note)
    yield from _title(card.problem)
    for solution in card.numbered:
        yield from _sections(numbered.solution(solution))
    themes = wording.themes_line(card.themes)
    for below in (themes, card.source):
        for part in escaped_parts(below):
            yield _Stretch(part, ({"type": "context", "elements": [plain_text(part)]},))


def _title(problem: str) -> Iterable[_Stretch]:
    line = escape(_line(problem))
    if not line or units(line) > HEADER:
        return _sections(problem)
    return [_Stretch(line, ({"type": "header", "text": plain_text(line)},))]


def _sections(text: str, home: str = "") -> Iterable[_Stretch]:
    for part in escaped_parts(text):
        yield _Stretch(part, (_section(part, home),))


def _section(escaped: str, home: str = "") -> Block:
    return {"type": "section", "text": _live(escaped, home)}


def escaped_parts(text: str) -> Iterable[str]:
    """The text in escaped parts that each fit a section."""
    for part in split(clean(text), SECTION, _escaped_units):
        yield escape(part)


def _escaped_units(text: str) -> int:
    return units(escape(text))


def plain_text(escaped: str) -> Block:
    # Without emoji=False, ":8:" in a member's words would turn into a picture.
    return {"type": "plain_text", "text": escaped, "emoji": False}


def _live(escaped: str, home: str) -> Block:
    if not home or escape(home) not in escaped:
        return plain_text(escaped)
    link = re.compile(re.escape(escape(home)) + r"(?:/[^\s<>|]*[^\s<>|.,;:!?)])?")
    linked = link.sub(r"<\g<0>>", escaped)
    if units(linked) > SECTION:
        return plain_text(escaped)
    return {"type": "mrkdwn", "text": linked, "verbatim": True}


def _offer(choices: Sequence[Choice]) -> Iterable[_Stretch]:
    """What can be chosen: a button each, or numbered lines with a button for each number."""
    if not choices:
        return []
    *before, last = escaped_parts(numbered.offer(choices))
    if not before and len(choices) <= BUTTONS and all(map(_whole_on_a_button, choices)):
        row = _row(choices, [escape(_line(choice.label)) for choice in choices])
        if len(row) == len(choices):
            return [_Stretch(last, _actions(row))]
    numbers = [str(number) for number, _ in enumerate(choices[:NUMBERED_BUTTONS], 1)]
    row = _row(choices[:NUMBERED_BUTTONS], numbers)
    return [
        *(_Stretch(part, (_section(part),)) for part in before),
        _Stretch(last, (_section(last), *_actions(row))),
    ]


def _all_at_once(content: Outgoing) -> Iterable[_Stretch]:
    """A button that opens the whole form. What it carries asks the question again in words."""
    if isinstance(content, Form):
        button = {
            "type": "button",
            "action_id": OPEN_FORM,
            "text": plain_text(words.OPEN_FORM),
            "value": f"form:on:{content.ref}",
        }
        told = escape(words.ALL_AT_ONCE)
        yield _Stretch(told, ({**_section(told), "accessory": button},))


def _whole_on_a_button(choice: Choice) -> bool:
    label = _line(choice.label)
    return len(label) <= BUTTON_SHOWN and 0 < _escaped_units(label) <= BUTTON_TEXT


def _row(choices: Sequence[Choice], faces: Sequence[str]) -> list[Block]:
    """A value that Slack cannot carry has no button; its number can still be typed."""
    row = [
        _button(number, choice, face)
        for number, (choice, face) in enumerate(zip(choices, faces, strict=True), 1)
        if 0 < units(choice.value) <= BUTTON_VALUE
    ]
    while _size(row) > ROW:
        row.pop()
    return row


def _actions(row: list[Block]) -> tuple[Block, ...]:
    return ({"type": "actions", "elements": row},) if row else ()


def _button(number: int, choice: Choice, face: str) -> Block:
    button: Block = {
        "type": "button",
        "action_id": f"{BUTTON_PREFIX}{number}",
        "text": plain_text(face),
        "value": choice.value,
    }
    meaning = split(_line(choice.label), BUTTON_TEXT)
    if face == str(number) and meaning:  # a screen reader would say the bare number
        button["accessibility_label"] = meaning[0]
    return button


def _size(blocks: Sequence[Block]) -> int:
    return units(json.dumps(blocks, ensure_ascii=False))


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """The three characters with which Slack's markup begins."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
