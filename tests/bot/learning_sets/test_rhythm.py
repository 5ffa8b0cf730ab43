"""Which session comes next and which was the last, and when a member is asked how it went."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.learning_sets import rhythm, sets
from bot.learning_sets.sessions import SessionStatus, SetSession
from knowledge.database import Database
from tests.bot.learning_sets.room import Room, room


@pytest.fixture
def north(database: Database, now: datetime) -> Room:
    made = room(database, now)
    for code, on in (
        ("A2A", date(2026, 11, 10)),
        ("C3C", date(2026, 11, 23)),
        ("D4D", date(2026, 11, 24)),
        ("E5E", date(2026, 12, 8)),
        ("F6F", date(2027, 1, 5)),
    ):
        made.meets(code, on)
    return made


def codes(north: Room, found: tuple[SetSession, ...]) -> list[str]:
    assert north.sessions
    return [one.code for one in found]


def test_a_session_is_ahead_until_it_begins_and_behind_from_then_on(north: Room) -> None:
    begins = datetime(2026, 11, 23, 10, tzinfo=UTC)
    inside = (north.set_id,)
    with north.database.reading() as session:
        for now, begun in ((begins - timedelta(minutes=1), False), (begins, True)):
            ahead = codes(north, rhythm.ahead(session, inside, now=now))
            behind = codes(north, rhythm.behind(session, inside, now=now))
            assert ("C3C" in behind, "C3C" in ahead) == (begun, not begun)
            assert ahead[-3:] == ["D4D", "E5E", "F6F"]
            assert behind[-1] == "A2A"
        assert codes(north, rhythm.ahead(session, inside, now=begins, limit=1)) == ["D4D"]
        assert codes(north, rhythm.behind(session, inside, now=begins, limit=1)) == ["C3C"]
        assert rhythm.ahead(session, (), now=begins) == ()


def test_what_is_cancelled_or_another_sets_is_neither(north: Room) -> None:
    with north.database.writing() as session:
        session.get_one(SetSession, north.sessions["D4D"]).status = SessionStatus.CANCELLED
        south = sets.create(session, "South", now=north.now).id
    with north.database.reading() as session:
        assert codes(north, rhythm.ahead(session, (north.set_id,), now=north.now)) == [
            "E5E",
            "F6F",
        ]
        assert rhythm.ahead(session, (south,), now=north.now) == ()
        found = rhythm.coded(session, "D4D")
        assert found is not None
        assert found.status is SessionStatus.CANCELLED


def test_a_session_just_after_midnight_in_summer_is_counted_by_its_own_clock(north: Room) -> None:
    north.meets("H7H", date(2027, 7, 2), at=time(0, 30))  # half past eleven at night in UTC
    inside = (north.set_id,)
    with north.database.reading() as session:
        before = datetime(2027, 7, 1, 23, 29, tzinfo=UTC)
        assert codes(north, rhythm.ahead(session, inside, now=before)) == ["H7H"]
        assert rhythm.ahead(session, inside, now=before + timedelta(minutes=1)) == ()
        assert codes(north, rhythm.behind(session, inside, now=before, limit=1)) == ["F6F"]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 20), date(2026, 11, 22)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 12, 7)),
        (date(2027, 1, 4), date(2027, 1, 18)),
    ],
)
def test_a_member_is_asked_on_the_eve_of_the_next_session_that_leaves_a_day(
    north: Room, today: date, day: date
) -> None:
    with north.database.reading() as session:
        now = datetime.combine(today, time(8), UTC)
        ahead = rhythm.ahead(session, (north.set_id,), now=now)
        assert rhythm.check_back_day(ahead, today) == day
