"""Every notice says why it came, what to do next and how to stop it, by button and by word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot import attribution, members
from bot.attribution import Credit
from bot.challenges import followers, published, telling, views
from bot.challenges.models import Challenge, ChallengeState, MarkKind, ReplyKind
from bot.challenges.notices import (
    Appreciated,
    Asked,
    AuthorLeft,
    Edited,
    Event,
    Hearer,
    Replied,
    Reported,
    Subject,
    TakenBack,
    Turned,
    Unanswered,
    audience,
    key,
    message,
)
from bot.challenges.routing import Reason
from bot.messages import Channel
from knowledge.models import Entry
from tests.bot.challenges.town import PROBLEM, WORDS, Town

ONE = 7
EVENTS: list[Event] = [
    Asked(dict.fromkeys([ONE], Reason.FOLLOWS)),
    Replied(1, "ab", 2, "Officer B", ReplyKind.OFFER, WORDS),
    Replied(1, "ab", 2, "Officer B", ReplyKind.QUESTION, WORDS),
    Replied(1, "ab", 1, "Officer A", ReplyKind.AUTHOR, WORDS),
    Replied(1, "ab", 2, "Officer B", ReplyKind.OFFER, WORDS, change=3),
    TakenBack(1, 2, "Officer B"),
    Edited(1, 1),
    *[Turned(number, state, 1) for number, state in enumerate(ChallengeState)],
    Turned(9, ChallengeState.SOLVED, 1, thanked=ONE),
    Appreciated(1, ONE, MarkKind.TRY),
    Appreciated(1, ONE, MarkKind.HELPED),
    Unanswered(frozenset({ONE})),
    Reported(1, frozenset({ONE}), "unkind", WORDS),
]
SUBJECT = Subject("K7M", PROBLEM, "context", "tried")
LISTENER = Hearer(ONE, 70, follows=True)
HEARERS = st.builds(
    Hearer,
    st.integers(1, 9),
    st.integers(1, 9),
    author=st.booleans(),
    follows=st.booleans(),
    asked=st.booleans(),
    muted=st.booleans(),
    stopped=st.booleans(),
    quiet_until=st.none() | st.datetimes(),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("author", [False, True])
def test_every_notice_can_be_answered_and_stopped_by_word(event: Event, author: bool) -> None:
    said = message(event, SUBJECT, replace(LISTENER, author=author))
    assert "K7M" in said.text
    assert "“mute K7M”" in said.text
    assert all(choice.value.split(":")[1] for choice in said.choices)
    assert len(said.choices) <= 10


def test_the_last_notice_of_all_says_that_it_is_the_last() -> None:
    assert "the last you hear of it" in message(AuthorLeft(), SUBJECT, LISTENER).text


@pytest.mark.parametrize("reason", list(Reason))
def test_who_is_asked_reads_why(reason: Reason) -> None:
    said = message(Asked({ONE: reason}), SUBJECT, LISTENER)
    assert "You get this because" in said.text
    assert "“reply K7M”" in said.text
    assert "“follow K7M”" in said.text


@settings(deadline=None)
@given(st.sampled_from([*EVENTS, AuthorLeft()]), st.lists(HEARERS))
def test_nobody_hears_who_muted_stopped_wants_quiet_or_did_it(
    event: Event, hearers: list[Hearer]
) -> None:
    for one in audience(event, hearers):
        assert not one.muted
        assert not one.stopped
        assert one.quiet_until is None or one.author
        assert one.participant_id != getattr(event, "by", None)


def test_different_events_have_different_keys() -> None:
    ones = [event for event in EVENTS if not isinstance(event, Replied)]
    assert len({key(event) for event in ones}) == len(ones)


def test_nobody_is_told_the_same_thing_twice(town: Town, asha: int, ben: int) -> None:
    code = town.posts(asha)
    town.does(ben, followers.follow, code, now=town.now)
    heard = len(town.told(ben))
    for _again in range(3):
        with town.database.writing() as session:
            challenge = session.scalars(select(Challenge)).one()
            author = attribution.participant(session, challenge.id, asha).id
            telling.tell(session, challenge, Edited(1, author), now=town.now)
    assert len(town.told(ben)) == heard + 1


def test_a_notice_goes_to_where_the_member_wrote_last(town: Town, asha: int, ben: int) -> None:
    with town.database.writing() as session:
        member = session.get_one(members.Member, ben)
        members.connect(session, member, Channel.WHATSAPP, "whatsapp:+1", now=town.now)
        members.connect(session, member, Channel.WEB, "member:2", now=town.now)
        members.used(session, Channel.WEB, "member:2", now=town.now)
        members.used(session, Channel.WHATSAPP, "whatsapp:+1", now=town.now.replace(hour=11))
        reached = members.addresses(session, (ben, asha, 10**6))
    assert reached == {ben: (Channel.WHATSAPP, "whatsapp:+1"), asha: (Channel.SLACK, "T1:Asha")}


def test_who_took_part_in_an_entry_hears_once_and_is_named_by_choice_only(
    town: Town, asha: int, ben: int, cara: int
) -> None:
    code = town.posts(asha)
    town.replies(cara, code, "not used")
    ref = town.replies(ben, code).ref
    seen = town.does(asha, views.view, code)
    used = [reply.id for reply in seen.replies if reply.ref == ref]
    with town.database.writing() as session:
        entry = Entry(id="e1", problem="A problem", created_at=town.now, updated_at=town.now)
        session.add(entry)
        session.flush()
        published.drafted(session, "e1", seen.id, used)
        assert attribution.credited(session, "e1") == ()
        assert attribution.choose_credit(session, "e1", ben, credited=True)
        assert not attribution.choose_credit(session, "e1", cara, credited=True)
    heard = {one: len(town.told(one)) for one in (asha, ben, cara)}
    for _again in range(2):
        with town.database.writing() as session:
            published.tell(session, "e1", "A problem", now=town.now)
    assert "You are not named" in town.told(asha)[-1]
    assert "You are named" in town.told(ben)[-1]
    assert {one: len(town.told(one)) - heard[one] for one in heard} == {asha: 1, ben: 1, cara: 0}
    with town.database.reading() as session:
        assert attribution.credited(session, "e1") == ("Ben",)
    assert town.rows(Credit) == 2


def test_a_voice_is_random_stays_the_same_and_tells_two_members_apart(
    town: Town, asha: int, ben: int
) -> None:
    with town.database.writing() as session:
        first = attribution.voice(session, asha)
        assert attribution.voice(session, asha) == first
        assert attribution.voice(session, ben) != first
    assert len(first) == 32
