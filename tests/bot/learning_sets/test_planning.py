"""Planning: what is refused and why, series and their bad days, clashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.habits import Nation
from bot.learning_sets import clashes, planning, series
from bot.learning_sets import session_errors as errors
from bot.learning_sets.series import Away
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import LearningSet
from knowledge.database import Database
from tests.bot.learning_sets.meeting import TEN, TUESDAY, room

FRIDAY = date(2026, 11, 27)


def refusal(wanted: object, now: datetime) -> str:
    assert isinstance(wanted, type(TEN))
    with pytest.raises(errors.SessionError) as refused:
        planning.checked(wanted, now=now)
    return refused.value.sentence


def test_what_cannot_be_is_refused_with_the_reason(now: datetime) -> None:
    assert "23 November 2026, 10:00 has passed" in refusal(replace(TEN, starts_on=now.date()), now)
    assert "two years" in refusal(replace(TEN, starts_on=date(2029, 1, 9)), now)
    spring = refusal(replace(TEN, starts_on=date(2027, 3, 28), starts_at=time(1, 30)), now)
    assert "no 01:30 on Sunday 28 March 2027" in spring
    assert "clocks go forward" in spring
    assert "15 minutes and 8 hours" in refusal(replace(TEN, minutes=14), now)
    assert "15 minutes and 8 hours" in refusal(replace(TEN, minutes=481), now)
    for link in ("javascript:alert(1)", "https://", "https://a.example|b", "meet.example.org"):
        assert "https://" in refusal(replace(TEN, link=link), now)
    assert "200 characters" in refusal(replace(TEN, place="x" * 201), now)


def test_at_the_limits_it_is_taken(now: datetime) -> None:
    for minutes in (15, 480):
        assert planning.checked(replace(TEN, minutes=minutes), now=now).minutes == minutes
    assert planning.checked(replace(TEN, place=f" {'x' * 200}\n"), now=now).place == "x" * 200


def test_of_the_hour_that_comes_twice_the_first_is_meant() -> None:
    one = SetSession(
        starts_on=date(2027, 10, 31), starts_at=time(1, 30), minutes=60, zone="Europe/London"
    )
    assert one.starts == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_series_keeps_its_local_hour_across_a_change_of_the_clocks(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    days = [one.day for one in series.occurrences(date(2027, 3, 2), weeks=4, times=2, nations=())]
    before, after = (here.session(code) for code in here.plans(*days, now=now))
    assert (before.starts_at, after.starts_at) == (time(10), time(10))
    assert (before.starts.hour, after.starts.hour) == (10, 9)
    assert before.series == after.series is not None
    assert before.uid != after.uid


def test_a_series_names_the_days_on_which_people_are_away() -> None:
    found = series.occurrences(
        date(2026, 12, 1), weeks=1, times=6, nations={Nation.ENGLAND, Nation.SCOTLAND}
    )
    assert [(one.day.day, one.away) for one in found] == [
        (1, None),
        (8, None),
        (15, None),
        (22, None),
        (29, Away.BETWEEN_THE_YEARS),
        (5, None),
    ]
    (christmas, *_) = series.occurrences(
        date(2026, 12, 25), weeks=1, times=2, nations=[Nation.WALES]
    )
    assert (christmas.away, christmas.nations) == (Away.BANK_HOLIDAY, (Nation.WALES,))
    (second, *_) = series.occurrences(
        date(2027, 1, 4), weeks=1, times=2, nations=[Nation.ENGLAND, Nation.SCOTLAND]
    )
    assert (second.away, second.nations) == (Away.BANK_HOLIDAY, (Nation.SCOTLAND,))
    (sunday, *_) = series.occurrences(date(2026, 11, 29), weeks=1, times=2, nations=())
    assert sunday.away is Away.WEEKEND


@pytest.mark.parametrize(("weeks", "times"), [(0, 6), (13, 6), (4, 1), (4, 27)])
def test_a_series_out_of_reason_is_refused(weeks: int, times: int) -> None:
    with pytest.raises(errors.SeriesUnfit):
        series.occurrences(TUESDAY, weeks=weeks, times=times, nations=())


def test_a_set_that_is_being_gathered_meets_later(database: Database, now: datetime) -> None:
    here = room(database, now)
    with database.writing() as session:
        session.get_one(LearningSet, here.set_id).size_note = ""
    with pytest.raises(errors.StillGathering) as refused:
        here.plans(now=now)
    assert "fewer than 6 members" in refused.value.sentence


def test_only_who_facilitates_the_set_plans_for_it(database: Database, now: datetime) -> None:
    here, there = room(database, now), room(database, now, "South")
    for other in (here.members[0], there.facilitator):
        with pytest.raises(errors.NotYourSet), database.writing() as session:
            planning.plan(session, other, here.set_id, TEN, now=now)


def test_a_member_of_two_sets_that_meet_at_once_is_told_and_nobody_is_refused(
    database: Database, now: datetime
) -> None:
    here, there = room(database, now), room(database, now, "South")
    with database.writing() as session:
        from bot.learning_sets import sets

        sets.add_member(session, there.set_id, here.members[0], now=now)
    (first,) = here.plans(now=now)
    overlapping, touching = replace(TEN, starts_at=time(11)), replace(TEN, starts_at=time(12))
    with database.reading() as session:
        at_once, after = clashes.of(session, there.set_id, (overlapping, touching))
    assert [(one.member_id, one.code, one.set_name) for one in at_once] == [
        (here.members[0], first, "North")
    ]
    assert after == ()
    (second,) = there.plans(now=now, like=overlapping)
    told = here.waiting(here.members[0])[-1].text
    assert f"at the same hour as {second} you have session {first} of North" in told
    assert "same hour" not in here.waiting(here.members[1])[-1].text
