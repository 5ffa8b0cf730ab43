"""Two people at the same moment: each is told the truth, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import attribution, inbox, interests, privacy
from bot.attribution import Participant, Thread
from bot.challenges import circle, errors, followers, marks, replies, states, views
from bot.challenges.models import (
    Asking,
    Challenge,
    ChallengeState,
    Mark,
    MarkKind,
    Reply,
    ReplyKind,
)
from bot.challenges.posts import NewChallenge, post
from bot.challenges.replies import Given
from bot.learning_sets import sets
from bot.members import Member
from bot.messages import Channel
from bot.wording import challenges as wording
from tests.bot.challenges.town import PROBLEM, WORDS, Town, at_once, while_open


def test_two_first_replies_at_once_get_two_pseudonyms(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    for code in [town.posts(asha) for _round in range(5)]:
        given = at_once(partial(town.replies, ben, code), partial(town.replies, cara, code))
        assert {one.label for one in given if isinstance(one, Given)} == {"Officer B", "Officer C"}


def test_two_first_replies_of_one_person_at_once_are_one_voice(
    town: Town, asha: int, ben: int
) -> None:
    for _round in range(5):
        code = town.posts(asha)
        given = at_once(*[partial(town.replies, ben, code)] * 3)
        assert {one.label for one in given if isinstance(one, Given)} == {"Officer B"}
        assert len(town.does(asha, views.view, code).replies) == 3


def test_two_who_speak_at_once_where_nobody_holds_the_challenge(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    """The pseudonyms hold by themselves, whoever calls them."""
    with town.database.writing() as session:
        thread = attribution.open_thread(session).id

    def speaks(member: int) -> int | None:
        with town.database.writing() as session:
            return attribution.speaker(session, thread, member).number

    numbers = at_once(*[lambda one=one: speaks(one) for one in (asha, ben, cara, asha, ben)])
    assert set(numbers) == {1, 2, 3}
    assert (numbers[0], numbers[1]) == (numbers[3], numbers[4])
    with town.database.reading() as session:
        assert session.get_one(Thread, thread).voices == 3


def test_the_same_reply_delivered_twice_at_once_counts_once(
    town: Town, asha: int, ben: int
) -> None:
    code = town.posts(asha)
    first, second = at_once(*[lambda: town.replies(ben, code, key="m1")] * 2)
    assert first == second
    assert town.rows(Reply) == 1
    assert len(town.told(asha)) == 1


def test_the_same_post_delivered_twice_at_once_is_one_challenge(
    town: Town, asha: int, ben: int
) -> None:
    first, second = at_once(*[lambda: town.posts(asha, key="m1")] * 2)
    assert first == second
    assert town.rows(Challenge) == 1
    assert len(town.told(ben)) == 1


ENDS = {
    states.close: errors.IsClosed,
    states.solve: errors.IsSolved,
    states.withdraw: errors.IsWithdrawn,
}


@pytest.mark.parametrize("end", list(ENDS))
def test_a_reply_while_the_author_ends_it_is_refused_with_the_truth(
    town: Town, asha: int, ben: int, end: Callable[..., None]
) -> None:
    code = town.posts(asha)

    def ends(session: Session) -> None:
        end(session, town.viewer(session, asha), code, now=town.now)

    refused = while_open(town, ends, lambda: town.replies(ben, code))
    assert type(refused) is ENDS[end]
    assert town.rows(Reply) == 0
    assert town.told(asha) == []


@pytest.mark.parametrize("end", list(ENDS))
def test_an_end_while_somebody_replies_comes_after_it(
    town: Town, asha: int, ben: int, end: Callable[..., None]
) -> None:
    code = town.posts(asha)

    def replied(session: Session) -> None:
        viewer = town.viewer(session, ben)
        replies.reply(session, viewer, code, WORDS, kind=ReplyKind.OFFER, key="m1", now=town.now)

    assert while_open(town, replied, lambda: town.does(asha, end, code, now=town.now)) is None
    assert len(town.told(asha)) == 1
    state = town.challenge(code).state
    assert town.told(ben)[-1] == wording.turned(code, state.value, thanked=False)


def test_close_reopen_and_solve_at_once_end_in_what_was_told_last(
    town: Town, asha: int, ben: int
) -> None:
    for _round in range(5):
        code = town.posts(asha)
        town.replies(ben, code)
        heard = len(town.told(ben))
        results = at_once(
            partial(town.does, asha, states.close, code, now=town.now),
            partial(town.does, asha, states.solve, code, now=town.now),
            partial(town.does, asha, states.reopen, code, routing=town.routing, now=town.now),
            partial(town.does, asha, states.close, code, now=town.now),
        )
        done = [one for one in results if one is None]
        assert all(one is None or isinstance(one, errors.WrongState) for one in results)
        told = town.told(ben)[heard:]
        state = town.challenge(code).state
        assert len(told) == len(done) == town.challenge(code).changes
        assert told[-1] == wording.turned(code, state.value, thanked=False)


def test_a_correction_while_the_author_withdraws_is_kept_and_told_to_nobody(
    town: Town, asha: int, ben: int
) -> None:
    code = town.posts(asha)
    ref = town.replies(ben, code).ref

    def withdraws(session: Session) -> None:
        states.withdraw(session, town.viewer(session, asha), code, now=town.now)

    deed = while_open(
        town, withdraws, lambda: town.does(ben, replies.correct, ref, "better", now=town.now)
    )
    assert deed is None
    assert [one.text for one in town.does(ben, views.view, code).replies] == ["better"]
    assert town.told(asha) == [], "the old words left no more, and the new ones are for nobody"


def test_two_corrections_and_a_withdrawal_at_once_leave_what_was_said_last(
    town: Town, asha: int, ben: int
) -> None:
    code = town.posts(asha)
    ref = town.replies(ben, code).ref
    at_once(
        lambda: town.does(ben, replies.correct, ref, "one", now=town.now),
        lambda: town.does(ben, replies.withdraw_reply, ref, routing=town.routing, now=town.now),
        lambda: town.does(ben, replies.correct, ref, "two", now=town.now),
    )
    assert town.does(asha, views.view, code).replies == ()
    assert not {"one", "two"} & set("".join(town.told(asha)).split())


def test_the_same_mark_at_once_is_made_and_told_once(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    ref = town.replies(ben, code).ref
    heard = len(town.told(ben))
    at_once(*[lambda: town.does(asha, marks.mark, ref, MarkKind.HELPED, now=town.now)] * 3)
    assert town.rows(Mark) == 1
    assert len(town.told(ben)) == heard + 1


def test_following_and_muting_at_once_make_one_row(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    results = at_once(
        lambda: town.does(ben, followers.follow, code, now=town.now),
        lambda: town.does(ben, followers.mute, code, now=town.now),
        lambda: town.does(ben, followers.same, code, now=town.now),
    )
    assert results == [None, None, None]


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
    town.posts(asha)
    town.now += timedelta(days=3)

    def first(session: Session) -> None:
        assert circle.widen_next(session, town.routing, now=town.now)

    assert while_open(town, first, lambda: widen(town)) is False
    assert town.rows(Asking) == 17


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
