"""Two who change one set at once: the second is told, and nothing is lost."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime

import pytest

from bot import members
from bot.learning_sets import editions, sets
from bot.learning_sets.editions import EditedMeanwhile, Standing, Version
from bot.learning_sets.size import SetError
from bot.members import Role
from knowledge.database import Database


@pytest.fixture
def crowd(database: Database, now: datetime) -> list[int]:
    with database.writing() as session:
        return [
            members.add(session, f"Member {number:02}", Role.OFFICER, now=now).id
            for number in range(12)
        ]


@pytest.fixture
def north(database: Database, crowd: list[int], now: datetime) -> Standing:
    wanted = Version("North", "meet", frozenset(crowd[:8]), frozenset(crowd[:1]))
    with database.writing() as session:
        return editions.standing(session, editions.make(session, wanted, now=now))


def test_two_editors_at_once_one_is_told_what_stands_and_what_they_wanted(
    database: Database, north: Standing, crowd: list[int], now: datetime
) -> None:
    wanted = [
        replace(north.version, members=north.version.members | {crowd[8 + number]})
        for number in range(3)
    ]
    refused: list[EditedMeanwhile] = []
    together = threading.Barrier(3)

    def edits(version: Version) -> None:
        together.wait(timeout=60)
        try:
            with database.writing() as session:
                editions.edit(session, north.set_id, version, edition=north.edition, now=now)
        except EditedMeanwhile as error:
            refused.append(error)

    threads = [threading.Thread(target=edits, args=(each,)) for each in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with database.reading() as session:
        stands = editions.standing(session, north.set_id)
    assert stands.edition == north.edition + 1
    assert len(refused) == 2
    assert {one.stands for one in refused} == {stands}
    assert {one.yours for one in refused} | {stands.version} == set(wanted)


def test_what_is_as_it_was_changes_nothing_and_is_never_refused(
    database: Database, north: Standing, now: datetime
) -> None:
    with database.writing() as session:
        editions.edit(session, north.set_id, north.version, edition=99, now=now)
        assert editions.standing(session, north.set_id) == north


def test_a_whole_edit_takes_effect_or_none_of_it(
    database: Database, north: Standing, crowd: list[int], now: datetime
) -> None:
    new = Version("South", "talk", frozenset(crowd[2:9]), frozenset(crowd[9:11]))
    with database.writing() as session:
        sets.create(session, "Taken", now=now)
        editions.edit(session, north.set_id, new, edition=north.edition, now=now)
        stands = editions.standing(session, north.set_id)
        assert (stands.version, stands.edition) == (new, north.edition + 1)
    for bad in (replace(new, name="Taken"), replace(new, members=frozenset(crowd[:2]))):
        with pytest.raises(SetError), database.writing() as session:
            editions.edit(session, north.set_id, bad, edition=stands.edition, now=now)
    with database.reading() as session:
        assert editions.standing(session, north.set_id) == stands


def test_who_left_meanwhile_is_left_out(
    database: Database, north: Standing, crowd: list[int], now: datetime
) -> None:
    wanted = replace(north.version, members=north.version.members | {9_999})
    with database.writing() as session:
        editions.edit(session, north.set_id, wanted, edition=north.edition, now=now)
        assert editions.standing(session, north.set_id) == north
