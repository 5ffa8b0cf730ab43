"""`sets`: which ones a member is in."""

from __future__ import annotations

from datetime import datetime

from bot import members
from bot.app import Network
from bot.learning_sets import sets
from bot.wording import sets as words
from tests.officer import Officer


def test_who_is_in_no_set_is_told_what_to_do(asha: Officer) -> None:
    asha.says("sets")
    assert asha.told == [words.NO_SET]


def test_a_members_own_sets_are_named_and_no_others(
    asha: Officer, network: Network, now: datetime
) -> None:
    with network.database.writing() as session:
        member = members.named(session, "Asha")
        town = sets.create(session, "Town centres", now=now)
        sets.create(session, "Rural", now=now)
        sets.add_member(session, town.id, member.id, now=now)
    asha.says("sets")
    assert "Town centres: you and nobody else yet" in asha.told[0]
    assert "Rural" not in asha.told[0]
    asha.presses(words.POST)
    assert "problem" in asha.told[0]
