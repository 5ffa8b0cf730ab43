"""Slack's requests, end to end: kept, acknowledged, answered, once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import members
from bot.app import Network
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.inbox import InboxMessage
from bot.members import Role
from bot.messages import Channel, Inbound
from bot.outbox import LEASE
from bot.settings import Settings, read_settings
from handlers import slack as slack_handler
from handlers import slack_inbound
from handlers.slack import OfficerApp, bolt_app, routes, start_socket_mode
from handlers.slack_sender import SlackSender, sender_for
from knowledge.database import DatabaseUnavailable
from tests.handlers.fake_provider import PATIENCE, Said
from tests.handlers.fake_slack import (
    BOT,
    DIRECT,
    SECRET,
    TOKEN,
    FakeSlack,
    command,
    event,
    mention,
    press,
    signed,
)
from tests.handlers.fake_socket import FakeSocket

BOARD = "how do we work better with our partnership board?"
PATH = "/slack/events"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake
    assert fake.faults == []


def settings(slack: FakeSlack, **more: str) -> Settings:
    return read_settings(
        None,
        slack_bot_token=TOKEN,
        slack_api_url=f"{slack.url}/api",
        **{"slack_signing_secret": SECRET, **more},
    )


@pytest.fixture
def sender(network: Network, slack: FakeSlack) -> SlackSender:
    """Asha is a member who has been welcomed."""
    now = datetime.now(UTC)
    with network.database.writing() as session:
        asha = members.add(session, "Asha", Role.OFFICER, now=now)
        members.connect(session, asha, Channel.SLACK, "T1:U1", now=now)
        asha.welcomed_at = now
    made = sender_for(settings(slack))
    assert made is not None
    network.senders = {**network.senders, Channel.SLACK: made}
    return made


@pytest.fixture
def app(network: Network, slack: FakeSlack, sender: SlackSender) -> Iterator[OfficerApp]:
    made = bolt_app(network, settings(slack), sender.client)
    assert made is not None
    yield made
    made.close()


@pytest.fixture
def client(app: OfficerApp) -> TestClient:
    return TestClient(Starlette(routes=routes(app)))


def post(client: TestClient, said: dict[str, Any] | bytes, **how: Any) -> Any:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return client.post(PATH, content=body, headers=signed(body, **how))


def count(network: Network, table: type[InboxMessage | DeliveryRow]) -> int:
    with network.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def statuses(network: Network) -> list[DeliveryStatus]:
    with network.database.reading() as session:
        return list(session.scalars(select(DeliveryRow.status).order_by(DeliveryRow.id)))


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [button for row in rows for button in row["elements"]]


def test_a_direct_message_is_acknowledged_and_answered(
    client: TestClient, slack: FakeSlack
) -> None:
    response = post(client, event(BOARD))
    assert (response.status_code, response.text) == (200, "")
    slack.wait_for(1)
    (answer,) = slack.messages
    assert answer["channel"] == DIRECT
    assert "terms of reference" in answer["text"]
    assert "4. Ask my peers" in answer["text"]
    assert [block["type"] for block in answer["blocks"]][-1] == "actions"


def test_a_newcomer_is_welcomed_and_answered_in_order(client: TestClient, slack: FakeSlack) -> None:
    post(client, event(BOARD, user="U2"))
    slack.wait_for(2)
    assert [text[:6] for text in slack.texts] == ["Hello.", "How ca"]


def test_a_mention_is_answered_in_its_thread(client: TestClient, slack: FakeSlack) -> None:
    post(client, mention(BOARD))
    slack.wait_for(1)
    assert slack.messages[0]["channel"] == "C1"
    assert slack.messages[0]["thread_ts"] == "1700000001.000100"
    assert "terms of reference" in slack.texts[0]


def test_a_command_is_answered_to_its_writer_alone(client: TestClient, slack: FakeSlack) -> None:
    response = post(client, command(BOARD))
    assert (response.status_code, response.text) == (200, "")
    slack.wait_for(1)
    assert (slack.messages[0]["shown_to"], slack.messages[0]["channel"]) == ("U1", "C1")


def test_a_command_where_the_bot_cannot_speak_is_answered_directly(
    client: TestClient, slack: FakeSlack
) -> None:
    slack.absent = {"C1"}
    post(client, command(BOARD))
    slack.wait_for(1)
    assert slack.messages[0]["channel"] == DIRECT


def test_a_button_is_answered_beside_its_message(client: TestClient, slack: FakeSlack) -> None:
    post(client, mention(BOARD))
    slack.wait_for(1)
    post(client, press(buttons(slack.messages[0])[0], channel_id="C1", thread_ts="1.2"))
    slack.wait_for(2)
    assert slack.texts[1].startswith("Good to know")
    assert (slack.messages[1]["channel"], slack.messages[1]["thread_ts"]) == ("C1", "1.2")


def test_a_file_without_words_is_answered_kindly(client: TestClient, slack: FakeSlack) -> None:
    post(client, event("", subtype="file_share", files=[{"id": "F1"}]))
    slack.wait_for(1)
    assert "only read text" in slack.texts[0]


def test_a_repeat_is_acknowledged_and_posts_nothing_again(
    client: TestClient, app: OfficerApp, slack: FakeSlack, network: Network
) -> None:
    post(client, event(BOARD))
    slack.wait_for(1)
    assert post(client, event(BOARD)).status_code == 200
    app.close()
    assert len(slack.messages) == 1
    assert [count(network, InboxMessage), count(network, DeliveryRow)] == [1, 1]


def test_repeats_at_the_same_moment_are_answered_once(
    client: TestClient, app: OfficerApp, slack: FakeSlack
) -> None:
    start = threading.Barrier(3)

    def repeat() -> None:
        start.wait()
        post(client, event(BOARD))

    threads = [threading.Thread(target=repeat) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    app.close()
    assert len(slack.messages) == 1


def test_what_is_not_said_to_the_bot_is_acknowledged_and_forgotten(
    client: TestClient, network: Network
) -> None:
    for said in (
        event("hi", user=BOT),
        event("hi", bot_id="B1"),
        event("hi", subtype="message_changed"),
    ):
        assert post(client, said).status_code == 200
    assert count(network, InboxMessage) == 0


def test_slack_may_check_the_address(client: TestClient) -> None:
    response = post(client, {"type": "url_verification", "challenge": "abc"})
    assert response.status_code == 200
    assert "abc" in response.text


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
    client: TestClient, network: Network
) -> None:
    for name, headers in FORGERIES.items():
        raw = {key.encode(): value.encode("latin-1") for key, value in headers.items()}
        response = client.post(PATH, content=HELLO, headers=raw)
        assert response.status_code == 401, name
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_a_request_is_good_for_five_minutes(client: TestClient) -> None:
    for age, status in [(290, 200), (310, 401), (-310, 401)]:
        assert post(client, event("hello"), age=age).status_code == status


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


def test_what_slack_would_not_send_gets_one_line(client: TestClient, network: Network) -> None:
    for body in NONSENSE:
        response = post(client, body)
        assert response.status_code == 400, body
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_a_request_holds_two_megabytes(client: TestClient) -> None:
    room = slack_handler.MOST_BYTES - len(json.dumps(event("", user=BOT)))
    for over, status in [(-1, 200), (0, 200), (1, 413)]:
        said = event("y" * (room + over), user=BOT)
        assert post(client, said).status_code == status


def test_when_the_database_is_away_slack_is_asked_to_come_again(
    client: TestClient, network: Network, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> int:
        raise DatabaseUnavailable("locked")

    with monkeypatch.context() as patch:
        patch.setattr(network, "keep", away)
        assert post(client, event(BOARD)).status_code == 503
    assert post(client, event(BOARD)).status_code == 200
    slack.wait_for(1)


def test_when_keeping_takes_too_long_slack_is_asked_to_come_again(
    client: TestClient, network: Network, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, keep = threading.Event(), network.keep

    def slow(inbound: Inbound, *, now: datetime) -> int:
        assert released.wait(PATIENCE)
        return keep(inbound, now=now)

    monkeypatch.setattr(slack_handler, "KEEP_WITHIN", 0.05)
    with monkeypatch.context() as patch:
        patch.setattr(network, "keep", slow)
        assert post(client, event(BOARD)).status_code == 503
    released.set()
    monkeypatch.undo()
    assert post(client, event(BOARD)).status_code == 200
    slack.wait_for(1)


def kept(network: Network, said: dict[str, Any]) -> int:
    """Acknowledged and handled, and then the process was gone."""
    inbound = slack_inbound.read(said)
    assert inbound is not None
    inbox_id = network.keep(inbound, now=datetime.now(UTC))
    network.handle(inbox_id, now=datetime.now(UTC))
    return inbox_id


def test_a_crash_before_posting_is_made_good_once(
    slack: FakeSlack, sender: SlackSender, network: Network
) -> None:
    kept(network, event(BOARD))
    later = datetime.now(UTC) + LEASE + timedelta(seconds=1)
    network.tick(later)
    network.tick(later + LEASE)
    assert len(slack.messages) == 1
    assert len(slack.called("conversations.history")) == 1


def test_a_crash_after_posting_is_seen_in_slack_and_not_posted_again(
    slack: FakeSlack, sender: SlackSender, network: Network
) -> None:
    inbox_id = kept(network, mention(BOARD))
    sender.send(network.answers(inbox_id)[0])
    network.tick(datetime.now(UTC) + LEASE + timedelta(seconds=1))
    assert len(slack.messages) == 1
    assert statuses(network) == [DeliveryStatus.SENT]


def test_a_limit_at_slack_leaves_the_answer_to_the_worker(
    client: TestClient, app: OfficerApp, slack: FakeSlack, network: Network
) -> None:
    slack.fails = [Said({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "30"})]
    post(client, event(BOARD))
    app.close()
    assert slack.messages == []
    network.tick(datetime.now(UTC) + timedelta(seconds=31))
    assert len(slack.messages) == 1
    assert statuses(network) == [DeliveryStatus.SENT]


def test_socket_mode_goes_the_same_way(app: OfficerApp, slack: FakeSlack, network: Network) -> None:
    payload = SocketModeRequest(type="events_api", envelope_id="1", payload=event(BOARD))
    assert run_bolt_app(app, payload).status == 200
    slack.wait_for(1)
    assert count(network, InboxMessage) == 1


def test_socket_mode_listens_to_slack_and_acknowledges(app: OfficerApp, slack: FakeSlack) -> None:
    with FakeSocket() as socket:
        slack.socket = socket.url
        handler = start_socket_mode(app, settings(slack, slack_app_token="xapp-1"))
        try:
            assert socket.acknowledged(event(BOARD)) == {"envelope_id": "envelope"}
            slack.wait_for(1)
        finally:
            handler.close()  # type: ignore[no-untyped-call]


def test_with_socket_mode_alone_nothing_is_taken_over_http(
    network: Network, slack: FakeSlack, sender: SlackSender
) -> None:
    alone = settings(slack, slack_signing_secret="", slack_app_token="xapp-1")
    app = bolt_app(network, alone, sender.client)
    assert app is not None
    response = post(TestClient(Starlette(routes=routes(app))), event("hello"))
    app.close()
    assert (response.status_code, response.text) == (404, slack_handler.ONLY_SOCKET)


def test_variables_of_another_slack_app_in_the_environment_change_nothing(
    network: Network, slack: FakeSlack, sender: SlackSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "xoxb-other")
    app = bolt_app(network, settings(slack), sender.client)
    assert app is not None
    assert post(TestClient(Starlette(routes=routes(app))), event(BOARD)).status_code == 200
    slack.wait_for(1)
    app.close()


def test_where_slack_is_off_it_says_so(network: Network, slack: FakeSlack) -> None:
    response = TestClient(Starlette(routes=routes(None))).post(PATH, content=HELLO)
    assert (response.status_code, response.text) == (503, slack_handler.NOT_SET_UP)
