"""`settings` about nudges, why a nudge came, and how to have fewer of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from bot import habits, members, wording
from bot.flows.habits import read_hours
from bot.habits import DigestEvery, Habits, Nation
from bot.learning_sets import commitments
from bot.nudges.kinds import Kind
from bot.nudges.round import Rounds
from bot.nudges.stopped import stopped_kinds
from bot.wording import nudges as nudge_words
from bot.wording import settings as words
from knowledge.search import Decision
from tests.bot.conftest import Settle
from tests.bot.nudges.rhythm import LONDON
from tests.officer import Officer


def member_id(officer: Officer) -> int:
    with officer.network.database.reading() as session:
        member = members.at(session, officer.channel, officer.address)
        assert member is not None
        return member.id


def chosen(officer: Officer) -> Habits:
    one = member_id(officer)
    with officer.network.database.reading() as session:
        return habits.of(session, (one,))[one]


def stopped(officer: Officer) -> frozenset[Kind]:
    one = member_id(officer)
    with officer.network.database.reading() as session:
        return stopped_kinds(session, (one,)).get(one, frozenset())


def nudge(officer: Officer) -> None:
    """The bot asks how it went, and the officer reads it."""
    with officer.network.database.writing() as session:
        who = members.at(session, officer.channel, officer.address)
        assert who is not None
        commitments.commit(
            session, who.id, "ring them", check_back_on=officer.time.date(), now=officer.time
        )
    Rounds(officer.network.database, LONDON).go(officer.time)


def test_the_settings_show_what_holds_and_change_it(asha: Officer) -> None:
    asha.says("settings")
    assert "Bank holidays of: England" in asha.told[0]
    assert "19:00 to 08:00" in asha.told[0]
    asha.presses(words.CHANGE_NUDGES)
    asha.says("Scotland")
    asha.says("half past six")
    assert asha.form.asked.problem == words.NOT_HOURS
    asha.says("18:30 to 7.15")
    asha.presses(words.a_week(1))
    asha.presses(words.DIGESTS["daily"])
    asha.says("2 and 9")
    assert asha.told == [words.KEPT]
    expected = Habits(Nation.SCOTLAND, time(18, 30), time(7, 15), 1, DigestEvery.DAY)
    assert chosen(asha) == expected
    assert stopped(asha) == {Kind.HALF_WAY, Kind.STILL_TRUE}
    asha.presses(words.SETTINGS)
    assert "Scotland" in asha.told[0]
    assert nudge_words.NAMES["half-way"] in asha.told[0]


def test_what_is_left_out_stays(asha: Officer) -> None:
    asha.says("settings")
    asha.presses(words.CHANGE_NUDGES)
    asha.says("Wales")
    for _ in range(4):
        asha.says("skip")
    assert chosen(asha) == Habits(Nation.WALES)
    asha.says("settings")
    asha.presses(words.CHANGE_NUDGES)
    for _ in range(4):
        asha.says("skip")
    asha.says("none of these")
    assert chosen(asha) == Habits(Nation.WALES)
    assert stopped(asha) == frozenset()


def test_why_right_after_a_nudge_tells_why_it_came_and_stops_its_kind(
    asha: Officer, settle: Settle
) -> None:
    settle(Decision.ANSWER)
    asha.says("how do we measure perception")
    asha.waits(timedelta(minutes=1))
    nudge(asha)
    asha.says("why")
    assert nudge_words.REASONS["check-back"] in asha.told[0]
    asha.presses(words.no_more(nudge_words.NAMES["check-back"]))
    assert stopped(asha) == {Kind.CHECK_BACK}
    asha.waits(timedelta(minutes=1))
    asha.says("how do we measure perception")
    asha.says("why")
    assert nudge_words.REASONS["check-back"] not in asha.told[0], "the later of the two"


def test_the_nudge_itself_can_be_asked_why_by_its_own_member_alone(
    asha: Officer, newcomer: Officer
) -> None:
    nudge(asha)
    asha.sends_button("why-nudge:1")
    assert nudge_words.REASONS["check-back"] in asha.told[0]
    for other in ("why-nudge:2", "why-nudge:x", "stop-nudges:everything"):
        asha.sends_button(other)
        assert asha.told == [wording.OLD_BUTTON]
    newcomer.says("hello")
    newcomer.sends_button("why-nudge:1")
    assert newcomer.told == [wording.OLD_BUTTON]


def test_mute_until_after_easter_is_confirmed_in_words_and_holds_all_nudges(
    asha: Officer, now: datetime
) -> None:
    asha.says("mute until after easter")
    assert "Tuesday 30 March 2027" in asha.told[0]
    nudge(asha)
    asha.says("why")
    assert asha.told == [wording.NOTHING_ASKED], "nothing came"
    asha.says("settings")
    assert "Quiet until: Tuesday 30 March 2027" in asha.told[0]
    asha.presses(words.END_QUIET)
    Rounds(asha.network.database, LONDON).go(now + timedelta(minutes=1))
    asha.says("why")
    assert nudge_words.REASONS["check-back"] in asha.told[0]


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("19:00 to 08:00", (time(19), time(8))),
        ("7pm-8am", (time(19), time(8))),
        ("From 18.30 until 7", (time(18, 30), time(7))),
        ("between 12 am and 12 pm", (time(0), time(12))),
        ("none", (time(0), time(0))),
        ("22 to 24", (time(22), time(0))),
        ("25 to 7", None),
        ("13pm to 7", None),
        ("19:60 to 7", None),
        ("at night", None),
    ],
)
def test_hours_as_people_type_them(typed: str, hours: tuple[time, time] | None) -> None:
    assert read_hours(typed) == hours
