"""The engine on the collections it is measured with: the lines that it may not fall below."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.evaluation import throw_away_engine
from knowledge.interchange import KnowledgeRow, QueryRow, knowledge_rows, query_rows
from knowledge.search import Decision, Engine
from knowledge.semantic import Embedder

SHARED = Path(__file__).parents[2] / "../shared/eval"


@pytest.fixture(scope="module")
def officers() -> tuple[list[KnowledgeRow], list[QueryRow]]:
    if not (SHARED / "officers").is_dir():
        pytest.skip("../shared/eval/officers is not here to measure on")
    known = knowledge_rows(SHARED / "officers/kb.json")
    asked = query_rows(SHARED / "officers/queries_dev.json", frozenset(row.id for row in known))
    return known, asked


@pytest.fixture(scope="module")
def engine(officers: tuple[list[KnowledgeRow], list[QueryRow]], embedder: Embedder) -> Engine:
    return throw_away_engine(officers[0], embedder)


def test_what_is_answered_outright_is_right(
    engine: Engine, officers: tuple[list[KnowledgeRow], list[QueryRow]]
) -> None:
    found = [(engine.find(query.text), query.right) for query in officers[1]]
    outright = [
        one.matches[0].entry_id in right for one, right in found if one.decision is Decision.ANSWER
    ]
    assert sum(outright) >= 0.96 * len(outright)
    assert len(outright) >= 0.45 * len(found)


def test_another_collection_beside_ours_takes_away_hardly_any_right_answer(
    engine: Engine, officers: tuple[list[KnowledgeRow], list[QueryRow]], embedder: Embedder
) -> None:
    known, asked = officers
    beside = throw_away_engine([*known, *knowledge_rows(SHARED / "stackfaq/kb.json")], embedder)
    right = kept = 0
    for query in asked:
        finding = engine.find(query.text)
        if finding.decision is Decision.ANSWER and finding.matches[0].entry_id in query.right:
            right += 1
            kept += beside.find(query.text).matches[0].entry_id in query.right
    assert kept >= 0.99 * right
