"""A member's browser, as the tests drive it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import invitations, members, outbox
from bot.app import Network
from bot.delivery import DeliveryRow, Recipient
from bot.inbox import InboxMessage
from bot.members import Member, Role
from bot.messages import Channel, Text
from bot.settings import Settings, read_settings
from handlers import clock, sessions, webchat

JSON = {"Accept": "application/json"}
BOARD = "how do we get the partnership board members to engage?"


@dataclass(frozen=True)
class Answer:
    """What the page's script is told."""

    status: int
    html: str
    last: str
    pending: bool


@dataclass(frozen=True)
class Browser:
    """A signed-in member at their browser."""

    client: TestClient
    member: Member

    def says(self, text: str, message_id: str = "") -> Answer:
        return self.posts({"text": text}, message_id)

    def posts(self, form: dict[str, str], message_id: str = "") -> Answer:
        response = self.client.post(
            "/chat/messages", data={"id": message_id or new_id(), **form}, headers=JSON
        )
        return _answer(response.status_code, response.json())

    def looks(self, after: str = "") -> Answer:
        response = self.client.get("/chat/updates", params={"after": after}, headers=JSON)
        return _answer(response.status_code, response.json())


def _answer(status: int, body: dict[str, object]) -> Answer:
    return Answer(
        status,
        str(body.get("html", body.get("error"))),
        str(body.get("last", "")),
        bool(body.get("pending")),
    )


def new_id() -> str:
    return str(uuid.uuid4())


def settings(public_url: str | None = None) -> Settings:
    return read_settings(None, port=80, public_url=public_url)


def client_of(
    network: Network, settings: Settings, base_url: str = "http://testserver"
) -> TestClient:
    app = Starlette(
        routes=webchat.routes(network, settings),
        middleware=[sessions.cookies(settings, "a secret that only the tests know")],
    )
    return TestClient(app, base_url=base_url, follow_redirects=False)


def link(network: Network, name: str = "Asha") -> tuple[Member, str]:
    """The member of that name and the token of a sign-in link."""
    now = clock.now()
    with network.database.writing() as session:
        member = members.named_or_new(session, name, Role.OFFICER, now=now)
        return member, invitations.sign_in_link(session, member, now=now)


def rows(network: Network, table: type[InboxMessage | DeliveryRow]) -> int:
    with network.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def nudge(network: Network, member: Member, text: str) -> None:
    """The bot begins: what it says is due at once, and leaves when the worker next looks."""
    to = Recipient(Channel.WEB, f"member:{member.id}", member_id=member.id)
    with network.database.writing() as session:
        outbox.enqueue(session, [Text(text)], to, now=clock.now())
