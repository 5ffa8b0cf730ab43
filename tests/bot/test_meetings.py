"""Sessions in the conversation: planned, answered, moved, cancelled and seen to, by typed words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.app import Network
from bot.learning_sets import session_changes
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.session_changes import Wish
from bot.learning_sets.sessions import SetSession
from bot.messages import Channel, Filled, Inbound
from bot.wording import facilitating as words
from bot.wording import sessions as session_words
from tests.bot.learning_sets.meeting import TEN, TUESDAY, Room, room
from tests.officer import Officer

WEEK = timedelta(weeks=1)


@pytest.fixture
def here(talking: Network, now: datetime) -> Room:
    return room(talking.database, now)


@pytest.fixture
def fatima(here: Room, talking: Network, now: datetime) -> Officer:
    return here.officer(talking, here.facilitator, now)


@pytest.fixture
def asha(here: Room, talking: Network, now: datetime) -> Officer:
    """On WhatsApp."""
    return here.officer(talking, here.members[0], now)


def said(officer: Officer, *lines: str) -> str:
    for line in lines:
        officer.says(line)
    return "\n".join(officer.told)


def planned(here: Room) -> list[SetSession]:
    with here.database.reading() as session:
        return list(session.scalars(select(SetSession).order_by(SetSession.starts_on)))


def test_a_series_is_planned_by_typed_words_and_its_bad_days_are_left_out(
    here: Room, fatima: Officer
) -> None:
    asked = said(fatima, "plan session", "1/12", "2pm", "90 minutes", "Town Hall", "skip")
    assert asked == words.OFTEN
    assert said(fatima, "Every 4 weeks") == words.TIMES
    assert said(fatima, "3") == words.AWAY
    assert "Tuesday 29 December 2026: between Christmas and New Year" in fatima.form.asked.hint
    done = said(fatima, words.LEAVE_OUT)
    first, second = planned(here)
    assert (first.starts_on.day, second.starts_on.isoformat()) == (1, "2027-01-26")
    assert (first.starts_at, first.minutes, first.place) == (time(14), 90, "Town Hall")
    assert f"{first.code}: Tuesday 1 December 2026, 14:00 to 15:30. Town Hall" in done
    assert "3 members are invited" in done
    assert len(here.waiting(here.members[0])) == 1


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        (("31 April",), "April has 30 days"),
        (("1/11/2026",), "has passed"),
        (("23/11", "9am"), "has passed"),
        (("8/12", "half ten"), words.NOT_A_TIME),
        (("28/3/2027", "1:30"), "clocks go forward"),
        (("8/12", "10", "9 hours"), "between 15 minutes and 8 hours"),
        (("8/12", "10", "long"), words.NOT_A_LENGTH),
        (("8/12", "10", "skip", "skip", "meet.example.org"), "begins with https://"),
        (("8/12", "10", "skip", "skip", "skip", "2", "27"), words.NOT_A_NUMBER),
    ],
)
def test_bad_answers_get_a_sentence_and_another_try(
    here: Room, fatima: Officer, answers: tuple[str, ...], complaint: str
) -> None:
    said(fatima, "plan session", *answers)
    assert complaint in fatima.form.asked.problem
    assert planned(here) == []


def test_the_hour_that_comes_twice_is_taken_with_a_word_on_which(
    here: Room, fatima: Officer
) -> None:
    done = said(fatima, "plan session", "31/10/2027", "1:30", "skip", "skip", "skip", "Once")
    assert session_words.twice(time(1, 30)) in done
    assert "a weekend" in done
    assert len(planned(here)) == 1


def test_the_same_webhook_twice_plans_once(here: Room, fatima: Officer) -> None:
    said(fatima, "plan session")
    empty = (("length", ""), ("place", ""), ("link", ""))
    answers = (("on", "8/12"), ("at", "10"), *empty, ("often", "0"))
    whole = Inbound(
        Channel.SLACK, "the-same", fatima.address, filled=Filled(fatima.form.ref, answers)
    )
    first = fatima.sends(whole)
    again = fatima.sends(whole)
    assert first == again
    assert len(planned(here)) == 1
    assert len(here.waiting(here.members[0])) == 1


def test_who_facilitates_nothing_plans_nothing(asha: Officer) -> None:
    assert said(asha, "plan session") == words.NO_SET
    assert said(asha, "sessions") == session_words.NO_SESSIONS


def test_a_member_answers_in_words_by_code_and_bare(
    here: Room, asha: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    here.sent()
    assert f"You are coming to session {code}" in said(asha, "Yes!")
    assert rsvp(here, code) is Rsvp.YES
    assert "cannot come" in said(asha, f"no {code.lower()}")
    assert rsvp(here, code) is Rsvp.NO
    assert "maybe" in said(asha, f"maybe to {code}.")
    assert rsvp(here, code) is Rsvp.MAYBE
    shown = said(asha, code)
    assert "Session" in shown
    assert "Town Hall" in shown
    assert "You said maybe." in shown
    assert session_words.MOVE not in asha.labels
    listed = said(asha, "sessions")
    assert f"{code}, North: Tuesday 8 December 2026, 10:00 to 12:00" in listed
    assert "You said maybe." in listed


def rsvp(here: Room, code: str) -> Rsvp | None:
    seat = here.seat(code, here.members[0])
    assert seat is not None
    return seat.rsvp


def test_yes_to_a_series_is_yes_to_all_that_is_left(
    here: Room, asha: Officer, now: datetime
) -> None:
    codes = here.plans(TUESDAY, TUESDAY + WEEK, now=now)
    here.sent()
    assert "2 sessions" in said(asha, "yes")
    assert [rsvp(here, code) for code in codes] == [Rsvp.YES, Rsvp.YES]


def test_a_session_is_moved_with_only_what_changes_typed(
    here: Room, fatima: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    here.sent()
    done = said(fatima, f"move {code}", "skip", "2pm", "skip", "none", "https://meet.example.org/x")
    one = here.session(code)
    assert (one.starts_at, one.place, one.link) == (time(14), "", "https://meet.example.org/x")
    assert "14:00 to 16:00. https://meet.example.org/x" in done
    (told,) = here.waiting(here.members[0])
    assert told.text.startswith(f"Moved: session {code} of North")


def test_the_second_of_two_who_edit_sees_both_versions_and_decides(
    here: Room, fatima: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    said(fatima, f"move {code}", "9/12", "skip")
    with here.database.writing() as session:
        theirs = replace(TEN, starts_at=time(16))
        session_changes.change(session, None, Wish(code, 1), theirs, now=now)
    said(fatima, "skip", "Library", "skip")
    asked = fatima.form.asked
    assert asked.question == words.WHICH_ONE
    assert "It is now: Tuesday 8 December 2026, 16:00 to 18:00. Town Hall" in asked.hint
    assert "You wanted: Wednesday 9 December 2026, 10:00 to 12:00. Library" in asked.hint
    said(fatima, words.MINE)
    one = here.session(code)
    assert (one.starts_on.day, one.starts_at, one.place) == (9, time(10), "Library")
    assert one.sequence == 2


def test_cancelling_asks_first_and_of_a_series_which(
    here: Room, fatima: Officer, now: datetime
) -> None:
    codes = here.plans(*(TUESDAY + WEEK * n for n in range(3)), now=now)
    assert "Are you sure?" in said(fatima, f"cancel {codes[2]}")
    said(fatima, "no")
    assert here.session(codes[2]).planned
    said(fatima, f"cancel {codes[2]}", "yes")
    assert not here.session(codes[2]).planned
    said(fatima, f"cancel {codes[0]}")
    assert fatima.labels == [words.ONLY_THIS, "It and the one after it", words.KEEP_IT]
    said(fatima, "2")
    assert [here.session(code).planned for code in codes] == [False, False, False]


def test_the_calendars_address_is_told_and_renewed(here: Room, asha: Officer) -> None:
    asha.says("calendar")
    first = asha.heard[-1].link  # type: ignore[union-attr]
    assert first is not None
    asha.says("renew calendar")
    second = asha.heard[-1].link  # type: ignore[union-attr]
    assert second is not None
    assert first.path != second.path


def test_codes_of_others_sets_are_codes_of_nothing(
    talking: Network, here: Room, asha: Officer, now: datetime
) -> None:
    there = room(talking.database, now, "South")
    (code,) = there.plans(now=now)
    for line in (f"session {code}", f"yes {code}", f"move {code}", f"write up {code}"):
        assert "no such session" in said(asha, line)
    with talking.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SetSession)) == 1


def test_forgetting_a_facilitator_leaves_the_sessions_and_a_member_takes_their_seat_along(
    here: Room, fatima: Officer, asha: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    for one in (fatima, asha):
        said(one, "forget me", "yes")
    assert here.session(code).planned
    assert here.seat(code, here.members[0]) is None
    assert here.waiting(here.members[0]) == []
