"""Members who help each other, for the stories about challenges."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import members
from bot.app import Network
from bot.challenges import posts
from bot.challenges.posts import NewChallenge
from bot.learning_sets import sets
from bot.members import Member, Role
from bot.messages import Channel
from handlers.numbered import as_text
from tests.fake_sender import FakeSender
from tests.officer import Officer
from tests.scenarios.transcript import Administrator, Clock, Phone

PROBLEM = "Nobody sends us their monitoring returns"
ADVICE = "We ring each of them a week before the date."
Post = Callable[..., str]


@pytest.fixture
def chidi(phone: Phone, administrator: Administrator) -> Phone:
    """A member who writes from a phone, with typed words alone."""
    phone.says(f"join {administrator.invites('Chidi')}")
    return phone


@pytest.fixture
def dana(network: Network, clock: Clock) -> Officer:
    """A member who writes from Slack."""
    return _member(network, clock, "Dana", Channel.SLACK)


@pytest.fixture
def eve(network: Network, clock: Clock) -> Officer:
    return _member(network, clock, "Eve", Channel.WEB)


def _member(network: Network, clock: Clock, name: str, channel: Channel) -> Officer:
    with network.database.writing() as session:
        member = members.add(session, name, Role.OFFICER, now=clock())
        member.welcomed_at = clock()
        members.connect(session, member, channel, f"T1:{name}", now=clock())
    return Officer(network, channel, f"T1:{name}", clock())


@pytest.fixture
def post(network: Network, clock: Clock) -> Post:
    """Somebody posts a challenge, to a set of theirs where that is named."""

    def post(name: str, problem: str = PROBLEM, set_name: str | None = None) -> str:
        with network.database.writing() as session:
            member = members.named(session, name)
            set_id = None
            if set_name is not None:
                set_id = sets.create(session, set_name, now=clock()).id
                sets.add_member(session, set_id, member.id, now=clock())
            return posts.post(
                session,
                sets.viewer(session, session.get_one(Member, member.id)),
                NewChallenge(problem, set_id=set_id),
                key=problem,
                routing=network._rules.routing,
                now=clock(),
            )

    return post


@pytest.fixture
def posted(network: Network) -> dict[Channel, FakeSender]:
    """What the bot sends of its own accord, by channel."""
    senders = {channel: FakeSender() for channel in Channel}
    network.senders = senders
    return senders


def told(sender: FakeSender) -> list[str]:
    return [as_text(delivery.content) for delivery in sender.taken]
