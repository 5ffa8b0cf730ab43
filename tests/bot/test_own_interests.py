"""What a member says of themselves, quiet, and reports in the review."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import interests, members, wording
from bot.challenges import posts
from bot.challenges.posts import NewChallenge
from bot.interests import Facts
from bot.learning_sets import sets
from bot.members import Member, Role
from bot.messages import FieldKind
from bot.wording import challenges as challenge_words
from bot.wording import interests as words
from bot.wording import settings as setting_words
from bot.wording import threads
from bot.wording import trying as day_words
from tests.bot.conftest import welcomed
from tests.officer import Officer


def facts(officer: Officer) -> Facts:
    with officer.network.database.reading() as session:
        member = members.at(session, officer.channel, officer.address)
        assert member is not None
        return interests.of(session, member.id)


def test_a_theme_is_followed_by_its_name_and_by_its_button(asha: Officer) -> None:
    asha.says("follow theme hihg streets")
    assert asha.told == [words.followed("High streets")]
    assert facts(asha).themes == ("high-streets",)
    asha.says("themes economic growth")
    asha.presses(words.FOLLOW_THEME)
    assert len(facts(asha).themes) == 2
    asha.says("themes high streets")
    asha.presses(words.UNFOLLOW_THEME)
    assert "high-streets" not in facts(asha).themes
    asha.says("follow theme nothing of the kind")
    assert asha.told == [wording.no_such_theme("nothing of the kind")]


def test_quiet_begins_at_once_and_ends_on_the_morning_of_its_day(asha: Officer) -> None:
    asha.says("mute until 1/6")
    (told,) = asha.told
    assert "Tuesday 1 June 2027" in told
    assert facts(asha).muted_until == datetime(2027, 5, 31, 23, tzinfo=UTC)  # British summer time
    asha.says("unmute")
    assert asha.told == [words.AWAKE]
    assert facts(asha).muted_until is None
    asha.says("unmute")
    assert asha.told == [words.NOT_QUIET]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mute until after Easter", "Tuesday 30 March 2027"),
        ("mute until 1/9", "Wednesday 1 September 2027"),
        ("mute three weeks", "Monday 14 December 2026"),
        ("mute for a couple of weeks please", "Monday 7 December 2026"),
        ("mute until the end of the month", "Monday 30 November 2026"),
    ],
)
def test_quiet_is_confirmed_with_the_day_in_words(asha: Officer, typed: str, said: str) -> None:
    asha.says(typed)
    assert f"until {said};" in asha.told[0]


def test_a_day_that_is_none_or_past_brings_no_quiet(asha: Officer) -> None:
    asha.says("mute until the cows come home")
    assert asha.told == [words.NOT_A_DAY]
    asha.says("mute until 31 April")
    assert asha.told == ["April has 30 days, so there is no 31 April. Please give me another day."]
    asha.says("mute until 1/6/2020")
    assert asha.told == [day_words.PAST_DAY]
    asha.says("mute")
    assert asha.told == [words.MUTE_WHAT]
    assert facts(asha) == Facts()


def test_what_is_left_out_of_the_settings_stays(asha: Officer) -> None:
    asha.says("follow theme high streets")
    asha.says("settings")
    asha.presses(setting_words.CHANGE_INTERESTS)
    while asha.form.asked.kind is FieldKind.CHOICES:
        assert len(asha.form.asked.choices) <= 10
        asha.says("skip")
    asha.says("Grants and monitoring")
    asha.presses(words.times_a_week(1))
    asha.says("2/12")
    assert words.KEPT in asha.told[-1]
    said = facts(asha)
    assert said.themes == ("high-streets",)
    assert (said.job, said.weekly_limit) == ("Grants and monitoring", 1)
    assert said.muted_until == datetime(2026, 12, 2, tzinfo=UTC)
    asha.says("settings")
    asha.presses(setting_words.CHANGE_INTERESTS)
    for field in asha.form.fields:
        asha.says("none of these" if field.kind is FieldKind.CHOICES else "skip")
    assert facts(asha).themes == ()
    assert facts(asha).job == "Grants and monitoring"


def test_a_report_comes_first_in_the_review_of_a_moderator(asha: Officer, now: datetime) -> None:
    ben, mo = (welcomed(asha.network, name, now) for name in ("Ben", "Mo"))
    with asha.network.database.writing() as session:
        moderator = members.named(session, "Mo")
        moderator.role = Role.MODERATOR
        author = members.named(session, "Ben")
        code = posts.post(
            session,
            sets.viewer(session, session.get_one(Member, author.id)),
            NewChallenge("Nobody sends us returns"),
            key="1",
            routing=asha.network._rules.routing,
            now=now,
        )
    ben.says(f"report {code} mine")
    assert ben.told == [challenge_words.own_challenge(code)]
    asha.says(f"report {code}")
    asha.says("It names a person")
    assert asha.told == [threads.REPORTED]
    asha.says("review")
    assert asha.told == [wording.MODERATORS_ONLY]
    mo.says("review")
    assert mo.told == [
        threads.reports_wait(1),
        threads.report(code, "It names a person", "Nobody sends us returns"),
    ]
    mo.presses(threads.LOOKED_AT)
    assert mo.told == [threads.SETTLED, wording.THAT_WAS_ALL]
    mo.presses(threads.OTHER_THINGS)
    assert mo.told == [wording.NOTHING_WAITS]
