"""Two people at the same moment: each is told the truth, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy.orm import Session

from bot import attribution
from bot.attribution import Thread
from bot.challenges import errors, followers, marks, replies, states, views
from bot.challenges.models import (
    Challenge,
    Mark,
    MarkKind,
    Reply,
    ReplyKind,
)
from bot.challenges.replies import Given
from bot.wording import challenges as wording
from tests.bot.challenges.town import WORDS, Town, at_once, while_open


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
