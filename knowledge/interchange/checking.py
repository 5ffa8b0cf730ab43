"""The network's own knowledge, looked through for what a moderator should put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from knowledge.duplicates import near_pairs
from knowledge.interchange.content import Choice, Content, chosen, count
from knowledge.interchange.fault import quoted
from knowledge.models import EntryStatus
from knowledge.redaction import find_identifiers
from knowledge.search import Engine


class RemarkKind(StrEnum):
    NO_THEME = "no theme"
    NO_SOLUTION = "no solution"
    IDENTITY = "identity"
    NEAR_DUPLICATE = "near-duplicate"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one live entry. `about` are the words found, or the other entry's id."""

    kind: RemarkKind
    entry_id: str
    problem: str
    about: tuple[str, ...] = ()


def remarks(
    session: Session,
    engine: Engine,
    names: Sequence[str] = (),
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Remark]:
    """All there is to say about the live entries. The engine must be up to date.

    `names` are members; `progress` hears entries read and entries to read.
    """
    live = Choice(status=EntryStatus.LIVE)
    total = count(session, live)
    problems: dict[str, str] = {}
    for number, content in enumerate(chosen(session, live), start=1):
        problems[content.id] = quoted(content.problem)
        yield from _of(content, names)
        if progress is not None:
            progress(number, total)
    for one, two in near_pairs(session, engine):
        if one in problems and two in problems:
            yield Remark(RemarkKind.NEAR_DUPLICATE, one, problems[one], (two, problems[two]))


def _of(content: Content, names: Sequence[str]) -> Iterator[Remark]:
    problem = quoted(content.problem)
    if not content.themes:
        yield Remark(RemarkKind.NO_THEME, content.id, problem)
    if not content.solutions:
        yield Remark(RemarkKind.NO_SOLUTION, content.id, problem)
    found = [
        quoted(text[span.start : span.end])
        for text in (content.problem, *content.solutions, *content.phrases, content.source)
        for span in find_identifiers(text, names)
    ]
    if found:
        yield Remark(RemarkKind.IDENTITY, content.id, problem, tuple(dict.fromkeys(found)))
