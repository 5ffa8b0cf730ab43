"""The checker's own reading of when somebody rests, and the bot's: two ways to the same moment."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta

import pytest

from bot import quiet
from bot.habits import Habits, Nation
from bot.messages import Channel
from handlers.simulate.people import KEEN, Person
from handlers.simulate.rest import HOME, rest_ends, resting

NIGHTS = ((time(19), time(8)), (time(21, 30), time(7)), (time(0), time(0)), (time(12), time(13)))


@pytest.mark.parametrize("nation", Nation)
@pytest.mark.parametrize("night", NIGHTS)
def test_both_say_the_same_at_any_time_of_two_years(
    nation: Nation, night: tuple[time, time]
) -> None:
    asha = Person("Asha", Channel.WEB, "web:1", nation, night, 3, KEEN)
    habits = Habits(nation, *night)
    dice = random.Random(f"{nation}{night}")  # noqa: S311 - a game
    for _ in range(300):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(2 * 365 * 24 * 60))
        assert resting(asha, at) is not quiet.allowed(at, habits, HOME), at
        assert rest_ends(asha, at) == quiet.first_allowed(at, habits, HOME), at
