"""The weekly digest: once, to those who follow a theme, and nothing that is a set's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import interests
from bot.challenges import digest, states
from bot.members import Member, Role
from bot.wording import challenges as wording
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
    with town.database.reading() as session:
        due = digest.any_due(session, town.routing, now=town.now)
    with town.database.writing() as session:
        count = digest.send(session, town.routing, now=town.now)
    assert due is bool(count)
    return count


def test_who_follows_the_theme_hears_of_it_once_a_week(town: Town, asha: int, reader: int) -> None:
    code = unanswered(town, asha)
    assert sent(town) == 1
    assert sent(town) == 0
    assert town.told(reader) == [wording.digest([(code, PROBLEM)])]
    assert town.told(asha) == []
    town.later(days=1)
    assert sent(town) == 0


def test_it_comes_on_the_first_working_morning_of_a_week_or_not_at_all(
    town: Town, asha: int, reader: int
) -> None:
    unanswered(town, asha)
    monday = town.now
    for moved in (timedelta(hours=-1), timedelta(days=1), timedelta(days=4), timedelta(hours=9)):
        town.now = monday + moved
        assert sent(town) == 0
    assert town.told(reader) == []


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
