"""The network with a challenges channel, and where Slack posts what is said there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.app import Network
from bot.messages import Channel
from bot.rules import Rules
from handlers.slack import OfficerApp, bolt_app, routes
from handlers.slack_board import SlackBoard
from handlers.slack_sender import SlackSender
from tests.handlers.board.channel import BOARD
from tests.handlers.fake_slack import FakeSlack


@pytest.fixture
def board_network(network: Network, posting: SlackSender, slack: FakeSlack) -> Network:
    settings = slack.settings(slack_challenges_channel=BOARD)
    network.board = SlackBoard(posting.client, settings)
    network.senders = {**network.senders, Channel.SLACK: posting}
    network._rules = Rules(frozenset({Channel.SLACK}))
    return network


@pytest.fixture
def channel(
    board_network: Network, slack: FakeSlack, posting: SlackSender
) -> Iterator[tuple[TestClient, OfficerApp]]:
    settings = slack.settings(slack_challenges_channel=BOARD)
    bolt = bolt_app(board_network, settings, posting.client)
    assert bolt is not None
    yield TestClient(Starlette(routes=routes(bolt))), bolt
    bolt.close()
