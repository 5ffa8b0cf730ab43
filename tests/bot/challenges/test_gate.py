"""What was posted to a set is not there for anybody else, by word, by error or by list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.challenges import (
    agreements,
    digest,
    errors,
    followers,
    marks,
    posts,
    replies,
    reports,
    states,
    views,
)
from bot.challenges.gate import Viewer
from bot.challenges.models import MarkKind, ReplyKind
from bot.challenges.posts import NewChallenge
from bot.challenges.replies import Given
from bot.learning_sets import sets
from bot.members import Role
from tests.bot.challenges.town import PROBLEM, WORDS, Town

Deed = Callable[[Session, Viewer, str], object]


def on_a_challenge(town: Town) -> dict[str, Deed]:
    now, routing = town.now, town.routing
    return {
        "view": views.view,
        "edit": lambda s, v, c: posts.edit(s, v, c, NewChallenge("x"), now=now),
        "close": lambda s, v, c: states.close(s, v, c, now=now),
        "reopen": lambda s, v, c: states.reopen(s, v, c, routing=routing, now=now),
        "solve": lambda s, v, c: states.solve(s, v, c, now=now),
        "withdraw": lambda s, v, c: states.withdraw(s, v, c, now=now),
        "reply": lambda s, v, c: replies.reply(
            s, v, c, "x", kind=ReplyKind.OFFER, key="k", now=now
        ),
        "empty reply": lambda s, v, c: replies.reply(
            s, v, c, "", kind=ReplyKind.OFFER, key="k", now=now
        ),
        "follow": lambda s, v, c: followers.follow(s, v, c, now=now),
        "unfollow": lambda s, v, c: followers.unfollow(s, v, c),
        "same": lambda s, v, c: followers.same(s, v, c, now=now),
        "mute": lambda s, v, c: followers.mute(s, v, c, now=now),
        "unmute": lambda s, v, c: followers.unmute(s, v, c),
        "report": lambda s, v, c: reports.report(s, v, c, "x", routing=routing, now=now),
        "agree": lambda s, v, c: agreements.agree(s, v, c, agreed=True, now=now),
    }


def on_a_reply(town: Town) -> dict[str, Deed]:
    now, routing = town.now, town.routing
    return {
        "correct": lambda s, v, r: replies.correct(s, v, r, "x", now=now),
        "withdraw": lambda s, v, r: replies.withdraw_reply(s, v, r, routing=routing, now=now),
        "mark": lambda s, v, r: marks.mark(s, v, r, MarkKind.HELPED, now=now),
        "solve": lambda s, v, r: marks.mark(s, v, r, MarkKind.SOLVED, now=now),
        "unmark": lambda s, v, r: marks.unmark(s, v, r, MarkKind.HELPED),
        "report": lambda s, v, r: reports.report_reply(s, v, r, "x", routing=routing, now=now),
    }


@pytest.fixture
def secret(town: Town, asha: int, ben: int) -> str:
    """A challenge of Asha's to the set that she and Ben are in."""
    return town.posts(asha, set_id=town.learning_set("North", asha, ben))


@pytest.fixture
def moderator(town: Town) -> int:
    return town.member("Mo", Role.MODERATOR)


