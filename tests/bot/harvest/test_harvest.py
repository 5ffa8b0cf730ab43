"""From a solved challenge to a draft: once, of words that stand, with everybody's leave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import harvest, privacy, publishing
from bot.challenges import marks, posts, replies, states, views
from bot.challenges.models import MarkKind, ReplyKind
from bot.challenges.posts import NewChallenge
from bot.members import Member
from bot.wording import harvest as wording
from tests.bot.challenges.town import PROBLEM, WORDS, Town
from tests.bot.harvest.crop import (
    brings_in,
    publishes,
    said,
    solved,
    texts,
    waiting,
    wish,
)
from tests.schema import places


def leaves(town: Town, member: int) -> None:
    with town.database.writing() as session:
        privacy.forget(session, session.get_one(Member, member), now=town.now)


def test_a_solved_challenge_becomes_one_draft_that_names_nobody(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha, themes=("grants", "data"), context="It is the third year.")
    town.replies(ben, code, "What do you send them?", ReplyKind.QUESTION)
    ref = town.replies(ben, code).ref
    town.replies(cara, code, "Nobody marks this")
    town.replies(asha, code, "Thank you all")
    brings_in(town)
    assert waiting(town) == []
    town.does(asha, marks.mark, ref, MarkKind.SOLVED, now=town.now)
    for _tick in range(3):
        brings_in(town)
    assert texts(town) == [WORDS]
    draft = said(town)
    assert (draft.problem, draft.source) == (PROBLEM, wording.SOURCE)
    assert set(draft.themes) == {"grants", "data"}


def test_a_reply_that_helped_two_becomes_one_while_the_challenge_is_open(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    ref = town.replies(ben, code).ref
    town.does(asha, marks.mark, ref, MarkKind.HELPED, now=town.now)
    brings_in(town)
    assert waiting(town) == []
    town.does(cara, marks.mark, ref, MarkKind.HELPED, now=town.now)
    brings_in(town)
    assert texts(town) == [WORDS]


def test_a_solved_challenge_without_a_mark_brings_in_all_that_was_offered(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    town.replies(ben, code)
    town.replies(cara, code, "Have you asked them?", ReplyKind.QUESTION)
    town.replies(asha, code, "typed by the author for all to see", public=True)
    town.does(asha, states.solve, code, now=town.now)
    brings_in(town)
    assert texts(town) == [WORDS]


def test_a_reply_that_is_taken_back_leaves_the_draft_at_once_and_for_good(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    solved(town, asha, ben, cara)
    brings_in(town)
    assert texts(town) == ["We did thing 0", "We did thing 1"]
    (code,) = [line.code for line in town.does(asha, views.own)]
    ref = town.does(cara, views.view, code).replies[1].ref
    town.does(cara, replies.withdraw_reply, ref, routing=town.routing, now=town.now)
    assert waiting(town) == []
    assert places(town.database, "thing 1") == set()
    brings_in(town)
    assert texts(town) == ["We did thing 0"]


def test_words_that_are_corrected_are_corrected_in_the_draft(
    town: Town, asha: int, ben: int
) -> None:
    code = solved(town, asha, ben)
    brings_in(town)
    ref = town.does(ben, views.view, code).replies[0].ref
    town.does(ben, replies.correct, ref, "We rang them", now=town.now)
    assert "entry.problem" not in places(town.database, "thing 0")
    brings_in(town)
    assert texts(town) == ["We rang them"]


def test_a_problem_that_is_edited_is_edited_in_the_draft(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    ref = town.replies(ben, code).ref
    for one in (asha, cara):
        town.does(one, marks.mark, ref, MarkKind.HELPED, now=town.now)
    brings_in(town)
    town.does(asha, posts.edit, code, NewChallenge("Returns are late"), now=town.now)
    brings_in(town)
    assert said(town).problem == "Returns are late"


@pytest.mark.parametrize("who", ["author", "helper"])
def test_who_leaves_before_it_is_published_takes_their_words_out_of_it(
    town: Town, asha: int, ben: int, cara: int, who: str
) -> None:
    solved(town, asha, ben, cara)
    brings_in(town)
    leaves(town, asha if who == "author" else ben)
    gone = PROBLEM if who == "author" else "thing 0"
    assert places(town.database, gone) == set()
    brings_in(town)
    if who == "helper":
        assert texts(town) == ["We did thing 1"]
    else:
        assert waiting(town) == []


def test_what_is_published_stays_when_its_authors_leave(
    town: Town, asha: int, ben: int, mo: int
) -> None:
    solved(town, asha, ben)
    brings_in(town)
    publishes(town, wish(town, mo))
    for one in (asha, ben):
        leaves(town, one)
    assert "entry.problem" in places(town.database, PROBLEM)


def test_what_a_moderator_turned_down_does_not_come_back(
    town: Town, asha: int, ben: int, cara: int, mo: int
) -> None:
    code = solved(town, asha, ben, cara)
    brings_in(town)
    with town.database.writing() as session:
        publishing.reject(session, wish(town, mo), "too local", now=town.now)
    ref = town.does(cara, views.view, code).replies[1].ref
    town.does(cara, replies.withdraw_reply, ref, routing=town.routing, now=town.now)
    assert places(town.database, "thing 1") == set()
    town.later(days=9)
    brings_in(town)
    assert waiting(town) == []


def agrees(town: Town, member: int, code: str, *, agreed: bool = True) -> None:
    town.does(member, harvest.agree, code, agreed=agreed, now=town.now)


def test_what_was_said_in_a_set_waits_until_all_whose_words_are_used_agree(
    town: Town, asha: int, ben: int, cara: int, mo: int
) -> None:
    code = solved(town, asha, ben, set_id=town.learning_set("North", asha, ben, cara))
    heard = len(town.told(cara))
    for _day in range(3):
        brings_in(town)
        town.now += timedelta(days=1)
    asked = wording.may_it_be_shared(code)
    assert [town.told(one).count(asked) for one in (asha, ben)] == [1, 1]
    assert (len(town.told(cara)), town.told(mo)) == (heard, [])
    agrees(town, asha, code)
    brings_in(town)
    assert waiting(town) == []
    agrees(town, ben, code, agreed=False)
    brings_in(town)
    assert waiting(town) == []
    agrees(town, ben, code)
    brings_in(town)
    assert texts(town) == ["We did thing 0"]


def test_who_thinks_better_of_it_takes_it_out_again(town: Town, asha: int, ben: int) -> None:
    code = solved(town, asha, ben, set_id=town.learning_set("North", asha, ben))
    for one in (asha, ben):
        agrees(town, one, code)
    brings_in(town)
    agrees(town, ben, code, agreed=False)
    assert waiting(town) == []
    town.later(days=3)
    brings_in(town)
    assert waiting(town) == []


def test_who_agreed_to_other_words_is_asked_once_more(town: Town, asha: int, ben: int) -> None:
    code = solved(town, asha, ben, set_id=town.learning_set("North", asha, ben))
    brings_in(town)
    for one in (asha, ben):
        agrees(town, one, code)
    brings_in(town)
    ref = town.does(ben, views.view, code).replies[0].ref
    town.now += timedelta(hours=1)
    town.does(ben, replies.correct, ref, "We rang them", now=town.now)
    for _day in range(3):
        brings_in(town)
        town.now += timedelta(days=1)
    asked = wording.may_it_be_shared(code)
    assert (waiting(town), town.told(ben).count(asked), town.told(asha).count(asked)) == ([], 2, 1)
    agrees(town, ben, code)
    brings_in(town)
    assert texts(town) == ["We rang them"]


def test_an_idle_worker_finds_nothing_to_do(town: Town, asha: int, ben: int) -> None:
    solved(town, asha, ben)
    solved(town, asha, ben, set_id=town.learning_set("North", asha, ben))
    brings_in(town)
    with town.database.reading() as session:
        assert harvest.due(session, now=town.now) == ()
