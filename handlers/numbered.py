"""Any message as plain text, its choices numbered: for where there is nothing but text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot import wording
from bot.messages import Choice, Choices, EntryCard, Form, Outgoing, Solution, Text
from handlers import form_words, links


def as_text(content: Outgoing) -> str:
    """The whole message; what can be chosen stands last, a line each."""
    return "\n\n".join(part for part in (*paragraphs(content), _offer(content)) if part)


def paragraphs(content: Outgoing) -> list[str]:
    """The message without its choices."""
    match content:
        case Text() | Choices():
            return [content.text, *filter(None, (links.line(content),))]
        case EntryCard():
            solutions = [solution(one) for one in content.numbered]
            themes = wording.themes_line(content.themes)
            below = "\n".join(line for line in (themes, content.source) if line)
            return [
                part
                for part in (content.note, content.problem, "\n".join(solutions), below)
                if part
            ]
        case Form():
            return form_words.paragraphs(content)
        case _:
            assert_never(content)


def solution(one: Solution) -> str:
    """A solution with its number, and how it went on a line of its own."""
    return "\n".join(filter(None, (f"{one.number}. {one.text}", one.tried)))


def _offer(content: Outgoing) -> str:
    return offer(content.choices, after_a_card=isinstance(content, EntryCard))


def offer(choices: Sequence[Choice], *, after_a_card: bool = False) -> str:
    """The choices, a line each. A card's solutions have numbers too, so its choices look otherwise:
    "1 = This helped"."""
    if not choices:
        return ""
    mark, heading = (" =", wording.AFTER_A_CARD) if after_a_card else (".", wording.PICK_A_NUMBER)
    lines = (f"{number}{mark} {choice.label}" for number, choice in enumerate(choices, 1))
    return "\n".join((heading, *lines))
