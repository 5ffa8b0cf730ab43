"""A Slack channel with open challenges in it, and what is done to them and under them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot import members, messages
from bot.app import Network
from bot.challenges import posts
from bot.challenges.models import Reply
from bot.challenges.posts import NewChallenge
from bot.challenges.routing import Routing
from bot.delivery import DeliveryRow
from bot.learning_sets import sets
from bot.learning_sets.peers import SetPeers
from bot.members import Member, Role
from bot.messages import Channel
from tests.bot.challenges.conftest import LONDON
from tests.handlers.fake_slack import FakeSlack, event

ROUTING = Routing(SetPeers(), LONDON)
BOARD = "C9"
PROBLEM = "Nobody sends their monitoring returns"
ALIVE = "<!channel> <@U1> <https://x.org|here> *bold* R&D"


def author(network: Network, name: str = "Asha") -> int:
    now = datetime.now(UTC)
    with network.database.writing() as session:
        member = members.named_or_new(session, name, Role.OFFICER, now=now)
        members.connect(session, member, Channel.TERMINAL, f"member:{name}", now=now)
        member.welcomed_at = now
        return member.id


def ask(network: Network, problem: str = PROBLEM, **more: Any) -> str:
    member_id, now = author(network), datetime.now(UTC)
    with network.database.writing() as session:
        set_id = None
        member = session.get_one(Member, member_id)
        if more.pop("in_a_set", False):
            set_id = sets.create(session, "North", now=now).id
            sets.add_member(session, set_id, member_id, now=now)
        viewer = sets.viewer(session, member)
        new = NewChallenge(problem, set_id=set_id, **more)
        return posts.post(session, viewer, new, key=problem, routing=ROUTING, now=now)


def do(network: Network, verb: Any, *args: Any, **kwargs: Any) -> None:
    with network.database.writing() as session:
        viewer = sets.viewer(session, members.named(session, "Asha"))
        verb(session, viewer, *args, now=datetime.now(UTC), **kwargs)


def tick(network: Network, **later: float) -> None:
    network.tick(datetime.now(UTC) + timedelta(**later))


def pinned(slack: FakeSlack) -> list[dict[str, Any]]:
    return [each for each in slack.messages if each["channel"] == BOARD]


def typed(slack: FakeSlack, text: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """Something typed under the first post."""
    thread = {"thread_ts": pinned(slack)[0]["ts"], "user": "U7"}
    given = {"channel_type": "channel", "channel": BOARD, **thread, **more}
    return event(text, number, **given)


def changed(slack: FakeSlack, text: str, before: str, number: int = 2) -> dict[str, Any]:
    said = typed(slack, before)["event"]
    body = typed(slack, "", number)
    body["event"] = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": BOARD,
        "channel_type": "channel",
        "message": {**said, "text": text, "edited": {"user": "U7", "ts": "1"}},
        "previous_message": said,
        "ts": "1700000099.0001",
    }
    return body


def deleted(slack: FakeSlack, before: str, number: int = 3) -> dict[str, Any]:
    body = changed(slack, "", before, number)
    del body["event"]["message"]
    body["event"] |= {"subtype": "message_deleted", "deleted_ts": "1700000001.000100"}
    return body


def relayed(network: Network) -> list[Reply]:
    with network.database.reading() as session:
        return list(session.scalars(select(Reply).order_by(Reply.id)))


def told(network: Network, name: str = "Asha") -> list[str]:
    """What the bot has for somebody at a terminal."""
    with network.database.reading() as session:
        member = members.named(session, name)
        rows = session.scalars(
            select(DeliveryRow).where(DeliveryRow.member_id == member.id).order_by(DeliveryRow.id)
        )
        contents = [messages.from_json(row.content) for row in rows]
    return [one.text for one in contents if isinstance(one, messages.Text)]
