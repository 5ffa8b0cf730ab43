"""Rounds: everything once, however many processes go round at once, and nobody in mid-sentence."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from bot import interests
from bot.delivery import DeliveryRow
from bot.members import Member
from bot.messages import Channel
from bot.nudges import round as rounds
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.round import Rounds
from knowledge.database import Database
from tests.bot.nudges.rhythm import LONDON, Rhythm, at

TUESDAY = date(2026, 11, 10)
MORNING = at(2026, 11, 9, 9, 30)


def test_four_rounds_at_once_send_everything_once(rhythm: Rhythm) -> None:
    everybody = {rhythm.member(f"Member {number}") for number in range(12)}
    rhythm.meets(TUESDAY)
    ready = threading.Barrier(4)
    failed: list[BaseException] = []

    def go() -> None:
        database = Database(rhythm.database.url.render_as_string(hide_password=False))
        try:
            ready.wait(10)
            for _ in range(3):  # whom another holds is left for the next round
                rounds.Rounds(database, LONDON).go(MORNING)
        except BaseException as error:
            failed.append(error)
        finally:
            database.close()

    workers = [threading.Thread(target=go) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert failed == []
    with rhythm.database.reading() as session:
        told = session.scalars(select(DeliveryRow.member_id)).all()
        kept = session.scalar(select(func.count()).select_from(NudgeRow))
    assert len(told) == len(everybody)
    assert set(told) == everybody
    assert kept == len(everybody)


def test_whoever_is_being_spoken_with_hears_of_it_in_the_next_round(rhythm: Rhythm) -> None:
    if rhythm.database.url.get_backend_name() == "sqlite":
        return  # it has one writer, who waits
    asha, ben = rhythm.member("Asha"), rhythm.member("Ben")
    rhythm.meets(TUESDAY)
    with rhythm.database.writing() as talking:
        talking.scalars(select(Member).where(Member.id == asha).with_for_update()).one()
        rhythm.round(MORNING)
        assert [row.member_id for row in rhythm.rows()] == [ben]
    rhythm.round(MORNING)
    assert [row.member_id for row in rhythm.rows()] == [ben, asha]


def test_the_next_moment_is_the_next_thing_due_or_the_end_of_a_rest(rhythm: Rhythm) -> None:
    with rhythm.database.reading() as session:
        assert rounds.next_moment(session, LONDON, now=MORNING) is None
    asha = rhythm.member("Asha")
    rhythm.meets(TUESDAY)

    def moment(now: datetime) -> datetime | None:
        with rhythm.database.reading() as session:
            return rounds.next_moment(session, LONDON, now=now)

    assert moment(at(2026, 11, 8, 12)) == MORNING
    with rhythm.database.writing() as session:
        interests.mute(session, asha, at(2026, 11, 10, 8, 15))
    assert moment(MORNING) == at(2026, 11, 10, 8, 15)


def test_three_that_fall_together_are_one_message_with_choices_for_each(rhythm: Rhythm) -> None:
    asha = rhythm.member("Asha")
    rhythm.facilitates(asha)
    rhythm.meets(TUESDAY, code="M2X")
    rhythm.meets(TUESDAY, code="M3X")

    rhythm.round(at(2026, 11, 10, 9))

    fates = [row.fate for row in rhythm.rows() if row.fate is not Fate.DROPPED]
    assert sorted(fates) == ["merged", "merged", "merged", "sent"]
    (told,) = rhythm.queued()
    assert len(told.choices) <= 10
    values = [choice.value for choice in told.choices]
    assert {"session:M2X", "session:M3X", "guide:M2X", "guide:M3X"} <= set(values)
    assert len({choice.label for choice in told.choices}) == len(values), "each clear by itself"


def test_nobody_who_never_joined_is_written_to(rhythm: Rhythm) -> None:
    asha = rhythm.member("Asha")
    rhythm.meets(TUESDAY)
    with rhythm.database.writing() as session:
        session.get_one(Member, asha).welcomed_at = None
    assert rhythm.round(MORNING) == ("day-before unreachable",)


def test_whoever_never_answers_hears_less_until_they_say_anything(rhythm: Rhythm) -> None:
    asha = rhythm.member("Asha")
    for week in range(8):
        rhythm.meets(date(2026, 9, 2) + timedelta(weeks=week), code=f"M{week}X")

    def heard(week: int) -> int:
        """Messages in a week, when there is an hour-before, a day-after and a day-before."""
        before = len(rhythm.queued())
        for day in (1, 2, 3):
            for hour in (9, 10):
                now = at(2026, 8, 31, hour, 30) + timedelta(weeks=week, days=day)
                rhythm.round(now)
        return len(rhythm.queued()) - before

    assert heard(0) + heard(1) >= 4
    assert [heard(2), heard(3)] == [1, 1]
    rhythm.said(asha, at(2026, 9, 26, 10))
    assert heard(4) >= 2


def test_a_second_look_a_moment_later_costs_nothing(rhythm: Rhythm) -> None:
    rhythm.member("Asha", channel=Channel.WEB)
    rhythm.meets(TUESDAY)
    process = Rounds(rhythm.database, LONDON)
    assert process.go(MORNING) == 1
    assert process.go(MORNING) == 0
