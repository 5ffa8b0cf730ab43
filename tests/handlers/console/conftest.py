"""A browser on the console, and those who may come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import invitations, members
from bot.app import Network
from bot.members import Member, Role
from bot.settings import read_settings
from handlers import clock, console, sessions, webchat

SETTINGS = read_settings(None, port=80, secret_key="s" * 32)
SignIn = Callable[..., Member]
"""Signs the browser in as a new member: `sign_in("Asha", Role.FACILITATOR)`."""


@pytest.fixture
def browser(network: Network) -> Iterator[TestClient]:
    ours = SETTINGS
    app = Starlette(
        routes=[*webchat.routes(network, ours), *console.routes(network, ours)],
        middleware=[sessions.cookies(ours, "a secret that only the tests know")],
    )
    with TestClient(app, base_url=ours.address, follow_redirects=False) as client:
        yield client


@pytest.fixture
def sign_in(network: Network, browser: TestClient) -> SignIn:
    def sign_in(name: str, role: Role = Role.OFFICER) -> Member:
        with network.database.writing() as session:
            now = clock.now()
            member = members.named_or_new(session, name, role, now=now)
            token = invitations.sign_in_link(session, member, now=now)
        assert browser.post(f"/sign-in/{token}").status_code == 303
        return member

    return sign_in


@pytest.fixture
def count_queries(network: Network) -> Iterator[list[str]]:
    """What is asked of the database from now on."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(network.database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(network.database.engine, "before_cursor_execute", note)
