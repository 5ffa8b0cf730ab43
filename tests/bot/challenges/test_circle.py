"""The widening circle over simulated days, and what its author sees of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot import interests
from bot.app import Network
from bot.challenges import digest, followers, marks, replies, states, views
from bot.challenges.models import Asking, Circle, MarkKind
from bot.interests import Interests
from bot.learning_sets import commitments
from bot.learning_sets.commitments import FromReply, Outcome
from bot.members import ChannelIdentity, Member, Role
from bot.messages import Channel
from bot.rules import Rules
from bot.wording import challenges as wording
from knowledge.search import Engine
from tests.bot.challenges.conftest import LONDON
from tests.bot.challenges.town import PROBLEM, Town
from tests.fake_sender import FakeSender


def said(town: Town, code: str) -> str:
    found = town.progress(code)
    return wording.progress(
        asked=found.asked,
        replies=found.replies,
        same=found.same,
        more=found.next_size,
        moderators_next=found.next_circle is Circle.MODERATORS,
        with_moderators=found.with_moderators,
        when=found.next_at.astimezone(LONDON) if found.next_at is not None else None,
    )


def test_five_then_twelve_more_then_the_moderators_then_a_gap(town: Town, asha: int) -> None:
    crowd, mo = town.crowd(30), town.member("Mo", Role.MODERATOR)
    with town.database.writing() as session:
        interests.limit(session, mo, 0)
    posted = town.now
    code = town.posts(asha)  # a Monday, 10 o'clock
    first = town.asked(code)
    assert len(first) == 5
    assert said(town, code) == (
        "I have asked 5 peers. Nobody has replied yet. I ask 12 more on Thursday morning."
    )
    town.later(days=2, hours=23)
    assert town.asked(code) == first
    town.later(hours=3)
    assert len(town.asked(code)) == 17
    assert town.asked(code) > first
    assert town.asked(code) <= set(crowd)
    assert said(town, code).endswith("I bring it to the moderators on Monday morning.")
    assert town.told(mo) == []
    town.later(days=4)
    assert town.told(mo) == [wording.unanswered(code, PROBLEM)]
    assert said(town, code).endswith("Nobody has replied yet. The moderators know of it.")
    with town.database.reading() as session:
        assert [line.code for line in digest.for_digest(session, since=posted)] == [code]
        week = timedelta(days=7)
        assert views.gaps(session, now=posted + week - timedelta(seconds=1)) == ()
        assert [line.code for line in views.gaps(session, now=posted + week)] == [code]
    town.later(days=30)
    assert len(town.asked(code)) == 17
    assert len(town.told(mo)) == 1


def test_the_worker_widens_and_sends_in_one_go(town: Town, asha: int) -> None:
    slack = FakeSender()
    rules = Rules(routing=town.routing)
    network = Network(town.database, Engine(None), {Channel.SLACK: slack}, rules)
    town.crowd(20)
    town.posts(asha)
    network.tick(town.now)
    assert len(slack.taken) == 5
    network.tick(town.now + timedelta(days=2))
    assert len(slack.taken) == 5
    network.tick(town.now + timedelta(days=3))
    network.tick(town.now + timedelta(days=3))
    assert len({delivery.address for delivery in slack.taken}) == len(slack.taken) == 17


def test_a_reply_stops_it_and_a_reply_taken_back_sets_it_going(town: Town, asha: int) -> None:
    crowd = town.crowd(30)
    code = town.posts(asha)
    given = town.replies(crowd[0], code)
    assert said(town, code) == "I have asked 5 peers. 1 reply so far."
    town.later(days=20)
    asked = town.asked(code)
    assert len(asked) == 5
    with town.database.reading() as session:
        assert views.gaps(session, now=town.now) == ()
    town.does(crowd[0], replies.withdraw_reply, given.ref, routing=town.routing, now=town.now)
    town.later(days=5)
    assert len(town.asked(code)) > 5


def test_the_authors_own_words_do_not_stop_it(town: Town, asha: int) -> None:
    town.crowd(30)
    code = town.posts(asha)
    town.replies(asha, code, "nobody?")
    town.replies(asha, code, "nobody at all?", public=True)
    town.later(days=4)
    assert len(town.asked(code)) == 17


def test_it_stops_when_closed_and_goes_on_when_opened_again(town: Town, asha: int) -> None:
    town.crowd(30)
    code = town.posts(asha)
    town.does(asha, states.close, code, now=town.now)
    town.later(days=14)
    assert len(town.asked(code)) == 5
    town.does(asha, states.reopen, code, routing=town.routing, now=town.now)
    town.later(days=1)
    assert len(town.asked(code)) == 17


def test_what_is_posted_on_a_friday_night_goes_out_on_monday(town: Town, asha: int) -> None:
    town.crowd(3)
    town.now = datetime(2026, 11, 27, 22, tzinfo=LONDON)
    code = town.posts(asha)
    assert said(town, code) == (
        "I have asked nobody yet. Nobody has replied yet. I ask 3 more on Monday morning."
    )
    town.later(days=2, hours=10)
    assert town.asked(code) == set()
    town.later(hours=3)
    assert len(town.asked(code)) == 3


def test_nobody_is_asked_who_should_not_be(town: Town, asha: int) -> None:
    stopped, muted, full, zero, mutes_thread, stranger, nowhere, free = (
        town.member(name)
        for name in ["Stop", "Mute", "Full", "Zero", "Thread", "New", "Nowhere", "Free"]
    )
    with town.database.writing() as session:
        session.get_one(Member, stopped).stopped_at = town.now
        session.get_one(Member, stranger).welcomed_at = None
        session.delete(
            session.scalars(
                select(ChannelIdentity).where(ChannelIdentity.member_id == nowhere)
            ).one()
        )
        interests.mute(session, muted, town.now + timedelta(days=30))
        interests.limit(session, full, 1)
        interests.limit(session, zero, 0)
    earlier = town.posts(asha, "an earlier one")
    assert town.asked(earlier) == {full, mutes_thread, free}
    code = town.posts(asha)
    assert town.asked(code) == {mutes_thread, free}
    town.later(days=7)
    town.now = town.now.replace(hour=23)
    third = town.posts(asha)
    town.does(mutes_thread, followers.mute, third, now=town.now)
    town.later(days=14)
    assert town.asked(third) == {full, free}, "a new week, and whoever muted it before it came"
    assert not town.asked(code) & {stopped, muted, zero, stranger, nowhere, asha}


def test_the_weekly_limit_holds_over_all_challenges(town: Town, asha: int) -> None:
    crowd = town.crowd(4)
    for _number in range(10):
        town.posts(asha)
    with town.database.reading() as session:
        assert len(session.scalars(select(Asking)).all()) == len(crowd) * town.routing.weekly


def test_asking_is_shared_out_among_equals(town: Town, asha: int) -> None:
    crowd = town.crowd(15)
    asked = [town.asked(town.posts(asha)) for _number in range(3)]
    assert set.union(*asked) == set(crowd)


def test_likely_helpers_come_first_and_are_told_why(town: Town, asha: int) -> None:
    crowd = town.crowd(40)
    follows, alike, helped, tried = crowd[10], crowd[20], crowd[30], crowd[35]
    with town.database.writing() as session:
        interests.follow_themes(session, follows, ("grants",))
        interests.work_as(session, asha, "Grants officer")
        interests.work_as(session, alike, "Senior officer for grants")
        interests.work_as(session, crowd[0], "Senior officer")
    first = town.posts(crowd[39], themes=("grants",))
    given = town.replies(helped, first)
    town.does(crowd[39], marks.mark, given.ref, MarkKind.HELPED, now=town.now)
    with town.database.writing() as session:
        view = views.view(session, town.viewer(session, tried), first)
        made = commitments.commit(
            session,
            tried,
            "ring them",
            source=FromReply(view.replies[0].id),
            check_back_on=town.now.date(),
            now=town.now,
        )
        commitments.tell(session, tried, made.id, Outcome.WORKED, now=town.now)
    town.later(days=42)
    code = town.posts(asha, themes=("grants",))
    assert town.asked(code) >= {follows, alike, helped, tried}
    assert len(town.asked(code)) == 5
    reasons = {follows: "follows", alike: "alike", helped: "helped", tried: "progressed"}
    for one, reason in reasons.items():
        assert wording.WHY[reason] in town.told(one)[-1]


def test_a_set_of_nine_is_asked_whole_and_nobody_else(town: Town, asha: int) -> None:
    outside, inside = town.crowd(5), [town.member(f"In {number}") for number in range(8)]
    code = town.posts(asha, set_id=town.learning_set("North", asha, *inside))
    assert said(town, code).endswith("I ask 3 more on Thursday morning.")
    town.later(days=20)
    assert town.asked(code) == set(inside)
    assert not town.asked(code) & set(outside)
    assert said(town, code) == "I have asked 8 peers. Nobody has replied yet."


def test_a_network_of_one_brings_it_to_the_moderators(town: Town, asha: int) -> None:
    mo = town.member("Mo", Role.MODERATOR)
    with town.database.writing() as session:
        session.add(Interests(member_id=mo, weekly_limit=0))
    code = town.posts(asha)
    assert said(town, code) == (
        "I have asked nobody yet. Nobody has replied yet. "
        "I bring it to the moderators on Tuesday morning."
    )
    town.later(days=1)
    assert town.told(mo) == [wording.unanswered(code, PROBLEM)]
