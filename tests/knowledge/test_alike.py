"""Two texts that say the same, found without any collection that holds them."""

from __future__ import annotations

import pytest

from bot.flows.likeness import SAME
from knowledge.alike import MOST_AT_ONCE
from knowledge.search import Engine
from knowledge.semantic import Embedder

LETTERS = "Shopkeepers ignore the letters we send them about grants"
AGAIN = "Retailers never answer what we write to them about the grant"
OTHER = "How do we count visitors to our parks?"


@pytest.fixture
def engine(embedder: Embedder) -> Engine:
    return Engine(embedder)


def test_the_same_in_other_words_is_told_from_something_else(engine: Engine) -> None:
    alike = engine.alike(LETTERS, (AGAIN, OTHER))
    assert alike[AGAIN] >= SAME > alike[OTHER]


def test_too_many_new_ones_are_taken_up_by_and_by(engine: Engine) -> None:
    others = [f"Question number {number}" for number in range(MOST_AT_ONCE + 5)]
    assert len(engine.alike(LETTERS, others)) == MOST_AT_ONCE - 1
    assert len(engine.alike(LETTERS, others)) == len(others)


def test_without_the_model_nothing_is_alike() -> None:
    assert Engine(None).alike(LETTERS, (AGAIN,)) == {}