@pytest.fixture
def statements(town: Town) -> Iterator[list[str]]:
    """All that the database is asked."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(town.database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(town.database.engine, "before_cursor_execute", note)


def refusal(town: Town, member: int, deed: Deed, what: str) -> tuple[type[Exception], str]:
    with pytest.raises(errors.ChallengeError) as refused:
        town.does(member, deed, what)
    return type(refused.value), refused.value.sentence


def test_for_outsiders_a_sets_challenge_and_no_challenge_are_one_and_the_same(
    town: Town, secret: str, cara: int, moderator: int, statements: list[str]
) -> None:
    for name, deed in on_a_challenge(town).items():
        for outsider in (cara, moderator):
            statements.clear()
            hidden = refusal(town, outsider, deed, secret)
            asked = list(statements)
            statements.clear()
            assert hidden == refusal(town, outsider, deed, "K7M"), name
            assert hidden[0] is errors.NoSuchChallenge
            assert asked == statements, f"{name} asks the database something else"


def test_for_outsiders_a_reply_in_a_set_and_no_reply_are_one_and_the_same(
    town: Town, secret: str, ben: int, cara: int, moderator: int, statements: list[str]
) -> None:
    ref = town.replies(ben, secret).ref
    for name, deed in on_a_reply(town).items():
        for outsider in (cara, moderator):
            statements.clear()
            hidden = refusal(town, outsider, deed, ref)
            asked = list(statements)
            statements.clear()
            assert hidden == refusal(town, outsider, deed, "0" * 12), name
            assert hidden[0] is errors.NoSuchReply
            assert asked == statements, f"{name} asks the database something else"


@pytest.mark.parametrize("end", [states.close, states.solve, states.withdraw])
def test_for_outsiders_it_stays_so_whatever_becomes_of_it(
    town: Town, secret: str, asha: int, cara: int, end: Callable[..., None]
) -> None:
    town.does(asha, end, secret, now=town.now)
    for deed in on_a_challenge(town).values():
        assert refusal(town, cara, deed, secret)[0] is errors.NoSuchChallenge


def test_nothing_that_is_listed_holds_it(
    town: Town, secret: str, asha: int, ben: int, cara: int, moderator: int
) -> None:
    town.does(ben, reports.report, secret, "look", routing=town.routing, now=town.now)
    assert [line.code for line in town.does(ben, views.listed)] == [secret]
    assert [line.code for line in town.does(asha, views.own)] == [secret]
    for outsider in (cara, moderator):
        assert town.does(outsider, views.listed) == ()
        assert town.does(outsider, views.own) == ()
        assert town.does(outsider, reports.waiting) == ()
    with town.database.reading() as session:
        assert views.gaps(session, now=town.now + timedelta(days=30)) == ()
        assert digest.for_digest(session, since=town.now - timedelta(days=1)) == ()


def test_nobody_outside_is_told_of_it_however_long_it_goes_unanswered(
    town: Town, secret: str, ben: int, cara: int, moderator: int
) -> None:
    town.later(days=30)
    assert town.asked(secret) == {ben}
    assert (town.told(cara), town.told(moderator)) == ([], [])
    assert town.progress(secret).next_at is None


def test_who_leaves_the_set_sees_and_hears_no_more_but_keeps_what_is_theirs(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    north = town.learning_set("North", asha, ben, cara)
    code = town.posts(asha, set_id=north)
    given = town.replies(ben, code)
    with town.database.writing() as session:
        sets.remove_member(session, north, ben)
    told = town.told(ben)
    town.replies(cara, code, "another idea")
    assert town.told(ben) == told == []
    with pytest.raises(errors.NoSuchChallenge):
        town.does(ben, views.view, code)
    town.does(ben, replies.correct, given.ref, "better words", now=town.now)
    assert "better words" in town.told(asha)[-1]
    town.does(ben, replies.withdraw_reply, given.ref, routing=town.routing, now=town.now)
    assert [reply.text for reply in town.does(asha, views.view, code).replies] == ["another idea"]


def test_an_author_who_leaves_the_set_can_still_take_the_challenge_back(
    town: Town, asha: int, ben: int
) -> None:
    north = town.learning_set("North", asha, ben)
    code = town.posts(asha, set_id=north)
    with town.database.writing() as session:
        sets.remove_member(session, north, asha)
    town.does(asha, states.withdraw, code, now=town.now)
    assert town.does(ben, views.view, code).problem == ""


def test_no_word_of_it_may_be_used_outside_until_all_whose_words_they_are_agree(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha, set_id=town.learning_set("North", asha, ben, cara))
    used, unused = town.replies(ben, code), town.replies(cara, code)
    seen = town.does(asha, views.view, code)
    ids = {reply.ref: reply.id for reply in seen.replies}

    def agreed(*given: Given) -> bool:
        with town.database.reading() as session:
            return agreements.all_agreed(session, seen.id, [ids[each.ref] for each in given])

    def agrees(member: int, *, agreed: bool = True) -> None:
        town.does(member, agreements.agree, code, agreed=agreed, now=town.now)

    assert not agreed()
    agrees(ben)
    assert not agreed(used)
    agrees(asha)
    assert agreed()
    assert agreed(used)
    assert not agreed(used, unused)
    with town.database.reading() as session:
        assert agreements.to_be_asked(session, seen.id, [ids[used.ref]]) == (asha, ben)
    agrees(asha, agreed=False)
    assert not agreed(used)
    agrees(asha)
    town.now += timedelta(minutes=1)
    town.does(ben, replies.correct, used.ref, "other words", now=town.now)
    assert not agreed(used), "they agreed to other words"
    agrees(ben)
    assert agreed(used)
    town.does(ben, replies.withdraw_reply, used.ref, routing=town.routing, now=town.now)
    assert not agreed(used)


def test_what_the_network_sees_needs_no_agreement(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    town.replies(ben, code)
    seen = town.does(asha, views.view, code)
    with town.database.reading() as session:
        assert agreements.all_agreed(session, seen.id, [seen.replies[0].id])
        assert not agreements.all_agreed(session, seen.id, [10**6])
        assert not agreements.all_agreed(session, 10**6)


@pytest.mark.parametrize("code", ["", "K7", "k7mk7m", "zzz", "'; --", "1", "ÄÖÜ", PROBLEM, WORDS])
def test_codes_that_do_not_exist_get_the_same_plain_sentence(
    town: Town, asha: int, code: str
) -> None:
    for deed in on_a_challenge(town).values():
        assert refusal(town, asha, deed, code)[0] is errors.NoSuchChallenge
