"""What Slack did not send, or not like this, is refused and leaves nothing behind."""

from __future__ import annotations

import json
import threading
from datetime import datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.app import Network
from bot.inbox import InboxMessage
from bot.messages import Inbound
from handlers import slack as slack_handler
from handlers.slack import bolt_app, routes
from handlers.slack_sender import SlackSender
from knowledge.database import DatabaseUnavailable
from tests.handlers.fake_provider import PATIENCE
from tests.handlers.fake_slack import BOARD, BOT, PATH, FakeSlack, event, post, signed
from tests.handlers.rows import count


def unsigned(headers: dict[str, str], **changed: str) -> dict[str, str]:
    return {name: value for name, value in (headers | changed).items() if value}


HELLO = json.dumps(event("hello")).encode()


FORGERIES = {
    "unsigned": {"Content-Type": "application/json"},
    "another secret": signed(HELLO, secret="x" * 32),
    "another body": signed(b"{}"),
    "no time": unsigned(signed(HELLO), **{"X-Slack-Request-Timestamp": ""}),
    "a time that is no number": unsigned(signed(HELLO), **{"X-Slack-Request-Timestamp": "now"}),
    "not ASCII": unsigned(signed(HELLO), **{"X-Slack-Signature": "å"}),
}


def test_a_forged_request_is_refused_and_nothing_is_kept(
    events: TestClient, network: Network
) -> None:
    for name, headers in FORGERIES.items():
        raw = {key.encode(): value.encode("latin-1") for key, value in headers.items()}
        response = events.post(PATH, content=HELLO, headers=raw)
        assert response.status_code == 401, name
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_a_request_is_good_for_five_minutes(events: TestClient) -> None:
    for age, status in [(290, 200), (310, 401), (-310, 401)]:
        assert post(events, event("hello"), age=age).status_code == status


NONSENSE = (
    b"{",
    b"[1, 2]",
    b'{"type": "event_callback"}',
    b'{"event": "none"}',
    b"payload=%7B",
    b"payload=%5B%5D",
    b"[" * 3_000,
    b'{"type": "event_callback", "event": {}}',
    b'{"type": "event_callback", "event": {"type": "message", "channel_type": "im"}}',
)


def test_what_slack_would_not_send_gets_one_line(events: TestClient, network: Network) -> None:
    for body in NONSENSE:
        response = post(events, body)
        assert response.status_code == 400, body
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_a_request_holds_two_megabytes(events: TestClient) -> None:
    room = slack_handler.MOST_BYTES - len(json.dumps(event("", user=BOT)))
    for over, status in [(-1, 200), (0, 200), (1, 413)]:
        said = event("y" * (room + over), user=BOT)
        assert post(events, said).status_code == status


def test_when_the_database_is_away_slack_is_asked_to_come_again(
    events: TestClient, network: Network, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> int:
        raise DatabaseUnavailable("locked")

    with monkeypatch.context() as patch:
        patch.setattr(network, "keep", away)
        assert post(events, event(BOARD)).status_code == 503
    assert post(events, event(BOARD)).status_code == 200
    slack.wait_for(1)


def test_when_keeping_takes_too_long_slack_is_asked_to_come_again(
    events: TestClient, network: Network, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, keep = threading.Event(), network.keep

    def slow(inbound: Inbound, *, now: datetime) -> int:
        assert released.wait(PATIENCE)
        return keep(inbound, now=now)

    monkeypatch.setattr(slack_handler, "KEEP_WITHIN", 0.05)
    with monkeypatch.context() as patch:
        patch.setattr(network, "keep", slow)
        assert post(events, event(BOARD)).status_code == 503
    released.set()
    monkeypatch.undo()
    assert post(events, event(BOARD)).status_code == 200
    slack.wait_for(1)


def test_where_slack_is_off_it_says_so(network: Network, slack: FakeSlack) -> None:
    response = TestClient(Starlette(routes=routes(None))).post(PATH, content=HELLO)
    assert (response.status_code, response.text) == (503, slack_handler.NOT_SET_UP)


def test_with_socket_mode_alone_nothing_is_taken_over_http(
    network: Network, slack: FakeSlack, posting: SlackSender
) -> None:
    alone = slack.settings(slack_signing_secret="", slack_app_token="xapp-1")
    bolt = bolt_app(network, alone, posting.client)
    assert bolt is not None
    response = post(TestClient(Starlette(routes=routes(bolt))), event("hello"))
    bolt.close()
    assert (response.status_code, response.text) == (404, slack_handler.ONLY_SOCKET)
