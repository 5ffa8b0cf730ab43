"""Moving and cancelling: one or the rest, editions, and two facilitators at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.learning_sets import session_changes, sets
from bot.learning_sets import session_errors as errors
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetFacilitator
from knowledge.database import Database
from tests.bot.learning_sets.meeting import TEN, TUESDAY, join, room

WEEK = timedelta(weeks=1)
THREE = tuple(TUESDAY + WEEK * n for n in range(3))


def test_a_change_raises_edition_and_sequence(database: Database, now: datetime) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    with database.writing() as session:
        new = replace(TEN, place="Library")
        session_changes.change(session, here.facilitator, Wish(code, 1), new, now=now)
    one = here.session(code)
    assert (one.edition, one.sequence, one.place) == (2, 1, "Library")
    with database.writing() as session:  # the same again, as of a repeated press
        assert session_changes.change(session, None, Wish(code, 1), new, now=now) == ()
    assert here.session(code).edition == 2


def test_the_rest_of_a_series_moves_by_as_many_days(database: Database, now: datetime) -> None:
    here = room(database, now)
    codes = here.plans(*THREE, now=now)
    new = replace(TEN, starts_on=THREE[1] + timedelta(days=1), starts_at=time(14))
    with database.writing() as session:
        wish = Wish(codes[1], 1, rest=True)
        session_changes.change(session, here.facilitator, wish, new, now=now)
    found = [here.session(code) for code in codes]
    assert [(one.starts_on, one.starts_at.hour) for one in found] == [
        (THREE[0], 10),
        (date(2026, 12, 16), 14),
        (date(2026, 12, 23), 14),
    ]


def test_one_or_the_rest_is_cancelled_and_twice_is_once(database: Database, now: datetime) -> None:
    here = room(database, now)
    codes = here.plans(*THREE, now=now)
    here.sent()
    with database.writing() as session:
        wish = Wish(codes[1], 1, rest=True)
        off = session_changes.cancel(session, here.facilitator, wish, now=now)
        assert [one.code for one in off] == list(codes[1:])
        assert session_changes.cancel(session, None, Wish(codes[1], 1), now=now) == ()
    assert [here.session(code).planned for code in codes] == [True, False, False]
    (told,) = here.waiting(here.members[0])
    assert codes[1] in told.text
    assert codes[2] in told.text
    with pytest.raises(errors.IsCancelled), database.writing() as session:
        session_changes.change(session, None, Wish(codes[1], 2), TEN, now=now)


def test_a_session_of_others_does_not_exist(database: Database, now: datetime) -> None:
    here, there = room(database, now), room(database, now, "South")
    (code,) = here.plans(now=now)
    with pytest.raises(errors.NoSuchSession), database.writing() as session:
        session_changes.cancel(session, there.facilitator, Wish(code, 1), now=now)
    with pytest.raises(errors.NotYourSet), database.writing() as session:
        session_changes.cancel(session, here.members[0], Wish(code, 1), now=now)
    assert here.session(code).planned


def test_what_is_over_stays_as_it_was(database: Database, now: datetime) -> None:
    here = room(database, now)
    (code,) = here.plans(now=now)
    with pytest.raises(errors.IsOver), database.writing() as session:
        session_changes.cancel(session, None, Wish(code, 1), now=here.session(code).ends)


def test_of_two_facilitators_at_once_the_second_reads_both_versions(
    database: Database, now: datetime
) -> None:
    """Real sessions in real threads: one wins, the other loses nothing and is told."""
    here = room(database, now)
    (code,) = here.plans(now=now)
    second = join(database, "Gwen", now)
    with database.writing() as session:
        session.add(SetFacilitator(set_id=here.set_id, member_id=second))
    refused: list[str] = []
    start = threading.Barrier(2)

    def edit(by: int, place: str) -> None:
        start.wait()
        try:
            with database.writing() as session:
                new = replace(TEN, place=place)
                session_changes.change(session, by, Wish(code, 1), new, now=now)
        except errors.ChangedMeanwhile as error:
            refused.append(error.sentence)

    threads = [
        threading.Thread(target=edit, args=(by, place))
        for by, place in ((here.facilitator, "Library"), (second, "Museum"))
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    (sentence,) = refused
    assert "Library" in sentence
    assert "Museum" in sentence
    stands = here.session(code)
    assert (stands.edition, stands.sequence) == (2, 1)
    assert f"It is now: Tuesday 8 December 2026, 10:00 to 12:00. {stands.place}" in sentence
    assert len(here.waiting(here.members[0])) == 1


def test_a_plan_and_a_look_of_the_worker_at_once_invite_once(
    database: Database, now: datetime
) -> None:
    from bot.learning_sets import invitations

    here = room(database, now)
    here.plans(now=now)
    new = join(database, "Gwen", now)
    with database.writing() as session:
        sets.add_member(session, here.set_id, new, now=now)
    start = threading.Barrier(3)

    def look() -> None:
        start.wait()
        with database.writing() as session:
            invitations.bring_up_to_date(session, now=now)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(here.waiting(new)) == 1


def test_a_session_goes_with_its_set_and_its_code_is_never_drawn_again(
    database: Database, now: datetime
) -> None:
    from bot.challenges.codes import DrawnCode

    here = room(database, now)
    (code,) = here.plans(now=now)
    with database.writing() as session:
        session.delete(session.get_one(SetSession, here.session(code).id))
    with database.reading() as session:
        assert session.get(DrawnCode, code) is not None
