from datetime import datetime

import pytest

from knowledge.database import Database
from knowledge.duplicates import near_duplicates, near_pairs
from knowledge.entries import NewEntry, add_all
from knowledge.search import Engine
from knowledge.semantic import Embedder


@pytest.mark.parametrize("semantic", [True, False])
def test_the_same_problem_with_a_slip_or_in_another_order_is_noticed(
    stocked: Database, embedder: Embedder, semantic: bool
) -> None:
    engine = Engine(embedder if semantic else None)
    with stocked.reading() as session:
        engine.refresh(session)
        problem = engine.find("partnership board").matches[0]
        view = near_duplicates(session, engine, _problem(stocked, problem.entry_id) + "!!")
        other = near_duplicates(session, engine, "Where do we buy tents for the summer fair?")
    assert view[0].id == problem.entry_id
    assert other == ()


def _problem(database: Database, entry_id: str) -> str:
    from knowledge.entries import entry

    with database.reading() as session:
        found = entry(session, entry_id)
    assert found is not None
    return found.problem.replace("partnership", "partnershp")


@pytest.mark.parametrize("semantic", [True, False])
def test_pairs_of_entries_that_say_nearly_the_same_are_found_once(
    database: Database, embedder: Embedder, now: datetime, semantic: bool
) -> None:
    problems = {
        "a": "How do we get the board to engage?",
        "b": "How do we get our board to engage?",
        "c": "Where can residents park at night?",
    }
    news = [NewEntry(problem, ("Talk.",), id=key) for key, problem in problems.items()]
    engine = Engine(embedder if semantic else None)
    with database.writing() as session:
        add_all(session, news, now=now)
        engine.refresh(session)
        assert list(near_pairs(session, engine)) == [("a", "b")]
