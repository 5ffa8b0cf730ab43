"""`console` in the chat leads into the console, once, and only those who have something there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot import members
from bot.app import Network
from bot.inbound import Inbound
from bot.invitations import CONSOLE_LASTS, SignInLink
from bot.learning_sets import sets
from bot.members import Role
from bot.messages import Channel, Link, Text
from bot.wording import console as words
from handlers import clock, links
from tests.handlers.console.conftest import SETTINGS, SignIn
from tests.officer import Officer


def member_called(network: Network, name: str, role: Role) -> Officer:
    """A member who writes from Slack and has been welcomed."""
    now = clock.now()
    with network.database.writing() as session:
        member = members.add(session, name, role, now=now)
        member.welcomed_at = now
        members.connect(session, member, Channel.SLACK, f"slack:{name}", now=now)
    return Officer(network, Channel.SLACK, f"slack:{name}", now)


def link_of(officer: Officer) -> Link:
    (said,) = officer.says("console")
    assert isinstance(said, Text)
    assert said.text == words.link(15)
    assert said.link is not None
    return said.link


def followed(link: Link) -> str:
    """The address as the channel's renderer writes it."""
    written = links.of(SETTINGS).written(Text("", link=link))
    assert isinstance(written, Text)
    assert written.link is not None
    return written.link.path


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MODERATOR, Role.ADMINISTRATOR])
def test_the_link_leads_in_after_a_button_and_works_once(
    browser: TestClient, network: Network, role: Role
) -> None:
    address = followed(link_of(member_called(network, "Fay", role)))
    for _ in range(3):  # a chat program that previews it, too
        assert 'method="post"' in browser.get(address).text
    entered = browser.post(address)
    assert (entered.status_code, entered.headers["location"]) == (303, "/console")
    assert "<h1>Today</h1>" in browser.get("/console").text
    assert browser.post(address).status_code == 410


def test_an_officer_without_anything_there_is_told_so(network: Network) -> None:
    asha = member_called(network, "Asha", Role.OFFICER)
    assert asha.says("console") == (Text(words.NOT_FOR_YOU),)


def test_an_officer_who_runs_a_set_gets_a_link(network: Network) -> None:
    asha = member_called(network, "Asha", Role.OFFICER)
    with network.database.writing() as session:
        made = sets.create(session, "North", now=asha.time)
        sets.add_facilitator(session, made.id, members.named(session, "Asha").id)
    assert link_of(asha).label == words.OPEN


def test_where_others_read_along_there_is_no_link(network: Network) -> None:
    fay = member_called(network, "Fay", Role.FACILITATOR)
    aloud = Inbound(Channel.SLACK, "aside", fay.address, "console")
    assert fay.sends(replace(aloud, aside=True)) == (Text(words.NOT_HERE),)


def test_without_its_signature_the_link_opens_nothing(
    browser: TestClient, network: Network
) -> None:
    path = link_of(member_called(network, "Fay", Role.FACILITATOR)).path
    for address in (path, f"{path}?key=made-up"):
        assert browser.get(address).status_code == 410
        assert browser.post(address).status_code == 410


def test_the_link_runs_out_after_a_quarter_of_an_hour(network: Network) -> None:
    fay = member_called(network, "Fay", Role.FACILITATOR)
    link_of(fay)
    with network.database.reading() as session:
        kept = session.scalars(select(SignInLink)).one()
    assert kept.expires_at == fay.time + CONSOLE_LASTS == fay.time + timedelta(minutes=15)


@pytest.mark.parametrize(("role", "shown"), [(Role.OFFICER, False), (Role.FACILITATOR, True)])
def test_the_chat_leads_there_whoever_looks_after_something(
    browser: TestClient, sign_in: SignIn, role: Role, shown: bool
) -> None:
    sign_in("Fay", role)
    assert ('<a href="/console">Console</a>' in browser.get("/").text) is shown
