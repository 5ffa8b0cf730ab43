"""A set that meets."""

from __future__ import annotations

import pytest

from knowledge.database import Database
from tests.bot.nudges.rhythm import Rhythm


@pytest.fixture
def rhythm(database: Database) -> Rhythm:
    return Rhythm(database)
