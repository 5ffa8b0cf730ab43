"""The rhythm of a set: each nudge at its local time, for those whom it is for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.learning_sets import commitments
from bot.learning_sets.committed import Committed
from bot.learning_sets.reflections import Reflection
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.sessions import SetSession, WriteUp
from bot.nudges import round as rounds
from bot.nudges.thermostat import Thermostat
from tests.bot.nudges.rhythm import LONDON, LONG_AGO, Rhythm, at

TUESDAY = date(2026, 11, 10)
NEXT = date(2026, 12, 8)
NO_LIMIT = Thermostat(weekly_limit=False, slow_down=False)


def through(rhythm: Rhythm, start: datetime, end: datetime) -> list[tuple[str, str]]:
    """Every round that decides something between two times: when, and what."""
    found, now = [], start
    while now <= end:
        for decided in rhythm.round(now):
            found.append((f"{now.astimezone(LONDON):%d %b %H:%M}", decided))
        with rhythm.database.reading() as session:
            moment = rounds.next_moment(session, LONDON, now=now, rules=rhythm.rules)
        assert moment is not None
        assert moment > now
        now = moment
    return found


def test_a_whole_rhythm_keeps_its_local_times(rhythm: Rhythm) -> None:
    rhythm.rules = NO_LIMIT
    asha = rhythm.member("Asha")
    first = rhythm.meets(TUESDAY, code="M2X")
    rhythm.meets(NEXT, code="M3X")
    with rhythm.database.writing() as session:
        made = commitments.commit(
            session, asha, "ring them", check_back_on=date(2027, 1, 5), now=LONG_AGO
        )
        session.add(Committed(commitment_id=made.id, session_id=first))

    assert through(rhythm, at(2026, 11, 6, 0), at(2026, 12, 9, 23)) == [
        ("09 Nov 09:30", "day-before sent"),
        ("10 Nov 09:00", "hour-before sent"),
        ("10 Nov 14:00", "afterwards sent"),
        ("24 Nov 09:30", "half-way sent"),
        ("07 Dec 08:00", "reflect sent"),
        ("07 Dec 09:30", "day-before sent"),
        ("08 Dec 09:00", "hour-before sent"),
        ("08 Dec 14:00", "afterwards sent"),
        ("09 Dec 09:30", "day-after sent"),
    ]


def test_times_are_local_on_both_sides_of_a_clock_change(rhythm: Rhythm) -> None:
    rhythm.member("Asha")
    rhythm.meets(date(2026, 10, 26))  # the Monday after the clocks went back

    found = through(rhythm, at(2026, 10, 24, 0), at(2026, 10, 26, 11))

    assert found == [("26 Oct 08:00", "day-before sent"), ("26 Oct 09:00", "hour-before sent")]
    sent = [row.decided_at.hour for row in rhythm.rows()]
    assert sent == [8, 9], "in winter the local time is UTC"


def test_whoever_says_no_is_not_reminded_and_catches_up_when_there_is_a_write_up(
    rhythm: Rhythm,
) -> None:
    asha = rhythm.member("Asha")
    session_id = rhythm.meets(TUESDAY)
    rhythm.seat(session_id, asha, rsvp=Rsvp.NO)
    assert through(rhythm, at(2026, 11, 6, 0), at(2026, 11, 13, 23)) == []

    with rhythm.database.writing() as session:
        session.add(WriteUp(session_id=session_id, explored="x", written_at=at(2026, 11, 12, 11)))

    assert rhythm.round(at(2026, 11, 14, 11)) == ()  # a Saturday
    assert rhythm.round(at(2026, 11, 16, 8)) == ("catch-up sent",)


def test_what_attendance_says_counts_more_than_what_was_promised(rhythm: Rhythm) -> None:
    asha, ben = rhythm.member("Asha"), rhythm.member("Ben")
    session_id = rhythm.meets(TUESDAY)
    rhythm.seat(session_id, asha, rsvp=Rsvp.YES, attended=False)
    rhythm.seat(session_id, ben, rsvp=Rsvp.NO, attended=True)

    rhythm.round(at(2026, 11, 11, 9, 30))

    assert [(row.kind, row.member_id) for row in rhythm.rows() if row.reason is None] == [
        ("day-after", ben)
    ]


def test_only_whoever_made_no_commitment_is_asked_the_day_after(rhythm: Rhythm) -> None:
    asha, ben = rhythm.member("Asha"), rhythm.member("Ben")
    session_id = rhythm.meets(TUESDAY)
    with rhythm.database.writing() as session:
        made = commitments.commit(session, asha, "x", check_back_on=NEXT, now=at(2026, 11, 10, 13))
        session.add(Committed(commitment_id=made.id, session_id=session_id))

    rhythm.round(at(2026, 11, 11, 9, 30))

    asked = [row.member_id for row in rhythm.rows() if row.kind == "day-after"]
    assert asked == [ben]


def test_whoever_reflected_is_not_asked_to(rhythm: Rhythm) -> None:
    asha, ben = rhythm.member("Asha"), rhythm.member("Ben")
    rhythm.meets(TUESDAY, code="M2X")
    session_id = rhythm.meets(date(2026, 12, 10), code="M3X")
    with rhythm.database.writing() as session:
        session.add(
            Reflection(member_id=asha, session_id=session_id, words="x", written_at=LONG_AGO)
        )

    rhythm.round(at(2026, 12, 7, 9, 30))

    asked = [row.member_id for row in rhythm.rows() if row.kind == "reflect"]
    assert asked == [ben]


def test_a_facilitator_hears_an_hour_before(rhythm: Rhythm) -> None:
    rhythm.member("Asha")
    fred = rhythm.member("Fred")
    rhythm.facilitates(fred)
    rhythm.meets(TUESDAY)

    assert set(rhythm.round(at(2026, 11, 10, 9))) >= {
        "facilitator-digest merged",
        "hour-before sent",
    }
    assert rhythm.round(at(2026, 11, 10, 9, 1)) == ()


def test_a_session_that_moved_is_told_of_anew_and_its_old_time_is_not(rhythm: Rhythm) -> None:
    rhythm.member("Asha")
    session_id = rhythm.meets(TUESDAY)
    assert rhythm.round(at(2026, 11, 9, 9, 30)) == ("day-before sent",)
    with rhythm.database.writing() as session:
        meeting = session.get_one(SetSession, session_id)
        meeting.starts_on, meeting.starts_at = date(2026, 11, 12), time(15)

    assert rhythm.round(at(2026, 11, 9, 9, 31)) == ()
    assert rhythm.queued() == ()
    assert [row.reason for row in rhythm.rows()] == ["overtaken"]
    assert rhythm.round(at(2026, 11, 11, 9, 30)) == ("day-before sent",)


def test_what_could_not_be_delivered_before_the_quiet_hours_comes_in_the_morning(
    rhythm: Rhythm,
) -> None:
    from bot import outbox

    asha = rhythm.member("Asha")
    with rhythm.database.writing() as session:
        commitments.commit(session, asha, "x", check_back_on=TUESDAY, now=LONG_AGO)
    assert rhythm.round(at(2026, 11, 10, 18, 59)) == ("check-back sent",)

    with rhythm.database.writing() as session:
        assert outbox.claim(session, "worker", now=at(2026, 11, 10, 19)) == ()
    assert rhythm.round(at(2026, 11, 10, 19, 1)) == ()
    assert rhythm.rows() == []

    assert rhythm.round(at(2026, 11, 11, 8)) == ("check-back sent",)
    assert len(rhythm.queued()) == 1


def test_after_an_outage_what_is_still_of_use_comes_and_the_rest_says_why(rhythm: Rhythm) -> None:
    rhythm.member("Asha")
    rhythm.meets(TUESDAY)

    assert rhythm.round(at(2026, 11, 12, 10)) == (
        "hour-before too_late",
        "day-before too_late",
        "afterwards too_late",
        "day-after sent",
    )
    assert rhythm.round(at(2026, 11, 12, 10) + timedelta(minutes=1)) == ()
