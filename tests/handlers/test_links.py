"""What a message leads to: signed when it is shown, on each channel, and never stored so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import members, messages
from bot.app import Network
from bot.learning_sets import calendars
from bot.messages import Link, Text
from bot.settings import Settings, read_settings
from handlers import links, slack_sender, whatsapp, whatsapp_sender
from handlers.links import Links
from handlers.terminal import Terminal
from tests.handlers import test_slack_sender, test_whatsapp_sender
from tests.handlers.fake_slack import FakeSlack
from tests.handlers.fake_twilio import PUBLIC, FakeTwilio, form, post, said
from tests.handlers.webchat.driver import Browser, client_of, link
from tests.handlers.webchat.driver import settings as web_settings

PATH = "/calendar/mark/M2X.ics"
INVITED = Text("North meets.", link=Link("Put it into your calendar", PATH))
KEY = SecretStr("s" * 32)


@pytest.fixture
def settings() -> Settings:
    return read_settings(None, secret_key=KEY, public_url=PUBLIC)


def test_a_message_with_a_link_is_stored_unsigned_and_comes_back() -> None:
    stored = messages.to_json(INVITED)
    assert "key" not in stored
    assert messages.from_json(stored) == INVITED
    before = '{"text":"Hello","choices":[],"kind":"text"}'  # as it was stored until now
    assert messages.from_json(before) == Text("Hello")


def test_only_the_same_path_under_the_same_key_is_genuine(settings: Settings) -> None:
    signed = links.of(settings)
    address = signed.address(PATH)
    assert address.startswith(f"{PUBLIC}{PATH}?key=")
    key = address.partition("key=")[2]
    assert signed.genuine(PATH, key)
    assert not signed.genuine(PATH.replace("M2X", "all"), key)
    assert not signed.genuine(PATH, "")
    assert not signed.genuine(PATH, "ü")
    other = links.of(settings.model_copy(update={"secret_key": SecretStr("t" * 32)}))
    assert not other.genuine(PATH, key)


def test_on_slack_it_can_be_clicked_and_is_read_aloud(slack: FakeSlack) -> None:
    read = slack.settings(secret_key=KEY.get_secret_value(), public_url="https://bot.example.org")
    posting = slack_sender.sender_for(read)
    assert posting is not None
    posting.send(test_slack_sender.delivery(INVITED))
    (posted,) = slack.called("chat.postMessage")
    address = links.of(read).address(PATH)
    assert address in posted["text"]
    assert f"<{address}>" in str(posted["blocks"])
    assert posting.find(test_slack_sender.delivery(INVITED)) is not None


def test_an_address_to_join_by_is_shown_as_its_facilitator_gave_it(
    slack: FakeSlack, settings: Settings
) -> None:
    join = "https://meet.example.org/north?room=1&pass=2"
    content = Text("Session M2X", link=Link("To join", join))
    assert links.of(settings).written(content) == content
    posting = slack_sender.sender_for(slack.settings())
    assert posting is not None
    posting.send(test_slack_sender.delivery(content))
    (posted,) = slack.called("chat.postMessage")
    assert "<https://meet.example.org/north?room=1&amp;pass=2>" in str(posted["blocks"])


def test_on_whatsapp_it_stands_in_the_text_and_is_found_again(twilio: FakeTwilio) -> None:
    read = twilio.settings().model_copy(update={"secret_key": KEY})
    texting = whatsapp_sender.sender_for(read)
    assert texting is not None
    delivery = test_whatsapp_sender.delivery(INVITED)
    receipt = texting.send(delivery)
    assert twilio.bodies == [
        f"North meets.\n\nPut it into your calendar:\n{links.of(read).address(PATH)}"
    ]
    assert texting.find(replace(delivery, part=0)) == receipt


def test_on_the_web_it_is_a_link_of_the_same_site(network: Network) -> None:
    read = web_settings().model_copy(update={"secret_key": KEY})
    with client_of(network, read) as client:
        member, token = link(network)
        client.post(f"/sign-in/{token}")
        asha = Browser(client, member)
        html = asha.says("calendar").html
        found = re.search(r'<a href="(/calendar/[^"?]+/all\.ics\?key=[^"]+)">', html)
        assert found is not None
        assert found[1] in client.get("/").text


def test_in_a_terminal_it_is_a_whole_address(
    network: Network, settings: Settings, now: datetime
) -> None:
    said = Terminal(network, "Asha", lambda: now, links.of(settings)).says("calendar")
    with network.database.writing() as session:
        member = members.named(session, "Asha")
        mark = calendars.marks(session, (member.id,))[member.id]
    address = links.of(settings).address(calendars.link("", mark).path)
    assert address in "\n".join(said)
    assert Links("", settings).address(PATH).startswith(PATH)


def test_a_command_typed_on_whatsapp_is_answered_with_the_signed_address(
    whatsapp_network: Network, twilio: FakeTwilio
) -> None:
    read = twilio.settings().model_copy(update={"secret_key": KEY})
    texting = whatsapp_sender.sender_for(read)
    hooks = TestClient(Starlette(routes=whatsapp.routes(whatsapp_network, read, texting)))
    (answer,) = said(post(hooks, form("calendar")))
    (address,) = re.findall(r"https://\S+", answer)
    path, _, key = address.removeprefix(PUBLIC).partition("?key=")
    assert links.of(read).genuine(path, key)
    assert said(post(hooks, form("calendar"))) == [answer]  # a repeat of the same webhook
