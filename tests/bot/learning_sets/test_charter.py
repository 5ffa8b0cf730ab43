"""A set's charter: changed as a whole, by one at a time, and nobody's change is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from bot import members
from bot.learning_sets import charter, sets
from bot.learning_sets.charter import Charter, EditedMeanwhile, NobodyFacilitates, NotYourSet
from bot.learning_sets.models import SetNameTaken
from bot.learning_sets.size import SetError, TooFew
from bot.members import Role
from knowledge.database import Database


@pytest.fixture
def people(database: Database, now: datetime) -> list[int]:
    with database.writing() as session:
        return [
            members.add(session, f"Member {number}", Role.OFFICER, now=now).id
            for number in range(1, 9)
        ]


@pytest.fixture
def north(people: list[int]) -> Charter:
    return Charter("North", "Partners", frozenset(people[1:7]), frozenset(people[:1]))


def made(database: Database, wanted: Charter, now: datetime) -> int:
    with database.writing() as session:
        return charter.found(session, wanted, now=now).id


def test_the_same_charter_twice_is_one_set(
    database: Database, north: Charter, now: datetime
) -> None:
    assert made(database, north, now) == made(database, north, now)
    with pytest.raises(SetNameTaken):
        made(database, replace(north, purpose="Another"), now)


def test_a_change_counts_once_however_much_is_in_it(
    database: Database, north: Charter, people: list[int], now: datetime
) -> None:
    set_id = made(database, north, now)
    wanted = Charter("South", "Others", frozenset(people[2:8]), frozenset(people[1:3]))
    for _ in range(2):
        with database.writing() as session:
            charter.amend(session, people[0], set_id, wanted, seen=1, now=now)
            # Whoever changed it runs it no more: so the second time they are an administrator.
            members.named(session, "Member 1").role = Role.ADMINISTRATOR
    with database.reading() as session:
        assert charter.of(session, set_id) == wanted
        view = sets.view(session, set_id)
        assert view is not None
        assert view.edition == 2


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda one: replace(one, facilitators=frozenset()), NobodyFacilitates),
        (lambda one: replace(one, members=frozenset(list(one.members)[:3])), TooFew),
        (lambda one: replace(one, name="Taken"), SetNameTaken),
    ],
)
def test_what_is_refused_changes_nothing(
    database: Database,
    north: Charter,
    people: list[int],
    now: datetime,
    change: Callable[[Charter], Charter],
    refusal: type[SetError],
) -> None:
    set_id = made(database, north, now)
    made(database, replace(north, name="Taken"), now)
    with pytest.raises(refusal), database.writing() as session:
        charter.amend(session, people[0], set_id, change(north), seen=1, now=now)
    with database.reading() as session:
        assert charter.of(session, set_id) == north


def test_only_who_runs_it_changes_it(
    database: Database, north: Charter, people: list[int], now: datetime
) -> None:
    set_id = made(database, north, now)
    with pytest.raises(NotYourSet), database.writing() as session:
        charter.amend(session, people[1], set_id, north, seen=1, now=now)


def test_of_two_at_the_same_moment_one_is_told(
    database: Database, north: Charter, people: list[int], now: datetime
) -> None:
    set_id = made(database, north, now)

    def amend(purpose: str) -> bool:
        try:
            with database.writing() as session:
                wanted = replace(north, purpose=purpose)
                charter.amend(session, people[0], set_id, wanted, seen=1, now=now)
        except EditedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(amend, ("one", "two", "three", "four")))
    assert sorted(done) == [False, False, False, True]


def test_names_are_read_in_any_case_and_unknown_ones_by_line(
    database: Database, people: list[int], now: datetime
) -> None:
    with database.writing() as session:
        zoe = members.add(session, "Zoë Élan", Role.OFFICER, now=now).id
    with database.reading() as session:
        found = charter.named(session, ["member 1", "", " Member  2 ", "Nobody", "Zoë Élan"])
    assert found.ids == {*people[:2], zoe}
    assert found.unknown == ((4, "Nobody"),)
