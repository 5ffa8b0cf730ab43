"""The town where the challenges are tested."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.challenges.routing import Routing
from bot.learning_sets.peers import SetPeers
from knowledge.database import Database
from knowledge.themes import NewTheme, add_themes
from tests.bot.challenges.town import Town

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def routing() -> Routing:
    return Routing(SetPeers(), LONDON)


@pytest.fixture
def town(database: Database, routing: Routing, now: datetime) -> Town:
    with database.writing() as session:
        add_themes(session, [NewTheme("data", "Data"), NewTheme("grants", "Grants")])
    return Town(database, routing, now)


@pytest.fixture
def asha(town: Town) -> int:
    """The author, mostly."""
    return town.member("Asha")


@pytest.fixture
def ben(town: Town) -> int:
    return town.member("Ben")


@pytest.fixture
def cara(town: Town) -> int:
    return town.member("Cara")
