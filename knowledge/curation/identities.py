"""The Chatham House check of an entry: each text with what may give somebody away marked in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.curation.content import Content
from knowledge.curation.difference import Part
from knowledge.redaction import Span, find_identifiers


@dataclass(frozen=True)
class MarkedText:
    """A text in which something was found. `solution_id` says which solution."""

    part: Part
    text: str
    spans: tuple[Span, ...]
    solution_id: int | None = None


def marked(content: Content, names: Iterable[str] = ()) -> tuple[MarkedText, ...]:
    """The texts that may give somebody away; none is best. `names` as in `find_identifiers`."""
    known = tuple(names)
    texts = [
        (Part.PROBLEM, content.problem, None),
        *((Part.SOLUTION, one.text, one.id) for one in content.shown),
        (Part.SOURCE, content.source, None),
    ]
    found = (
        MarkedText(part, text, find_identifiers(text, known), solution_id)
        for part, text, solution_id in texts
    )
    return tuple(one for one in found if one.spans)


def in_neutral_words(text: str, accepted: Iterable[Span]) -> str:
    """The text with the neutral wording in place of those spans that the moderator accepted."""
    for span in sorted(accepted, key=lambda span: span.start, reverse=True):
        text = f"{text[: span.start]}{span.neutral}{text[span.end :]}"
    return text
