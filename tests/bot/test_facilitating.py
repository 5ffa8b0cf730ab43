"""Facilitating in the conversation: attendance, the agenda and the write-up."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.app import Network
from bot.learning_sets import sets
from bot.messages import FieldKind
from bot.wording import facilitating as words
from bot.wording import sessions as session_words
from tests.bot.learning_sets.meeting import Room, join, room
from tests.bot.learning_sets.test_around_a_session import posted
from tests.officer import Officer


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


def test_attendance_in_one_line_or_by_ticks(
    here: Room, fatima: Officer, asha: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    here.sent()
    said(asha, "yes")
    assert "Coming: Asha. Not answered: Ben and Chloe" in said(fatima, f"session {code}")
    assert "Ben" not in said(asha, f"session {code}")
    assert words.NOT_BEGUN.format(code=code) in said(fatima, f"attendance {code}")
    fatima.time = here.session(code).starts
    said(fatima, f"attendance {code}")
    field = fatima.form.asked
    assert field.kind is FieldKind.CHOICES
    assert [one.label for one in field.choices] == ["Asha", "Ben", "Chloe", words.NONE_OF_THESE]
    assert field.values == (str(here.members[0]),)
    assert "Present: Asha and Ben. Away: Chloe." in said(fatima, "all but 3")
    assert "Present: Ben and Chloe." in said(fatima, f"attendance {code} all but Asha")
    assert "Present: nobody." in said(fatima, f"attendance {code} nobody")
    assert words.NOT_READ in said(fatima, f"attendance {code} the usual ones")
    assert words.NOT_YOURS in said(asha, f"attendance {code}")


def test_a_set_of_twelve_is_ticked_on_two_pages(here: Room, fatima: Officer, now: datetime) -> None:
    new = [join(here.database, f"Member{n:02}", now) for n in range(9)]
    with here.database.writing() as session:
        sets.change_members(session, here.set_id, add=new, now=now)
    (code,) = here.plans(now=now)
    fatima.time = here.session(code).starts
    assert "1 of 2" in said(fatima, f"attendance {code}")
    assert "2 of 2" in said(fatima, "all")
    done = said(fatima, words.NONE_OF_THESE)
    assert "Member05" in done.partition("Away")[0]
    assert "Member06" in done.partition("Away")[2]


def test_a_write_up_is_checked_for_names_and_kept_in_the_set_by_a_word(
    here: Room, fatima: Officer, asha: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    here.sent()
    fatima.time = asha.time = here.session(code).ends
    said(fatima, f"write up {code}", "Asha North cannot reach firms")
    assert "explored-names" in fatima.form.at
    said(fatima, fatima.form.choices[0].label, "Ring them\nVisit them")
    assert fatima.form.asked.question == words.AGREES
    done = said(fatima, words.YES_AGREED)
    assert "goes to the moderators on Friday 11 December" in done
    (asked,) = here.waiting(here.members[0])
    assert "Asha" not in asked.text
    assert "cannot reach firms" in asked.text
    assert "It stays in your set" in said(asha, f"keep {code}")


def test_a_challenge_is_brought_and_picked_without_a_name(
    here: Room, fatima: Officer, asha: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    here.sent()
    assert said(asha, f"volunteer {code}") == session_words.NOTHING_TO_BRING
    challenge = posted(here, here.members[0], "Nobody answers our survey", now)
    said(asha, f"volunteer {code}")
    assert session_words.VOLUNTEERED in said(asha, "1")
    said(fatima, f"agenda {code}")
    assert "On the agenda" in said(fatima, "1")
    shown = said(fatima, f"session {code}")
    assert f"Agenda: {challenge} “Nobody answers our survey”" in shown
    assert "Asha" not in shown.partition("Not answered")[0]


def test_help_tells_facilitators_what_they_can_type(fatima: Officer, asha: Officer) -> None:
    assert "plan session" in said(fatima, "help")
    assert "plan session" not in said(asha, "help")


def test_who_was_away_catches_up_by_a_word_or_a_button(
    here: Room, fatima: Officer, asha: Officer, now: datetime
) -> None:
    (code,) = here.plans(now=now)
    here.sent()
    fatima.time = asha.time = here.session(code).ends
    assert "not picked" not in said(asha, f"catch up {code}")  # nobody knows who came: the session
    assert f"Session {code} of North" in "\n".join(asha.told)
    said(fatima, f"attendance {code} Ben")
    said(fatima, f"write up {code}", "Reaching small firms", "Ring them", words.NO_STAYS)
    assert "you were missed" in said(asha, f"catch up {code}")
    asha.sends_button(f"catch-up:{code}")
    assert "Ring them" in asha.told[-1]
    assert "What was explored:\nReaching small firms" in said(asha, code)
