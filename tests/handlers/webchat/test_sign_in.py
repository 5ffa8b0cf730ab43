"""One-time links in, the cookie, and the way out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from bot.app import Network
from bot.members import Member, Role
from handlers import sessions
from tests.handlers.webchat.driver import BOARD, Browser, client_of, link, settings


def test_a_stranger_is_told_what_this_is_and_how_to_sign_in(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "How to sign in" in page.text
    assert 'lang="en-GB"' in page.text
    assert "<form" not in page.text


def test_looking_at_a_sign_in_link_does_not_spend_it(network: Network, client: TestClient) -> None:
    _, token = link(network)
    for _ in range(2):
        assert "Sign in</button>" in client.get(f"/sign-in/{token}").text
    response = client.post(f"/sign-in/{token}")
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "What are you working on?" in client.get("/").text


@pytest.mark.parametrize("used", [True, False])
def test_a_spent_or_invented_link_is_refused_in_a_sentence(
    network: Network, client: TestClient, used: bool
) -> None:
    _, token = link(network)
    if used:
        client.post(f"/sign-in/{token}")
        client.post("/sign-out")
    refused = client.post(f"/sign-in/{token if used else 'no-such-link'}")
    assert refused.status_code == 410
    assert "has been used or has run out" in refused.text
    assert "How to sign in" in client.get("/").text


def test_signing_out_ends_it(asha: Browser) -> None:
    assert asha.client.post("/sign-out").headers["location"] == "/"
    assert "How to sign in" in asha.client.get("/").text
    assert asha.looks().status == 401


def test_the_next_person_at_the_same_browser_sees_only_their_own_words(
    network: Network, asha: Browser
) -> None:
    asha.says(BOARD)
    _, token = link(network, "Bryn")
    asha.client.post(f"/sign-in/{token}")
    assert BOARD not in asha.client.get("/").text


def test_the_cookie_of_a_forgotten_member_opens_nothing_for_their_successor(
    network: Network, asha: Browser
) -> None:
    with network.database.writing() as session:
        session.delete(session.get_one(Member, asha.member.id))
    with network.database.writing() as session:
        later = datetime(2027, 1, 1, tzinfo=UTC)
        session.add(Member(id=asha.member.id, name="Cerys", role=Role.OFFICER, created_at=later))
    assert "How to sign in" in asha.client.get("/").text


def test_the_cookie_is_for_this_site_alone_and_for_https_where_there_is_https(
    network: Network,
) -> None:
    for address, secure in (("http://bot.example.org", False), ("https://bot.example.org", True)):
        _, token = link(network)
        client = client_of(network, settings(public_url=address), address)
        cookie = client.post(f"/sign-in/{token}").headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert ("secure" in cookie) is secure


def test_a_forged_cookie_opens_nothing(client: TestClient) -> None:
    client.cookies.set(sessions.COOKIE, "eyJtZW1iZXIiOiAxfQ==.aaaa.bbbb")
    assert "How to sign in" in client.get("/").text
