"""Asking how it went: once, whoever looks at the same moment, and never at a bad one."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot import drafts, interests, members
from bot.delivery import DeliveryRow
from bot.drafts import Draft
from bot.learning_sets import commitments
from bot.learning_sets.commitments import Outcome
from bot.members import Member, Role
from bot.messages import Channel
from bot.nudges.round import Rounds
from knowledge.database import Database

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 12, 1, 10, tzinfo=LONDON)
SATURDAY = datetime(2026, 12, 5, 10, tzinfo=LONDON)


@pytest.fixture
def asha(database: Database, now: datetime) -> int:
    """Asha means to ring them, and is asked on a Tuesday."""
    with database.writing() as session:
        member = members.add(session, "Asha", Role.OFFICER, now=now)
        member.welcomed_at = now
        members.connect(session, member, Channel.SLACK, "T1:Asha", now=now)
        commitments.commit(session, member.id, "ring them", check_back_on=TUESDAY.date(), now=now)
        return member.id


def ask(database: Database, now: datetime) -> int:
    before = _queued(database)
    Rounds(database, LONDON).go(now)
    return _queued(database) - before


def _queued(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(DeliveryRow.id)).all())


def commitment(database: Database, member_id: int) -> int:
    with database.reading() as session:
        return commitments.of(session, member_id)[0].id


@pytest.mark.usefixtures("asha")
def test_it_is_asked_on_the_day_and_twice_more(database: Database) -> None:
    days = [day for day in range(-3, 60) if ask(database, TUESDAY + timedelta(days=day))]
    assert days == [0, 3, 10]
    with database.reading() as session:
        last = session.scalars(select(DeliveryRow.content).order_by(DeliveryRow.id.desc())).first()
    assert "I will not remind you again." in str(last)


@pytest.mark.usefixtures("asha")
def test_nobody_is_asked_while_people_do_not_work(database: Database) -> None:
    assert ask(database, TUESDAY.replace(hour=7)) == 0
    assert ask(database, TUESDAY.replace(hour=19)) == 0
    assert ask(database, SATURDAY) == 0
    assert ask(database, TUESDAY.replace(hour=9, minute=29)) == 0
    assert ask(database, TUESDAY.replace(hour=9, minute=30)) == 1


def test_whoever_wants_quiet_is_asked_when_it_ends(database: Database, asha: int) -> None:
    with database.writing() as session:
        interests.mute(session, asha, TUESDAY + timedelta(days=1))
    assert ask(database, TUESDAY) == 0
    assert ask(database, TUESDAY + timedelta(days=1)) == 1


def test_whoever_fills_in_a_form_is_asked_later(database: Database, asha: int) -> None:
    with database.writing() as session:
        drafts.keep(session, asha, Draft("r", "post", "Post", "at"), now=TUESDAY)
    assert ask(database, TUESDAY) == 0
    assert ask(database, TUESDAY + timedelta(hours=2)) == 1


def test_whoever_stopped_is_not_asked(database: Database, asha: int) -> None:
    with database.writing() as session:
        session.get_one(Member, asha).stopped_at = TUESDAY
    assert ask(database, TUESDAY) == 0


def test_two_things_are_asked_about_in_one_message(database: Database, asha: int) -> None:
    with database.writing() as session:
        commitments.commit(
            session, asha, "write to them", check_back_on=TUESDAY.date(), now=TUESDAY
        )
    assert [ask(database, TUESDAY + timedelta(hours=hour)) for hour in (0, 1)] == [1, 0]
    assert ask(database, TUESDAY + timedelta(days=1)) == 0


def test_what_was_told_is_asked_no_more_and_not_yet_on_its_new_day(
    database: Database, asha: int
) -> None:
    assert ask(database, TUESDAY) == 1
    number = commitment(database, asha)
    later = TUESDAY + timedelta(days=14)
    with database.writing() as session:
        commitments.tell(
            session,
            asha,
            number,
            Outcome.NOT_YET,
            check_back_on=date(2026, 12, 15),
            now=TUESDAY,
        )
    assert ask(database, later - timedelta(days=1)) == 0
    assert ask(database, later) == 1
    with database.writing() as session:
        commitments.tell(session, asha, number, Outcome.WORKED, now=later)
    assert ask(database, later + timedelta(days=3)) == 0


@pytest.mark.usefixtures("asha")
def test_two_workers_at_once_ask_once(database: Database) -> None:
    ready = threading.Barrier(2)

    def work() -> None:
        ready.wait(10)
        Rounds(database, LONDON).go(TUESDAY)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with database.reading() as session:
        assert len(session.scalars(select(DeliveryRow.id)).all()) == 1


def test_what_will_not_be_tried_is_gone_unless_it_was(database: Database, asha: int) -> None:
    number = commitment(database, asha)
    with database.writing() as session:
        commitments.tell(session, asha, number, Outcome.WORKED, now=TUESDAY)
        commitments.let_go(session, asha, number)
        assert len(commitments.of(session, asha)) == 1
        commitments.tell(session, asha, number, Outcome.NOT_YET, now=TUESDAY)
        commitments.let_go(session, asha, number)
        assert commitments.of(session, asha) == ()
