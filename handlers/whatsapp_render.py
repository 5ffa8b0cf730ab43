"""Messages as WhatsApp shows them: plain text in parts, and a list to pick from where it fits.

Every message can be said in text alone, its choices numbered. Where the account has the list
templates (`whatsapp_templates`), the choices become a list instead: under the message itself when
that is short, in a message of its own after a card. Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot import wording
from bot.messages import Choice, Choices, EntryCard, Form, Outgoing, Text, clean
from handlers import form_words, links, numbered
from handlers.parts import pack, split, units

BODY = 1_600
"""Characters of one message."""
LIST_BODY = 1_024
"""Characters over a list; also what the template and all its values may come to (63021)."""
LIST_ITEMS = 10
LIST_LABEL = 24
LIST_ID = 200
SPACES = 4
"""More in a row are refused in a template's value, as are two line ends (63013)."""


@dataclass(frozen=True)
class Piece:
    """One WhatsApp message. With `choices` it is a list template, and `text` stands over it."""

    text: str
    choices: tuple[Choice, ...] = ()


def pieces(content: Outgoing, *, lists: bool) -> tuple[Piece, ...]:
    """The whole message. `lists` says whether the account has a list template for its choices."""
    said = spoken(content)
    if lists and fits_list(content):
        if _stands_over_list(content, said):
            return (Piece(said[0], content.choices),)
        return (*map(Piece, said), Piece(wording.WHAT_NEXT, content.choices))
    offer = offered(content)
    if len(said) > 0 and len(offer) == 1:
        together = f"{said[-1]}\n\n{offer[0]}"
        if units(together) <= BODY:
            return (*map(Piece, said[:-1]), Piece(together))
    return tuple(map(Piece, (*said, *offer)))


def piece(content: Outgoing, part: int, *, lists: bool) -> tuple[Piece | None, bool]:
    """Piece number `part`, and whether more follow.

    The parts of the text are the same with lists and without, so a message that was begun with
    lists and goes on without them (or the other way round) still says everything, once.
    """
    whole = pieces(content, lists=lists)
    if part < len(whole):
        return whole[part], part + 1 < len(whole)
    offer, beyond = offered(content), part - len(spoken(content))
    if 0 <= beyond < len(offer):
        return Piece(offer[beyond]), beyond + 1 < len(offer)
    return None, False


def spoken(content: Outgoing) -> tuple[str, ...]:
    """The message without its choices, in parts that each fit in one WhatsApp message."""
    match content:
        case Text() | Choices():
            below = links.line(content)
            return split(harmless(f"{content.text}\n\n{below}" if below else content.text), BODY)
        case EntryCard():
            return pack((block for block in _card(content) if block), BODY)
        case Form():
            # Over a list there may be no empty line.
            gap = "\n" if content.choices else "\n\n"
            return split(gap.join(map(harmless, form_words.paragraphs(content))), BODY)
        case _:
            assert_never(content)


def _card(card: EntryCard) -> Sequence[str]:
    themes = harmless(wording.themes_line(card.themes))
    below = "\n".join(line for line in (themes, harmless(card.source)) if line)
    solutions = (
        numbered.solution(replace(one, text=harmless(one.text), tried=harmless(one.tried)))
        for one in card.numbered
    )
    return (harmless(card.note), harmless(card.problem), *solutions, below)


def offered(content: Outgoing) -> tuple[str, ...]:
    """The choices as numbered lines, almost always in one part."""
    tame = [replace(choice, label=_line(harmless(choice.label))) for choice in content.choices]
    return pack(_numbered(content, tame).splitlines(), BODY, gap="\n")


def _numbered(content: Outgoing, choices: Sequence[Choice]) -> str:
    return numbered.offer(choices, after_a_card=isinstance(content, EntryCard))


def fits_list(content: Outgoing) -> bool:
    """Whether every choice can be an item of a list."""
    choices = content.choices
    values = [value for choice in choices for value in (choice.label, choice.value)]
    return (
        0 < len(choices) <= LIST_ITEMS
        and all(units(choice.label) <= LIST_LABEL for choice in choices)
        and all(units(choice.value) <= LIST_ID for choice in choices)
        and len({choice.value for choice in choices}) == len(choices)
        and all(_is_value(value) and "\n" not in value for value in values)
        and _listed_size(wording.WHAT_NEXT, choices) <= LIST_BODY
    )


def _stands_over_list(content: Outgoing, said: tuple[str, ...]) -> bool:
    return (
        not isinstance(content, EntryCard)
        and len(said) == 1
        and _is_value(said[0])
        and _listed_size(said[0], content.choices) <= LIST_BODY
    )


def _listed_size(body: str, choices: Sequence[Choice]) -> int:
    items = sum(units(choice.label) + units(choice.value) for choice in choices)
    return units(body) + units(wording.CHOOSE) + items


def _is_value(text: str) -> bool:
    return bool(text.strip()) and "\n\n" not in text and " " * (SPACES + 1) not in text


_URL = re.compile(r"(https?://\S+)")
_MARK = re.compile(r"(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)|`+")
_QUOTE = re.compile(r"^(\s*)>", re.MULTILINE)
_LOOK_ALIKE = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def harmless(text: str) -> str:
    """The text without what WhatsApp would take for bold, italics, code or a quotation.

    A mark that could open or close a format becomes a letter that looks like it; inside words and
    links, where WhatsApp leaves them alone, they stay.
    """
    readable = _NOT_IN_XML.sub("", clean(text)).strip()
    words = _URL.split(readable)
    words[::2] = [_MARK.sub(_tame, part) for part in words[::2]]
    return _QUOTE.sub(r"\1›", "".join(words))


def _tame(found: re.Match[str]) -> str:
    return found.group().translate(_LOOK_ALIKE)


def _line(text: str) -> str:
    return " ".join(text.split())
