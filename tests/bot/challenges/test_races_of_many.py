"""Workers who widen and members who come and go, all at the same moment."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import inbox, interests, privacy
from bot.attribution import Participant
from bot.challenges import circle, errors, gate, replies, views
from bot.challenges.models import (
    Asking,
    ChallengeState,
    ReplyKind,
)
from bot.challenges.posts import NewChallenge, post
from bot.learning_sets import sets
from bot.members import Member
from bot.messages import Channel
from bot.wording import challenges as wording
from tests.bot.challenges.town import PROBLEM, WORDS, Town, at_once, while_open


def widen(town: Town) -> bool:
    with town.database.writing() as session:
        return circle.widen_next(session, town.routing, now=town.now)


def test_two_workers_who_widen_at_once_ask_each_person_once(town: Town, asha: int) -> None:
    crowd = town.crowd(30)
    codes = [town.posts(asha) for _number in range(4)]
    town.now += timedelta(days=3)
    for _round in range(3):
        results = at_once(*[lambda: widen(town)] * 4)
        assert all(isinstance(one, bool) for one in results)
    town.widens()
    for code in codes:
        assert town.challenge(code).widen_at is not None
    for one in crowd:
        asked = [told for told in town.told(one) if "asks for help" in told]
        assert len(asked) == len(set(asked))
        assert len(asked) <= town.routing.weekly


def test_what_one_worker_widens_another_passes_by(town: Town, asha: int) -> None:
    town.crowd(30)
    codes = [town.posts(asha) for _number in range(2)]
    town.now += timedelta(days=3)

    def first(session: Session) -> None:
        assert circle.widen_next(session, town.routing, now=town.now)

    assert while_open(town, first, lambda: widen(town)) is True
    assert [len(town.asked(code)) for code in codes] == [17, 17]
    assert widen(town) is False


@pytest.mark.parametrize("make_database", ["postgresql"], indirect=True)
def test_a_worker_does_not_wait_for_a_challenge_that_somebody_has_in_hand(
    town: Town, asha: int
) -> None:
    town.crowd(30)
    held, other = town.posts(asha), town.posts(asha)
    town.now += timedelta(days=3)
    worker = threading.Thread(target=widen, args=(town,), daemon=True)
    with town.database.writing() as session:
        gate.own(session, town.viewer(session, asha), held)
        worker.start()
        worker.join(20)
        assert not worker.is_alive(), "it waits"
    assert [len(town.asked(code)) for code in (held, other)] == [5, 17]


def test_the_last_place_of_a_members_week_is_taken_once(town: Town, asha: int, ben: int) -> None:
    with town.database.writing() as session:
        interests.limit(session, ben, 1)
        interests.limit(session, asha, 0)
    others = [town.member(f"Author {number}") for number in range(4)]
    with town.database.writing() as session:
        for one in others:
            interests.limit(session, one, 0)
    results = at_once(*[lambda one=one: town.posts(one) for one in others])
    assert all(isinstance(one, str) for one in results)
    assert town.rows(Asking) == 1


def test_an_author_who_leaves_while_somebody_replies(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)

    def leaves(session: Session) -> None:
        privacy.forget(session, session.get_one(Member, asha), now=town.now)

    refused = while_open(town, leaves, lambda: town.replies(ben, code))
    assert isinstance(refused, errors.IsWithdrawn)


def test_a_reply_while_its_author_leaves_stays_and_is_told_the_truth(
    town: Town, asha: int, ben: int
) -> None:
    code = town.posts(asha)

    def replied(session: Session) -> None:
        viewer = town.viewer(session, ben)
        replies.reply(session, viewer, code, WORDS, kind=ReplyKind.OFFER, key="m1", now=town.now)

    def leaves() -> None:
        with town.database.writing() as session:
            privacy.forget(session, session.get_one(Member, asha), now=town.now)

    assert while_open(town, replied, leaves) is None
    assert town.told(ben)[-1] == wording.author_left(code)
    assert [one.text for one in town.does(ben, views.view, code).replies] == [WORDS]
    assert PROBLEM not in "".join(town.told(ben))


def test_everybody_leaves_while_everybody_writes(town: Town) -> None:
    """Nobody waits for ever, whoever comes first."""
    people = town.crowd(4)
    codes = [town.posts(one) for one in people]

    def leaves(member: int) -> None:
        with town.database.writing() as session:
            privacy.forget(session, session.get_one(Member, member), now=town.now)

    def writes(member: int) -> None:
        for code in codes:
            try:
                town.replies(member, code)
            except errors.ChallengeError:
                continue

    results = at_once(
        *[lambda one=one: leaves(one) for one in people[:2]],
        *[lambda one=one: writes(one) for one in people[2:]],
        lambda: widen(town),
    )
    assert not [one for one in results if isinstance(one, Exception)], results
    with town.database.reading() as session:
        left = set(session.scalars(select(Participant.member_id)))
    assert left <= set(people[2:])
    for code in codes[:2]:
        assert town.challenge(code).state is ChallengeState.WITHDRAWN


def test_who_is_taken_out_of_a_set_while_they_reply(town: Town, asha: int, ben: int) -> None:
    north = town.learning_set("North", asha, ben)
    code = town.posts(asha, set_id=north)

    def taken_out(session: Session) -> None:
        sets.remove_member(session, north, ben)

    refused = while_open(town, taken_out, lambda: town.replies(ben, code))
    assert isinstance(refused, errors.NoSuchChallenge)
    assert town.told(asha) == []


def test_two_members_who_ask_each_other_at_once_do_not_wait_for_each_other(
    town: Town, asha: int, ben: int
) -> None:
    """As in the conversation: each holds the lock on themselves while the other is asked."""

    def posts(name: str, member: int) -> str:
        with town.database.writing() as session:
            inbox.lock(session, Channel.SLACK, f"T1:{name}")
            viewer = town.viewer(session, member)
            new = NewChallenge(PROBLEM)
            return post(session, viewer, new, key="m1", routing=town.routing, now=town.now)

    for _round in range(5):
        results = at_once(lambda: posts("Asha", asha), lambda: posts("Ben", ben))
        assert all(isinstance(one, str) for one in results), results
