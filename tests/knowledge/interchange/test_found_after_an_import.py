"""What the engine answers from imported entries, however the file was laid out."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.interchange.importing import Order, bring_in
from knowledge.search import Engine, Finding
from knowledge.semantic import Embedder
from knowledge.starter import entry_rows
from tests.knowledge.interchange.network import MOVING, NOW, as_json, in_memory

_ROWS: list[dict[str, object]] = [
    {"id": row.id, "problem": row.problem, "solutions": row.solutions, "phrases": row.phrases}
    for row in entry_rows()
]
_QUESTIONS = [
    "how do we measure perception?",
    "the board does not engage",
    "who gets a room for the set",
    "can we pool money with the neighbours",
    *(str(row["problem"]) for row in _ROWS),
]
_some = settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _engine(rows: list[dict[str, object]], embedder: Embedder | None) -> Engine:
    engine = Engine(embedder)
    with in_memory() as database:
        bring_in(database, Order(as_json(rows), MOVING), embedder=embedder, now=NOW)
        with database.reading() as session:
            engine.refresh(session)
    return engine


@pytest.fixture(scope="module")
def in_file_order(embedder: Embedder) -> Engine:
    return _engine(list(_ROWS), embedder)


def _same(one: Finding, other: Finding) -> bool:
    ids = [[match.entry_id for match in finding.matches] for finding in (one, other)]
    scores = [[match.score for match in finding.matches] for finding in (one, other)]
    return (
        one.decision is other.decision
        and ids[0] == ids[1]
        and scores[0] == pytest.approx(scores[1], abs=1e-4)
    )


@_some
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_file_does_not_matter(
    in_file_order: Engine, embedder: Embedder, seed: int
) -> None:
    shuffled = _engine(random.Random(seed).sample(_ROWS, len(_ROWS)), embedder)  # noqa: S311
    for question in _QUESTIONS:
        assert _same(in_file_order.find(question), shuffled.find(question)), question


def test_the_order_does_not_matter_without_the_sentence_model_either() -> None:
    one, other = _engine(list(_ROWS), None), _engine(_ROWS[::-1], None)
    for question in _QUESTIONS:
        assert _same(one.find(question), other.find(question)), question


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: str(row["id"]))
def test_a_problem_asked_word_for_word_finds_its_own_entry_first(
    in_file_order: Engine, row: dict[str, object]
) -> None:
    found = in_file_order.find(str(row["problem"]))
    assert found.matches[0].entry_id == row["id"]


@pytest.mark.parametrize("question", _QUESTIONS[:4])
def test_curly_quotes_and_blanks_do_not_matter(in_file_order: Engine, question: str) -> None:
    plain = f'they said "it\'s too late": {question}'
    odd = f"  they  said\t“it’s  too late”:\u00a0{question} \n"
    assert _same(in_file_order.find(plain), in_file_order.find(odd))
    loud = in_file_order.find(question.upper()).matches[0].entry_id
    assert loud == in_file_order.find(question).matches[0].entry_id
