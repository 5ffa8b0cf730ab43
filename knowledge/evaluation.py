"""Measuring the engine on a collection of entries and questions, with the starter glossary."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from knowledge import entries, starter, themes
from knowledge.interchange import (
    KnowledgeRow,
    knowledge_rows,
    out_of_scope_rows,
    query_rows,
)
from knowledge.models import Base
from knowledge.search import Decision, Engine, Finding
from knowledge.semantic import Embedder

_OFFERED = 3
"""Entries shown when the engine is not sure."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""When the throw-away entries were made: nothing measured depends on it."""


@dataclass(frozen=True)
class Asked:
    """One question with what was found. `right` is empty for a text out of scope."""

    finding: Finding
    right: frozenset[str]
    group: str | None
    seconds: float

    @property
    def rank(self) -> int | None:
        """The place of the first right match, from 0."""
        ids = [match.entry_id for match in self.finding.matches]
        return next((place for place, found in enumerate(ids) if found in self.right), None)

    @property
    def score(self) -> float:
        return self.finding.matches[0].score if self.finding.matches else 0.0

    @property
    def helped(self) -> bool:
        shown = {Decision.ANSWER: 1, Decision.SUGGEST: _OFFERED, Decision.MISS: 0}
        return self.rank is not None and self.rank < shown[self.finding.decision]


@dataclass(frozen=True)
class Report:
    """The figures of one collection; rates are 0 to 1, an empty share is None."""

    entries: int
    queries: tuple[Asked, ...]
    out_of_scope: tuple[Asked, ...]

    def as_json(self) -> dict[str, object]:
        """The document that `als evaluate --json` prints."""
        groups: dict[str, object] = {}
        for name, asked in _by_group(self.queries).items():
            groups[name] = in_scope_figures(asked)
        for name, asked in _by_group(self.out_of_scope).items():
            groups[name] = {"queries": len(asked), **out_of_scope_figures(asked)}
        milliseconds = [asked.seconds * 1000 for asked in (*self.queries, *self.out_of_scope)]
        return {
            **in_scope_figures(self.queries),
            **out_of_scope_figures(self.out_of_scope),
            "auroc": auroc(
                [asked.score for asked in self.queries],
                [asked.score for asked in self.out_of_scope],
            ),
            "p50_ms": _percentile(milliseconds, 50),
            "p99_ms": _percentile(milliseconds, 99),
            "entries": self.entries,
            "groups": groups,
        }


def evaluate(
    kb_path: Path, queries_path: Path, out_of_scope_path: Path | None, embedder: Embedder | None
) -> Report:
    """Ask every question of a throw-away knowledge base. Raises CollectionMalformed."""
    known = knowledge_rows(kb_path)
    queries = query_rows(queries_path, frozenset(row.id for row in known))
    strangers = [] if out_of_scope_path is None else out_of_scope_rows(out_of_scope_path)
    engine = throw_away_engine(known, embedder)
    engine.find("a first question, so that nothing is loaded while the clock runs")
    return Report(
        entries=len(known),
        queries=tuple(_ask(engine, row.text, row.right, row.style) for row in queries),
        out_of_scope=tuple(_ask(engine, row.text, frozenset(), row.kind) for row in strangers),
    )


def throw_away_engine(known: Sequence[KnowledgeRow], embedder: Embedder | None) -> Engine:
    """An engine over these entries and the starter glossary, in memory."""
    database = create_engine("sqlite://")
    Base.metadata.create_all(database)
    with Session(database) as session:
        starter.glossary_only(session)
        _add(session, known)
        engine = Engine(embedder)
        engine.refresh(session)
    database.dispose()
    return engine


def in_scope_figures(asked: Sequence[Asked]) -> dict[str, object]:
    ranks = [one.rank for one in asked]
    answered = [one for one in asked if one.finding.decision is Decision.ANSWER]
    return {
        "queries": len(asked),
        **{
            f"recall@{k}": _share([rank is not None and rank < k for rank in ranks])
            for k in (1, 3, 5)
        },
        "mrr": _share([0.0 if rank is None else 1 / (rank + 1) for rank in ranks]),
        "answered": _decided(asked, Decision.ANSWER),
        "suggested": _decided(asked, Decision.SUGGEST),
        "missed": _decided(asked, Decision.MISS),
        "answered_correct": _share([one.rank == 0 for one in answered]),
        "helped": _share([one.helped for one in asked]),
    }


def out_of_scope_figures(asked: Sequence[Asked]) -> dict[str, object]:
    return {
        "out_of_scope_answered": _decided(asked, Decision.ANSWER),
        "out_of_scope_suggested": _decided(asked, Decision.SUGGEST),
    }


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """The chance that a question in scope scores above one out of scope; a tie counts half."""
    if not inside or not outside:
        return None
    above = np.sign(np.subtract.outer(np.array(inside), np.array(outside)))
    return float((above.mean() + 1) / 2)


def _ask(engine: Engine, text: str, right: frozenset[str], group: str | None) -> Asked:
    started = time.perf_counter()
    finding = engine.find(text)
    return Asked(finding, right, group, time.perf_counter() - started)


def _add(session: Session, known: Sequence[KnowledgeRow]) -> None:
    names = {themes.slug(row.theme): row.theme for row in known if row.theme}
    themes.add_themes(session, [themes.NewTheme(key, name) for key, name in names.items()])
    news = [
        entries.NewEntry(
            id=row.id,
            problem=row.problem,
            solutions=tuple(row.solutions),
            phrases=tuple(row.phrases),
            themes=(themes.slug(row.theme),) if row.theme else (),
        )
        for row in known
    ]
    entries.add_all(session, news, now=_ANY_TIME, any_id=True)


def _by_group(asked: Sequence[Asked]) -> dict[str, list[Asked]]:
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        if one.group is not None:
            groups.setdefault(one.group, []).append(one)
    return groups


def _decided(asked: Sequence[Asked], decision: Decision) -> float | None:
    return _share([one.finding.decision is decision for one in asked])


def _share(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _percentile(milliseconds: Sequence[float], percent: int) -> float | None:
    return float(np.percentile(milliseconds, percent)) if milliseconds else None
