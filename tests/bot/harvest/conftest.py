"""The town of the challenges, and a moderator in it."""

from __future__ import annotations

import pytest

from bot.members import Role
from tests.bot.challenges.conftest import asha, ben, cara, routing, town
from tests.bot.challenges.town import Town

__all__ = ["asha", "ben", "cara", "routing", "town"]


@pytest.fixture
def mo(town: Town) -> int:
    """A moderator."""
    return town.member("Mo", Role.MODERATOR)
