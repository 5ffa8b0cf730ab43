"""Replies: one pseudonym a person and thread, both ways, corrected and withdrawn for ever."""

from __future__ import annotations

import pytest

from bot.attribution import letters
from bot.challenges import errors, followers, replies, states, views
from bot.challenges.models import LONGEST_REPLY, Reply, ReplyKind, ReplyState
from bot.wording import challenges as wording
from tests.bot.challenges.town import WORDS, Town


def labels(town: Town, member: int, code: str) -> list[str]:
    return [reply.label for reply in town.does(member, views.view, code).replies]


def test_pseudonyms_are_given_in_order_of_arrival_and_stay(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    for one in (cara, ben, cara, asha):
        town.replies(one, code)
    assert labels(town, ben, code) == ["Officer B", "Officer C", "Officer B", "Officer A"]


def test_a_pseudonym_belongs_to_one_thread(town: Town, asha: int, ben: int, cara: int) -> None:
    first, second = town.posts(asha), town.posts(cara)
    town.replies(cara, first)
    assert town.replies(ben, first).label == "Officer C"
    assert town.replies(ben, second).label == "Officer B"


def test_listening_takes_no_letter(town: Town, asha: int, ben: int, cara: int) -> None:
    code = town.posts(asha)
    town.does(cara, followers.follow, code, now=town.now)
    assert town.replies(ben, code).label == "Officer B"
    assert town.replies(cara, code).label == "Officer C"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")],
)
def test_letters_go_on_after_z(number: int, expected: str) -> None:
    assert letters(number) == expected


def test_no_two_numbers_share_their_letters() -> None:
    assert len({letters(number) for number in range(1, 2_000)}) == 1_999


def test_the_thirtieth_voice_has_a_pseudonym_too(town: Town, asha: int) -> None:
    code = town.posts(asha)
    given = [town.replies(one, code).label for one in town.crowd(29)]
    assert given[24:27] == ["Officer Z", "Officer AA", "Officer AB"]


def test_what_is_typed_for_all_to_see_never_carries_a_pseudonym(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    assert town.replies(ben, code, public=True).label == wording.A_COLLEAGUE
    assert town.replies(cara, code).label == "Officer B", "no letter is missing before it"
    assert town.replies(ben, code).label == "Officer C"
    assert town.replies(ben, code, public=True).label == wording.A_COLLEAGUE
    assert town.replies(asha, code, public=True).label == wording.A_COLLEAGUE
    assert town.replies(asha, code, public=True, kind=ReplyKind.AUTHOR).kind is ReplyKind.OFFER
    assert all("Officer" not in told for told in town.told(asha) if wording.A_COLLEAGUE in told)
    assert labels(town, ben, code).count(wording.A_COLLEAGUE) == 4


def test_a_name_is_told_by_choice_at_the_first_word_only(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    assert town.replies(ben, code, named=True).label == "Ben"
    assert town.replies(cara, code).label == "Officer C"
    assert town.replies(cara, code, named=True).label == "Officer C", "others have met Officer C"


def test_the_author_and_who_follows_read_a_reply_and_the_answer_to_it(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    town.does(cara, followers.follow, code, now=town.now)
    town.replies(ben, code, "what have you tried?", ReplyKind.QUESTION)
    assert "Officer B asks you a question" in town.told(asha)[-1]
    assert "Officer B asks a question back" in town.told(cara)[-1]
    answer = town.replies(asha, code, "e-mails, weekly", ReplyKind.OFFER)
    assert (answer.kind, answer.label) == (ReplyKind.AUTHOR, "Officer A")
    for one in (ben, cara):
        assert "Officer A answers" in town.told(one)[-1]
        assert "e-mails, weekly" in town.told(one)[-1]


def test_the_same_message_again_is_one_reply_and_told_once(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    first = town.replies(ben, code, key="m1")
    assert town.replies(ben, code, key="m1") == first
    town.does(asha, states.close, code, now=town.now)
    assert town.replies(ben, code, key="m1") == first, "it was taken before the close"
    assert town.rows(Reply) == 1
    assert len(town.told(asha)) == 1


def test_a_reply_is_taken_up_to_its_limit_and_refused_beyond(
    town: Town, asha: int, ben: int
) -> None:
    code = town.posts(asha)
    town.replies(ben, code, "ä" * LONGEST_REPLY)
    with pytest.raises(errors.TooLong):
        town.replies(ben, code, "ä" * (LONGEST_REPLY + 1))
    with pytest.raises(errors.NoWords):
        town.replies(ben, code, " \n")
    assert town.rows(Reply) == 1


@pytest.mark.parametrize(
    ("end", "error"),
    [
        (states.close, errors.IsClosed),
        (states.solve, errors.IsSolved),
        (states.withdraw, errors.IsWithdrawn),
    ],
)
def test_a_reply_that_comes_too_late_is_refused_with_the_reason(
    town: Town, asha: int, ben: int, end: object, error: type[errors.WrongState]
) -> None:
    code = town.posts(asha)
    assert callable(end)
    town.does(asha, end, code, now=town.now)
    with pytest.raises(error) as refused:
        town.replies(ben, code)
    assert code in refused.value.sentence
    assert town.told(asha) == []


@pytest.mark.parametrize("end", [states.close, states.solve, states.withdraw])
def test_a_reply_is_its_givers_for_ever(town: Town, asha: int, ben: int, end: object) -> None:
    code = town.posts(asha)
    first, second = town.replies(ben, code), town.replies(ben, code, "and this")
    assert callable(end)
    town.does(asha, end, code, now=town.now)
    town.does(ben, replies.correct, first.ref, "better", now=town.now)
    town.does(ben, replies.withdraw_reply, second.ref, routing=town.routing, now=town.now)
    (left,) = town.does(ben, views.view, code).replies
    assert (left.text, left.state) == ("better", ReplyState.CORRECTED)


def test_words_taken_back_are_nowhere_any_more(town: Town, asha: int, ben: int, cara: int) -> None:
    code = town.posts(asha)
    town.does(cara, followers.follow, code, now=town.now)
    given = town.replies(ben, code, "the chief executive told me")
    town.does(ben, replies.correct, given.ref, "somebody told me", now=town.now)
    for one in (asha, cara):
        assert "chief executive" not in "".join(town.told(one))
        assert "somebody told me" in town.told(one)[-1]
    town.does(ben, replies.withdraw_reply, given.ref, routing=town.routing, now=town.now)
    for one in (asha, cara):
        assert "somebody" not in "".join(town.told(one))
        assert wording.taken_back(code, "Officer B") == town.told(one)[-1]
    with pytest.raises(errors.ReplyGone):
        town.does(ben, replies.correct, given.ref, "again", now=town.now)
    with pytest.raises(errors.ReplyGone):
        town.does(ben, replies.withdraw_reply, given.ref, routing=town.routing, now=town.now)


def test_nobody_touches_the_reply_of_another(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    given = town.replies(ben, code)
    with pytest.raises(errors.NotYours):
        town.does(asha, replies.correct, given.ref, "mine now", now=town.now)
    with pytest.raises(errors.NotYours):
        town.does(asha, replies.withdraw_reply, given.ref, routing=town.routing, now=town.now)
    assert town.does(asha, views.view, code).replies[0].text == WORDS
