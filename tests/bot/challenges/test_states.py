"""What becomes of a challenge, who may say so, and who hears of it; marks, follows and reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import interests, outbox
from bot.challenges import errors, followers, marks, reports, states, views
from bot.challenges.models import ChallengeState, Mark, MarkKind, Report
from bot.learning_sets import sets
from bot.members import Member, Role
from bot.wording import challenges as wording
from tests.bot.challenges.town import PROBLEM, WORDS, Town


def test_each_turn_is_told_once_to_who_follows(town: Town, asha: int, ben: int, cara: int) -> None:
    code = town.posts(asha)
    town.replies(ben, code)
    heard = len(town.told(ben))
    town.does(asha, states.close, code, now=town.now)
    town.does(asha, states.reopen, code, routing=town.routing, now=town.now)
    town.does(asha, states.close, code, now=town.now)
    town.does(asha, states.solve, code, now=town.now)
    turns = [wording.turned(code, to, thanked=False) for to in ("closed", "open", "closed")]
    assert town.told(ben)[heard:] == [*turns, wording.turned(code, "solved", thanked=False)]
    assert len(town.told(cara)) == 1, "she was asked and did not answer: nothing is owed to her"


@pytest.mark.parametrize(
    ("before", "again", "error"),
    [
        (states.close, states.close, errors.IsClosed),
        (states.solve, states.solve, errors.IsSolved),
        (states.solve, states.close, errors.IsSolved),
        (states.withdraw, states.close, errors.IsWithdrawn),
        (states.withdraw, states.withdraw, errors.IsWithdrawn),
    ],
)
def test_what_is_so_already_is_said_and_changes_nothing(
    town: Town, asha: int, before: object, again: object, error: type[errors.WrongState]
) -> None:
    code = town.posts(asha)
    assert callable(before)
    assert callable(again)
    town.does(asha, before, code, now=town.now)
    state = town.challenge(code).state
    with pytest.raises(error):
        town.does(asha, again, code, now=town.now)
    assert town.challenge(code).state is state


def test_an_open_challenge_is_not_opened_again(town: Town, asha: int) -> None:
    code = town.posts(asha)
    with pytest.raises(errors.IsOpen):
        town.does(asha, states.reopen, code, routing=town.routing, now=town.now)


@pytest.mark.parametrize("verb", [states.close, states.solve, states.withdraw])
def test_only_the_author_says_what_becomes_of_it(
    town: Town, asha: int, ben: int, verb: object
) -> None:
    code = town.posts(asha)
    assert callable(verb)
    with pytest.raises(errors.NotYours):
        town.does(ben, verb, code, now=town.now)


def test_a_withdrawn_challenge_keeps_no_word_of_its_author(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha, context="a secret context")
    town.replies(ben, code)
    town.replies(asha, code, "a secret answer")
    town.does(asha, states.withdraw, code, now=town.now)
    seen = town.does(cara, views.view, code)
    assert (seen.problem, seen.context, seen.state) == ("", "", ChallengeState.WITHDRAWN)
    assert [reply.text for reply in seen.replies] == [WORDS], "what others wrote stays theirs"
    for one in (ben, cara):
        assert not {PROBLEM, "secret"} & set("".join(town.told(one)).split())
        assert PROBLEM not in "".join(town.told(one))
    assert town.does(asha, views.own) == ()
    assert town.does(cara, views.listed) == ()


def test_who_gave_a_reply_hears_once_that_it_helps(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    ref = town.replies(ben, code).ref
    heard = len(town.told(ben))
    for one in (asha, cara, asha):
        town.does(one, marks.mark, ref, MarkKind.HELPED, now=town.now)
    town.does(asha, marks.mark, ref, MarkKind.TRY, now=town.now)
    assert town.told(ben)[heard:] == [
        wording.appreciated(code, "helped"),
        wording.appreciated(code, "try"),
    ]
    assert town.does(asha, views.view, code).replies[0].helped == 2
    town.does(cara, marks.unmark, ref, MarkKind.HELPED)
    assert town.does(asha, views.view, code).replies[0].helped == 1


def test_thanks_solved_solves_the_challenge_and_thanks_who_solved_it(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    town.replies(cara, code)
    ref = town.replies(ben, code).ref
    town.does(asha, marks.mark, ref, MarkKind.SOLVED, now=town.now)
    town.does(asha, marks.mark, ref, MarkKind.SOLVED, now=town.now)
    assert town.challenge(code).state is ChallengeState.SOLVED
    assert town.told(ben)[-1] == wording.turned(code, "solved", thanked=True)
    assert town.told(cara)[-1] == wording.turned(code, "solved", thanked=False)


def test_marks_that_nobody_may_make_are_refused(town: Town, asha: int, ben: int, cara: int) -> None:
    code = town.posts(asha)
    ref = town.replies(ben, code).ref
    with pytest.raises(errors.OwnReply):
        town.does(ben, marks.mark, ref, MarkKind.HELPED, now=town.now)
    with pytest.raises(errors.NotYours):
        town.does(cara, marks.mark, ref, MarkKind.SOLVED, now=town.now)
    assert town.rows(Mark) == 0


def test_a_reply_that_helped_two_or_solved_it_is_worth_an_entry(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    helped, solved, neither = town.posts(asha), town.posts(asha), town.posts(asha)
    for code in (helped, solved, neither):
        ref = town.replies(ben, code).ref
        town.replies(cara, code, "nobody marks this")
        town.does(asha, marks.mark, ref, MarkKind.HELPED, now=town.now)
        if code == helped:
            town.does(cara, marks.mark, ref, MarkKind.HELPED, now=town.now)
        if code == solved:
            town.does(asha, marks.mark, ref, MarkKind.SOLVED, now=town.now)
    with town.database.reading() as session:
        assert {one.code: len(one.reply_ids) for one in marks.ripe(session)} == {
            helped: 1,
            solved: 1,
        }


def test_same_problem_here_follows_and_is_counted_for_the_author(
    town: Town, asha: int, ben: int
) -> None:
    code = town.posts(asha)
    for _again in range(2):
        town.does(ben, followers.same, code, now=town.now)
    assert town.progress(code).same == 1
    assert town.does(ben, views.view, code).follows
    town.does(ben, followers.unfollow, code)
    assert town.progress(code).same == 0


def test_nobody_follows_their_own_challenge(town: Town, asha: int) -> None:
    code = town.posts(asha)
    for verb in (followers.follow, followers.same):
        with pytest.raises(errors.OwnChallenge):
            town.does(asha, verb, code, now=town.now)


def test_who_mutes_a_thread_hears_nothing_of_it_until_they_unmute(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    town.replies(ben, code)
    heard = town.told(ben)
    town.does(ben, followers.mute, code, now=town.now)
    town.replies(cara, code)
    town.replies(asha, code)
    assert [told for told in town.told(ben) if told not in heard] == []
    town.does(ben, followers.unmute, code)
    town.replies(cara, code, "once more")
    assert "once more" in town.told(ben)[-1]


def test_a_report_goes_to_the_moderators_once_and_names_nobody(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    mo = town.member("Mo", Role.MODERATOR)
    code = town.posts(asha)
    ref = town.replies(ben, code).ref
    heard = len(town.told(mo))
    for _again in range(2):
        town.does(cara, reports.report_reply, ref, "unkind", routing=town.routing, now=town.now)
    assert town.told(mo)[heard:] == [wording.reported(code, "unkind", WORDS)]
    (waiting,) = town.does(mo, reports.waiting)
    assert (waiting.ref, waiting.quoted, waiting.reason) == (ref, WORDS, "unkind")
    assert town.does(asha, reports.waiting) == ()
    assert not town.does(asha, reports.settle, waiting.id, now=town.now)
    assert town.does(mo, reports.settle, waiting.id, now=town.now)
    assert not town.does(mo, reports.settle, waiting.id, now=town.now)
    assert town.does(mo, reports.waiting) == ()


def test_what_was_reported_in_a_set_is_looked_at_inside_the_set(
    town: Town, asha: int, ben: int
) -> None:
    outside = town.member("Mo", Role.MODERATOR)
    leads, elsewhere = (town.member(name, Role.FACILITATOR) for name in ("Fay", "Gwen"))
    north = town.learning_set("North", asha, ben, elsewhere)
    south = town.learning_set("South", asha)
    with town.database.writing() as session:
        sets.add_facilitator(session, north, leads)
        sets.add_facilitator(session, south, elsewhere)
    code = town.posts(asha, set_id=north)
    town.does(ben, reports.report, code, "", routing=town.routing, now=town.now)
    assert town.told(outside) == []
    assert town.told(leads)[-1] == wording.reported(code, "", PROBLEM)
    assert len(town.does(leads, reports.waiting)) == 1
    assert town.does(elsewhere, reports.waiting) == (), "in the set, and facilitates another"
    assert town.does(leads, views.view, code).problem == PROBLEM
    assert town.rows(Report) == 1


def test_who_stopped_is_told_nothing(town: Town, asha: int, ben: int, cara: int) -> None:
    code = town.posts(asha)
    town.replies(ben, code)
    heard = town.told(ben)
    with town.database.writing() as session:
        session.scalars(select(Member).where(Member.id == ben)).one().stopped_at = town.now
    town.replies(cara, code)
    assert town.told(ben) == heard


def test_an_author_who_wants_quiet_hears_of_replies_when_it_ends(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    town.does(cara, followers.follow, code, now=town.now)
    until = town.now + timedelta(days=3)
    with town.database.writing() as session:
        interests.mute(session, asha, until)
        interests.mute(session, cara, until)
    town.replies(ben, code)

    def due(now: timedelta) -> list[str]:
        with town.database.writing() as session:
            claimed = outbox.claim(session, "w", now=town.now + now)
        return [each.address for each in claimed]

    assert "T1:Asha" not in due(timedelta(days=2))
    assert "T1:Asha" in due(timedelta(days=3))
    assert len(town.told(cara)) == 1, "what she follows is there to read when she is back"
