"""The weekly digest: once, to those who follow a theme, and nothing that is a set's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import habits, interests
from bot.challenges import states
from bot.habits import DigestEvery
from bot.members import Member, Role
from bot.nudges.kinds import Kind
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.round import Rounds
from bot.wording import nudges as wording
from knowledge.models import Theme
from tests.bot.challenges.town import PROBLEM, Town

THEME = "digest-theme"


@pytest.fixture
def reader(town: Town) -> int:
    """Follows the theme, and is asked for nothing."""
    member = town.member("Rhea")
    with town.database.writing() as session:
        session.add(Theme(id=THEME, name="A theme", position=99))
        session.flush()
        interests.follow_themes(session, member, [THEME])
        interests.limit(session, member, 0)
    return member


def unanswered(town: Town, asha: int) -> str:
    """A challenge that has come to the moderators: a week on, on a Monday, 10 o'clock."""
    town.member("Mo", Role.MODERATOR)
    code = town.posts(asha, themes=(THEME,))
    for _ in range(7):
        town.later(days=1)
    return code


def sent(town: Town) -> int:
    """How many digests a round sends."""
    before = len(digests(town))
    Rounds(town.database, town.routing.zone).go(town.now)
    return len(digests(town)) - before


def digests(town: Town) -> list[int]:
    with town.database.reading() as session:
        return list(
            session.scalars(
                select(NudgeRow.member_id).where(
                    NudgeRow.kind == Kind.THEME_DIGEST.value, NudgeRow.fate != Fate.DROPPED
                )
            )
        )


def test_who_follows_the_theme_hears_of_it_once_a_week(town: Town, asha: int, reader: int) -> None:
    code = unanswered(town, asha)
    assert sent(town) == 1
    assert sent(town) == 0
    (told,) = town.told(reader)
    assert told.startswith(wording.theme_digest([(code, PROBLEM)]))
    assert asha not in digests(town)
    town.later(days=1)
    assert sent(town) == 0


def test_it_comes_on_the_first_morning_of_a_week_or_soon_after_or_not_at_all(
    town: Town, asha: int, reader: int
) -> None:
    unanswered(town, asha)
    monday = town.now
    town.now = monday - timedelta(hours=1)
    assert sent(town) == 0
    town.now = monday + timedelta(days=4)
    assert sent(town) == 0
    assert town.told(reader) == []


def test_whoever_wants_it_daily_has_it_the_day_after_and_whoever_wants_none_has_none(
    town: Town, asha: int, reader: int
) -> None:
    with town.database.writing() as session:
        habits.choose_digest(session, reader, DigestEvery.DAY)
    unanswered(town, asha)
    assert digests(town) == []
    assert sent(town) == 1
    with town.database.writing() as session:
        habits.choose_digest(session, reader, DigestEvery.OFF)
    town.later(days=1)
    assert sent(town) == 0


@pytest.mark.parametrize("what", ["mutes", "stops", "unfollows", "is answered", "is withdrawn"])
def test_whoever_does_not_want_it_and_what_is_over_is_left_out(
    town: Town, asha: int, reader: int, what: str
) -> None:
    code = unanswered(town, asha)
    with town.database.writing() as session:
        match what:
            case "mutes":
                interests.mute(session, reader, town.now + timedelta(days=1))
            case "stops":
                session.get_one(Member, reader).stopped_at = town.now
            case "unfollows":
                interests.follow_themes(session, reader, [])
    if what == "is answered":
        town.replies(town.member("Ben"), code)
    if what == "is withdrawn":
        town.does(asha, states.withdraw, code, now=town.now)
    assert sent(town) == 0


def test_what_was_withdrawn_is_taken_out_of_a_digest_that_was_sent(
    town: Town, asha: int, reader: int
) -> None:
    code = unanswered(town, asha)
    assert sent(town) == 1
    town.does(asha, states.withdraw, code, now=town.now)
    assert not [text for text in town.told(reader) if PROBLEM in text]


def test_a_sets_own_challenge_is_in_no_digest(town: Town, asha: int, reader: int) -> None:
    inside = town.learning_set("Town centres", asha, town.member("Ben"))
    town.posts(asha, themes=(THEME,), set_id=inside)
    for _ in range(14):
        town.later(days=1)
        assert sent(town) == 0
    assert town.told(reader) == []
