"""What members choose about being disturbed."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from bot import habits, members
from bot.habits import USUAL, DigestEvery, Habits, Nation, NudgesUnfit
from bot.members import Role
from knowledge.database import Database


@pytest.fixture
def asha(database: Database, now: datetime) -> int:
    with database.writing() as session:
        return members.add(session, "Asha", Role.OFFICER, now=now).id


def test_whoever_says_nothing_has_the_networks_habits(database: Database, asha: int) -> None:
    with database.reading() as session:
        assert habits.of(session, (asha,)) == {asha: USUAL}


def test_each_choice_stands_by_itself_and_can_be_taken_back(database: Database, asha: int) -> None:
    with database.writing() as session:
        habits.choose_nation(session, asha, Nation.SCOTLAND)
        habits.choose_nudges_a_week(session, asha, 0)
        assert habits.of(session, (asha,))[asha] == Habits(Nation.SCOTLAND, nudges_a_week=0)
        habits.choose_quiet_hours(session, asha, (time(21), time(7, 30)))
        habits.choose_digest(session, asha, DigestEvery.OFF)
        habits.choose_nation(session, asha, None)
    with database.reading() as session:
        chosen = habits.of(session, (asha,))[asha]
    assert chosen == Habits(Nation.ENGLAND, time(21), time(7, 30), 0, DigestEvery.OFF)


def test_nobody_is_nudged_more_than_twenty_times_a_week(database: Database, asha: int) -> None:
    with database.writing() as session:
        habits.choose_nudges_a_week(session, asha, 20)
        for unfit in (-1, 21):
            with pytest.raises(NudgesUnfit):
                habits.choose_nudges_a_week(session, asha, unfit)
