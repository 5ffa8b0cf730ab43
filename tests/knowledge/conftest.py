"""What the tests of this floor share besides the databases of every test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from knowledge import starter
from knowledge.models import Base
from knowledge.search import Engine
from knowledge.semantic import Embedder


@pytest.fixture(scope="session")
def starter_engines(embedder: Embedder) -> dict[bool, Engine]:
    """Engines on the starter knowledge: with the sentence model (True) and without it."""
    database = create_engine("sqlite://")
    Base.metadata.create_all(database)
    engines = {True: Engine(embedder), False: Engine(None)}
    with Session(database) as session:
        starter.load(session, embedder, now=datetime(2026, 11, 23, tzinfo=UTC))
        for engine in engines.values():
            engine.refresh(session)
    database.dispose()
    return engines
