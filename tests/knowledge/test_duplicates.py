import pytest

from knowledge.database import Database
from knowledge.duplicates import near_duplicates
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
