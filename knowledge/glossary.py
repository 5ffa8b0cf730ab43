"""The glossary: what the network's abbreviations mean, and reading a question with their help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import state
from knowledge.models import Term
from knowledge.text import words


@dataclass(frozen=True)
class NewTerm:
    term: str
    means: str
    also: tuple[str, ...] = ()
    case_sensitive: bool = False


@dataclass(frozen=True)
class Expansion:
    """A term found in a text and what it stands for."""

    term: str
    means: str


@dataclass(frozen=True)
class Glossary:
    """An immutable set of terms."""

    terms: tuple[NewTerm, ...] = ()

    def expand(self, text: str) -> tuple[str, tuple[Expansion, ...]]:
        """The text with each term replaced by its meaning, and what was replaced.

        A text all in capitals says nothing about case: there, a case-sensitive term that is a
        word of its own in small letters cannot be told from that word and is left alone.
        """
        if not self.terms:
            return text, ()
        shouted = text.upper() == text
        found: dict[str, Expansion] = {}

        def replace(match: re.Match[str]) -> str:
            written = match.group(0)
            term = self._lookup(written, shouted=shouted)
            if term is None:
                return written
            found.setdefault(term.term, Expansion(written, term.means))
            return term.means

        return self._pattern.sub(replace, text), tuple(found.values())

    def vocabulary(self) -> Iterable[str]:
        """The words of all meanings, and the terms themselves in lower case."""
        for term in self.terms:
            yield from words(term.means)
            for written in (term.term, *term.also):
                yield written.lower()

    def meaning(self, written: str) -> str | None:
        term = self._lookup(written, shouted=False)
        return None if term is None else term.means

    def _lookup(self, written: str, *, shouted: bool) -> NewTerm | None:
        if not shouted and (exact := self._exact.get(written)) is not None:
            return exact
        return self._folded.get(written.lower())

    @cached_property
    def _exact(self) -> dict[str, NewTerm]:
        return {written: term for term in self.terms for written in (term.term, *term.also)}

    @cached_property
    def _folded(self) -> dict[str, NewTerm]:
        return {
            written.lower(): term
            for term in self.terms
            if not term.case_sensitive
            for written in (term.term, *term.also)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        written = {w for term in self.terms for w in (term.term, *term.also)}
        longest_first = sorted(written, key=lambda w: (-len(w), w))
        alternatives = "|".join(re.escape(w) for w in longest_first)
        return re.compile(rf"(?<![\w&])(?:{alternatives})(?![\w&])", re.IGNORECASE)


def glossary(session: Session) -> Glossary:
    """The glossary as it stands."""
    rows = session.scalars(select(Term).order_by(Term.term, Term.id))
    return Glossary(
        tuple(NewTerm(row.term, row.means, tuple(row.also), row.case_sensitive) for row in rows)
    )


def add_all(session: Session, news: Sequence[NewTerm]) -> None:
    """Add terms as one change."""
    state.next_version(session)
    for new in news:
        session.add(
            Term(
                term=new.term,
                means=new.means,
                also=list(new.also),
                case_sensitive=new.case_sensitive,
            )
        )
    session.flush()
