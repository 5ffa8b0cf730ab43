"""The two providers as fakes, and the bot's ends of both channels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.app import Network
from bot.messages import Channel
from handlers import slack as slack_handler
from handlers import slack_sender, whatsapp, whatsapp_sender
from handlers.slack import OfficerApp
from handlers.slack_sender import SlackSender
from handlers.whatsapp_sender import WhatsAppSender
from tests.handlers.fake_slack import FakeSlack
from tests.handlers.fake_twilio import ASHA, FakeTwilio
from tests.handlers.rows import asha


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
def texting(twilio: FakeTwilio) -> WhatsAppSender:
    made = whatsapp_sender.sender_for(twilio.settings())
    assert made is not None
    return made


@pytest.fixture
def whatsapp_network(network: Network, texting: WhatsAppSender) -> Network:
    """Asha is a member who has been welcomed."""
    asha(network, Channel.WHATSAPP, ASHA)
    network.senders = {**network.senders, Channel.WHATSAPP: texting}
    return network


@pytest.fixture
def hooks(whatsapp_network: Network, twilio: FakeTwilio, texting: WhatsAppSender) -> TestClient:
    """Where Twilio posts to; the address it signs is another."""
    routes = whatsapp.routes(whatsapp_network, twilio.settings(), texting)
    return TestClient(Starlette(routes=routes), base_url="http://inside:8000")


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
def posting(slack: FakeSlack) -> SlackSender:
    made = slack_sender.sender_for(slack.settings())
    assert made is not None
    return made


@pytest.fixture
def slack_network(network: Network, posting: SlackSender) -> Network:
    """Asha is a member who has been welcomed."""
    asha(network, Channel.SLACK, "T1:U1")
    network.senders = {**network.senders, Channel.SLACK: posting}
    return network


@pytest.fixture
def bolt(slack_network: Network, slack: FakeSlack, posting: SlackSender) -> Iterator[OfficerApp]:
    made = slack_handler.bolt_app(slack_network, slack.settings(), posting.client)
    assert made is not None
    yield made
    made.close()


@pytest.fixture
def events(bolt: OfficerApp) -> TestClient:
    """Where Slack posts to."""
    return TestClient(Starlette(routes=slack_handler.routes(bolt)))
