"""Each member is told once: of a plan, of each change, of the last word of several."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select

from bot import habits, interests, members
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.habits import Nation
from bot.learning_sets import invitations, session_changes, sets, upkeep
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.session_changes import Wish
from bot.members import Member
from bot.messages import Channel
from knowledge.database import Database
from tests.bot.learning_sets.meeting import TEN, TUESDAY, Room, join, room

WEEK = timedelta(weeks=1)


def moved(here: Room, code: str, hour: int, now: datetime) -> None:
    one = here.session(code)
    with here.database.writing() as session:
        new = replace(one.arrangement, starts_at=time(hour))
        wish = Wish(code, one.edition)
        session_changes.change(session, here.facilitator, wish, new, now=now)


def look(here: Room, now: datetime) -> bool:
    """What the worker does; whether there was anything to do."""
    with here.database.reading() as session:
        due = invitations.any_due(session, now=now)
    with here.database.writing() as session:
        invitations.bring_up_to_date(session, now=now)
    return due


def test_everybody_in_the_set_gets_one_invitation_to_a_whole_series(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    codes = here.plans(*(TUESDAY + WEEK * n for n in range(3)), now=now)
    for one in here.members:
        (told,) = here.waiting(one)
        assert "North meets 3 times" in told.text
        assert all(code in told.text for code in codes)
        assert told.choices[0].value == f"come:{codes[0]}:yes:all"
        assert told.link is not None
        assert told.link.path.endswith("/all.ics")
    assert here.waiting(here.facilitator) == []
    assert not look(here, now)


def test_a_move_is_told_once_and_asks_again(database: Database, now: datetime) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    here.sent()
    with database.writing() as session:
        seat = session.get_one(Seat, (here.session(code).id, here.members[0]))
        seat.rsvp = Rsvp.YES
    moved(here, code, 14, now)
    (told,) = here.waiting(here.members[0])
    assert "which was on Tuesday 8 December 2026, 10:00, is now on" in told.text
    assert "14:00 to 16:00" in told.text
    assert told.link is not None
    assert told.link.path.endswith(f"/{code}.ics")
    seat_now = here.seat(code, here.members[0])
    assert seat_now is not None
    assert (seat_now.rsvp, seat_now.told) == (None, 1)
    assert not look(here, now)
    assert len(here.waiting(here.members[0])) == 1


def test_who_sleeps_through_a_plan_and_two_moves_reads_the_last_word_once(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    night = now.replace(hour=22)
    first, second = here.plans(TUESDAY, TUESDAY + WEEK, now=night)
    moved(here, first, 14, night)
    moved(here, first, 15, night)
    for one in here.members:
        (told,) = here.waiting(one)
        assert "15:00" in told.text
        assert second in told.text
        assert "14:00" not in told.text
        assert "Moved" not in told.text  # they were never told of the other time
    assert len(here.started(here.members[0], DeliveryStatus.DROPPED)) == 2


def test_a_move_that_waits_is_replaced_by_the_cancelling(database: Database, now: datetime) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    here.sent()
    moved(here, code, 14, now.replace(hour=22))
    with database.writing() as session:
        session_changes.cancel(session, None, Wish(code, 2), now=now.replace(hour=22))
    (told,) = here.waiting(here.members[0])
    assert told.text.startswith(f"Cancelled: session {code} of North")
    assert "Moved" not in told.text


def test_what_is_called_off_before_anybody_was_told_is_not_told(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    night = now.replace(hour=22)
    (code,) = here.plans(now=night)
    with database.writing() as session:
        session_changes.cancel(session, None, Wish(code, 1), now=night)
    assert here.waiting(here.members[0]) == []
    assert not look(here, night)


def test_a_notice_waits_for_the_morning_unless_the_session_begins_before(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    night = now.replace(hour=22)
    (soon,) = here.plans(now=now, like=replace(TEN, starts_on=(now + timedelta(days=1)).date()))
    here.sent()
    here.plans(now=night)
    assert here.due(here.members[0]) == [now.replace(hour=8) + timedelta(days=1)]
    here.sent()
    one = here.session(soon)
    with database.writing() as session:  # at 7, before the quiet hours end, not at 10
        early = replace(one.arrangement, starts_at=time(7))
        session_changes.change(session, None, Wish(soon, 1), early, now=night)
    assert here.due(here.members[0]) == [night]


def test_a_mute_and_a_bank_holiday_postpone_a_notice(database: Database, now: datetime) -> None:
    here = room(database, now)
    st_andrews = datetime.fromisoformat("2026-11-30T09:00:00+00:00")
    with database.writing() as session:
        habits.choose_nation(session, here.members[0], Nation.SCOTLAND)
        interests.mute(session, here.members[1], st_andrews + timedelta(days=2))
    here.plans(now=st_andrews)
    assert [here.due(one)[0].day for one in here.members] == [1, 2, 30]


def test_who_joins_the_set_later_is_invited_and_who_leaves_is_not(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    new = join(database, "Gwen", now)
    with database.writing() as session:
        sets.add_member(session, here.set_id, new, now=now)
        sets.remove_member(session, here.set_id, here.members[0])
    assert look(here, now)
    assert code not in str(here.waiting(here.members[0]))
    assert here.seat(code, here.members[0]) is None
    (told,) = here.waiting(new)
    assert "North meets on Tuesday 8 December 2026" in told.text
    assert len(here.waiting(here.members[1])) == 1
    assert not look(here, now)


def test_who_stopped_or_has_no_address_is_told_once_they_are_back(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    new = join(database, "Gwen", now, None)
    with database.writing() as session:
        sets.add_member(session, here.set_id, new, now=now)
        session.get_one(Member, here.members[0]).stopped_at = now
    here.plans(now=now)
    assert here.waiting(here.members[0]) == []
    assert not look(here, now)
    with database.writing() as session:
        one = session.get_one(Member, new)
        members.connect(session, one, Channel.WEB, "member:gwen", now=now)
        session.get_one(Member, here.members[0]).stopped_at = None
    assert look(here, now)
    assert len(here.waiting(here.members[0])) == len(here.waiting(new)) == 1


def test_nobody_is_told_who_else_is_invited(database: Database, now: datetime) -> None:
    here = room(database, now)
    here.plans(now=now)
    told = here.waiting(here.members[0])[0].text
    assert not any(name in told for name in ("Asha", "Ben", "Chloe", "Fatima"))


def test_a_notice_that_could_not_leave_is_useless_once_the_session_is_over(
    database: Database, now: datetime
) -> None:
    here = room(database, now)
    codes = here.plans(TUESDAY, TUESDAY + WEEK, now=now)
    with database.reading() as session:
        useless = set(session.scalars(select(DeliveryRow.useless_at)))
    assert useless == {here.session(codes[1]).ends}


def test_the_worker_looks_again_only_after_a_change(database: Database, now: datetime) -> None:
    here = room(database, now)
    upkeep.keep_up(database, now=now)
    here.plans(now=now)
    for _ in range(2):
        upkeep.keep_up(database, now=now)
    new = join(database, "Gwen", now)
    with database.writing() as session:
        sets.change_members(session, here.set_id, add=(new,), remove=here.members[:1], now=now)
        session.get_one(Member, here.members[1]).stopped_at = now
    for _ in range(3):
        upkeep.keep_up(database, now=now)
    assert len(here.waiting(new)) == 1
    assert here.waiting(here.members[0]) == []
    (code,) = here.plans(now=now + WEEK)
    assert here.seat(code, here.members[1]) is not None
    with database.writing() as session:
        session.get_one(Member, here.members[1]).stopped_at = None
    upkeep.keep_up(database, now=now + WEEK)
    assert code in str(here.waiting(here.members[1])[-1])
