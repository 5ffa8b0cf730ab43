"""Slack's requests, end to end: kept, acknowledged, answered, once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.app import Network
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.inbox import InboxMessage
from bot.mailing import LEASE
from handlers import slack_inbound
from handlers.slack import OfficerApp, bolt_app, routes, start_socket_mode
from handlers.slack_sender import SlackSender
from tests.handlers.fake_provider import Said
from tests.handlers.fake_slack import (
    BOARD,
    BOT,
    DIRECT,
    FakeSlack,
    command,
    event,
    mention,
    post,
    press,
)
from tests.handlers.fake_socket import FakeSocket
from tests.handlers.rows import count, statuses


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [button for row in rows for button in row["elements"]]


def test_a_direct_message_is_acknowledged_and_answered(
    events: TestClient, slack: FakeSlack
) -> None:
    response = post(events, event(BOARD))
    assert (response.status_code, response.text) == (200, "")
    slack.wait_for(1)
    (answer,) = slack.messages
    assert answer["channel"] == DIRECT
    assert "terms of reference" in answer["text"]
    assert "4. Ask my peers" in answer["text"]
    assert [block["type"] for block in answer["blocks"]][-1] == "actions"


def test_a_newcomer_is_welcomed_and_answered_in_order(events: TestClient, slack: FakeSlack) -> None:
    post(events, event(BOARD, user="U2"))
    slack.wait_for(2)
    assert [text[:6] for text in slack.texts] == ["Hello.", "How ca"]


def test_a_mention_is_answered_in_its_thread(events: TestClient, slack: FakeSlack) -> None:
    post(events, mention(BOARD))
    slack.wait_for(1)
    assert slack.messages[0]["channel"] == "C1"
    assert slack.messages[0]["thread_ts"] == "1700000001.000100"
    assert "terms of reference" in slack.texts[0]


@pytest.mark.parametrize("text", ["commitments", "commit ring them", "reflections", "my data"])
def test_what_is_for_one_alone_is_not_told_in_a_channel(
    events: TestClient, slack: FakeSlack, text: str
) -> None:
    post(events, mention(text))
    slack.wait_for(1)
    assert {message["channel"] for message in slack.messages} == {DIRECT}


def test_a_command_is_answered_to_its_writer_alone(events: TestClient, slack: FakeSlack) -> None:
    response = post(events, command(BOARD))
    assert (response.status_code, response.text) == (200, "")
    slack.wait_for(1)
    assert (slack.messages[0]["shown_to"], slack.messages[0]["channel"]) == ("U1", "C1")


def test_a_command_where_the_bot_cannot_speak_is_answered_directly(
    events: TestClient, slack: FakeSlack
) -> None:
    slack.absent = {"C1"}
    post(events, command(BOARD))
    slack.wait_for(1)
    assert slack.messages[0]["channel"] == DIRECT


def test_a_button_is_answered_beside_its_message(events: TestClient, slack: FakeSlack) -> None:
    post(events, mention(BOARD))
    slack.wait_for(1)
    post(events, press(buttons(slack.messages[0])[0], channel_id="C1", thread_ts="1.2"))
    slack.wait_for(2)
    assert slack.texts[1].startswith("Good to know")
    assert (slack.messages[1]["channel"], slack.messages[1]["thread_ts"]) == ("C1", "1.2")


def test_a_file_without_words_is_answered_kindly(events: TestClient, slack: FakeSlack) -> None:
    post(events, event("", subtype="file_share", files=[{"id": "F1"}]))
    slack.wait_for(1)
    assert "only read text" in slack.texts[0]


def test_a_repeat_is_acknowledged_and_posts_nothing_again(
    events: TestClient, bolt: OfficerApp, slack: FakeSlack, network: Network
) -> None:
    post(events, event(BOARD))
    slack.wait_for(1)
    assert post(events, event(BOARD)).status_code == 200
    bolt.close()
    assert len(slack.messages) == 1
    assert [count(network, InboxMessage), count(network, DeliveryRow)] == [1, 1]


def test_repeats_at_the_same_moment_are_answered_once(
    events: TestClient, bolt: OfficerApp, slack: FakeSlack
) -> None:
    start = threading.Barrier(3)

    def repeat() -> None:
        start.wait()
        post(events, event(BOARD))

    threads = [threading.Thread(target=repeat) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bolt.close()
    assert len(slack.messages) == 1


def test_what_is_not_said_to_the_bot_is_acknowledged_and_forgotten(
    events: TestClient, network: Network
) -> None:
    for said in (
        event("hi", user=BOT),
        event("hi", bot_id="B1"),
        event("hi", subtype="message_changed"),
    ):
        assert post(events, said).status_code == 200
    assert count(network, InboxMessage) == 0


def test_slack_may_check_the_address(events: TestClient) -> None:
    response = post(events, {"type": "url_verification", "challenge": "abc"})
    assert response.status_code == 200
    assert "abc" in response.text


def kept(network: Network, said: dict[str, Any]) -> int:
    """Acknowledged and handled, and then the process was gone."""
    inbound = slack_inbound.read(said)
    assert inbound is not None
    inbox_id = network.keep(inbound, now=datetime.now(UTC))
    network.handle(inbox_id, now=datetime.now(UTC))
    return inbox_id


def test_a_crash_before_posting_is_made_good_once(
    events: TestClient, slack: FakeSlack, posting: SlackSender, network: Network
) -> None:
    kept(network, event(BOARD))
    later = datetime.now(UTC) + LEASE + timedelta(seconds=1)
    network.tick(later)
    network.tick(later + LEASE)
    assert len(slack.messages) == 1
    assert len(slack.called("conversations.history")) == 1


def test_a_crash_after_posting_is_seen_in_slack_and_not_posted_again(
    events: TestClient, slack: FakeSlack, posting: SlackSender, network: Network
) -> None:
    inbox_id = kept(network, mention(BOARD))
    posting.send(network.answers(inbox_id)[0])
    network.tick(datetime.now(UTC) + LEASE + timedelta(seconds=1))
    assert len(slack.messages) == 1
    assert statuses(network) == [DeliveryStatus.SENT]


def test_a_limit_at_slack_leaves_the_answer_to_the_worker(
    events: TestClient, bolt: OfficerApp, slack: FakeSlack, network: Network
) -> None:
    slack.fails = [Said({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "30"})]
    post(events, event(BOARD))
    bolt.close()
    assert slack.messages == []
    network.tick(datetime.now(UTC) + timedelta(seconds=31))
    assert len(slack.messages) == 1
    assert statuses(network) == [DeliveryStatus.SENT]


def test_socket_mode_goes_the_same_way(
    bolt: OfficerApp, slack: FakeSlack, network: Network
) -> None:
    payload = SocketModeRequest(type="events_api", envelope_id="1", payload=event(BOARD))
    assert run_bolt_app(bolt, payload).status == 200
    slack.wait_for(1)
    assert count(network, InboxMessage) == 1


def test_socket_mode_listens_to_slack_and_acknowledges(bolt: OfficerApp, slack: FakeSlack) -> None:
    with FakeSocket() as socket:
        slack.socket = socket.url
        handler = start_socket_mode(bolt, slack.settings(slack_app_token="xapp-1"))
        try:
            assert socket.acknowledged(event(BOARD)) == {"envelope_id": "envelope"}
            slack.wait_for(1)
        finally:
            handler.close()


def test_variables_of_another_slack_app_in_the_environment_change_nothing(
    slack_network: Network,
    slack: FakeSlack,
    posting: SlackSender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "xoxb-other")
    bolt = bolt_app(slack_network, slack.settings(), posting.client)
    assert bolt is not None
    assert post(TestClient(Starlette(routes=routes(bolt))), event(BOARD)).status_code == 200
    slack.wait_for(1)
    bolt.close()
