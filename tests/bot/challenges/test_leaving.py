"""A member who leaves takes their words along; what others wrote stays theirs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import privacy
from bot.challenges import errors, replies, states, views
from bot.challenges.models import ChallengeState
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.members import Member, Role
from bot.wording import challenges as wording
from knowledge.models import Entry
from tests.bot.challenges.life import live
from tests.bot.challenges.town import PROBLEM, WORDS, Town
from tests.bot.test_privacy import hanging_from_member
from tests.schema import counts, places

NAME, SECRET = "Xanthippe", "wobblegong"
ELSEWHERE = {
    "form_draft",
    *("consent", "cursor", "inbox_message", "invitation", "question", "rating", "sign_in_link"),
    "delivery",
}
"""Tables that are filled and emptied in `tests/bot/test_privacy.py`."""


@pytest.fixture
def leaver(town: Town) -> int:
    """A member with something in every table that knows of challenges, sets and commitments."""
    member, other = town.member(NAME), town.member("Ben", Role.MODERATOR)
    with town.database.writing() as session:
        session.add(Entry(id="e1", problem="p", created_at=town.now, updated_at=town.now))
        session.flush()
        one, two = (session.get_one(Member, number) for number in (member, other))
        live(session, one, two, SECRET, now=town.now)
    return member


def leaves(town: Town, member: int) -> None:
    with town.database.writing() as session:
        privacy.forget(session, session.get_one(Member, member), now=town.now)


def sent(town: Town) -> None:
    """Everything that waits has been delivered, and stands in the web chat for a while."""
    with town.database.writing() as session:
        for row in session.scalars(select(DeliveryRow)):
            row.status = DeliveryStatus.SENT


@pytest.mark.parametrize("delivered", [False, True])
def test_a_member_who_leaves_leaves_no_word_behind_not_even_in_what_others_were_told(
    town: Town, leaver: int, delivered: bool
) -> None:
    if delivered:
        sent(town)
    kept = places(town.database, NAME, SECRET)
    assert kept >= {
        "member.name",
        "interests.job",
        "challenge_words.problem",
        "challenge_words.context",
        "challenge_words.tried",
        "reply.text",
        "report.reason",
        "commitment.what",
        "commitment.learning",
        "delivery.content",
    }
    leaves(town, leaver)
    assert places(town.database, NAME, SECRET) == set()


def test_when_all_have_left_every_table_that_knows_members_is_empty(
    town: Town, leaver: int
) -> None:
    before = counts(town.database)
    mine = hanging_from_member() - ELSEWHERE
    assert [table for table in mine if not before[table]] == []
    with town.database.reading() as session:
        everybody = session.scalars(select(Member.id)).all()
    for one in everybody:
        leaves(town, one)
    after = counts(town.database)
    assert {table: after[table] for table in hanging_from_member()} == dict.fromkeys(
        hanging_from_member(), 0
    )


def test_my_data_tells_all_that_is_kept_among_peers(town: Town, leaver: int) -> None:
    with town.database.reading() as session:
        kept = "\n".join(privacy.kept(session, leaver))
    for what in (
        "Your challenge",
        "Your reply in",
        "You follow 1 challenge.",
        "Your work: wobblegong officer",
        "Themes you follow: Data",
        "You are in 1 set: North",
        "You meant to try",
        "You reflected on",
        "You were invited to 1 session",
        "You volunteered 1 challenge for the agenda",
        "You work in Wales",
        "You took part in 1 entry",
        "random mark",
    ):
        assert what in kept


def test_who_follows_an_open_challenge_is_told_once_that_its_author_left(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    given = town.replies(ben, code)
    leaves(town, asha)
    assert town.told(ben)[-1:] == [wording.author_left(code)]
    assert town.told(cara) == [], "what she was asked has not left, and does not"
    assert town.challenge(code).state is ChallengeState.WITHDRAWN
    seen = town.does(ben, views.view, code)
    assert (seen.problem, seen.label) == ("", "Officer A")
    assert [reply.text for reply in seen.replies] == [WORDS]
    town.does(ben, replies.correct, given.ref, "better", now=town.now)
    town.does(ben, replies.withdraw_reply, given.ref, routing=town.routing, now=town.now)
    with pytest.raises(errors.IsWithdrawn):
        town.replies(cara, code)
    town.later(days=20)
    assert town.asked(code) <= {ben, cara}


def test_a_challenge_that_was_over_goes_in_silence(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    town.replies(ben, code)
    town.does(asha, states.solve, code, now=town.now)
    heard = town.told(ben)
    leaves(town, asha)
    assert len(town.told(ben)) <= len(heard)
    assert PROBLEM not in "".join(town.told(ben))


def test_a_helper_who_leaves_takes_only_their_own_and_their_letter_with_them(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    town.replies(ben, code, "mine alone")
    leaves(town, ben)
    assert town.replies(cara, code).label == "Officer C", "nobody becomes Officer B again"
    seen = town.does(asha, views.view, code)
    assert [reply.text for reply in seen.replies] == [WORDS]
    assert "mine alone" not in "".join(town.told(asha))
