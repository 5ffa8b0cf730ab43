"""Sending through Slack's Web API: places, failures, and looking before sending again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import Delivery, DeliveryStatus, SendLater, SendRefused
from bot.messages import Channel, Outgoing
from bot.settings import read_settings
from handlers.slack_place import Place
from handlers.slack_sender import SlackSender, sender_for
from tests.handlers import specification
from tests.handlers.fake_provider import Said
from tests.handlers.fake_slack import DIRECT, FakeSlack
from tests.handlers.golden import CARD, TEXT

LONG = replace(CARD, solutions=("a" * 2_500, "b" * 2_500))


def delivery(content: Outgoing = TEXT, place: Place | None = None, part: int = 0) -> Delivery:
    return Delivery(
        id=1,
        ref="ref1",
        channel=Channel.SLACK,
        address="T1:U1",
        place=(place or Place(DIRECT)).stored(),
        content=content,
        prompt=None,
        part=part,
        created_at=datetime.now(UTC),
        via=None,
        status=DeliveryStatus.WAITING,
    )


@pytest.mark.skipif(not specification.present(), reason=specification.ABSENT)
def test_requests_are_checked_against_what_slack_publishes(
    slack: FakeSlack, posting: SlackSender
) -> None:
    posting.client.chat_postMessage(channel="C1", text="x", markdown="x")
    assert len(slack.faults) == 1
    slack.faults.clear()


def test_metadata_holds_an_opaque_reference_alone(slack: FakeSlack, posting: SlackSender) -> None:
    receipt = posting.send(delivery())
    (posted,) = slack.called("chat.postMessage")
    assert posted["metadata"] == {"event_type": "als_delivery", "event_payload": {"ref": "ref1"}}
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)
    assert posted["text"] == TEXT.text
    assert receipt.provider_ref == f"{DIRECT}:{slack.messages[0]['ts']}"
    assert "thread_ts" not in posted


def test_an_answer_goes_into_its_thread(slack: FakeSlack, posting: SlackSender) -> None:
    posting.send(delivery(place=Place("C1", "1.2")))
    assert (slack.messages[0]["channel"], slack.messages[0]["thread_ts"]) == ("C1", "1.2")


def test_a_message_without_a_place_goes_to_the_direct_conversation(
    slack: FakeSlack, posting: SlackSender
) -> None:
    posting.send(delivery(place=Place()))
    assert slack.called("conversations.open") == [{"users": "U1"}]
    assert slack.messages[0]["channel"] == DIRECT


def test_what_is_for_one_person_is_shown_to_nobody_else(
    slack: FakeSlack, posting: SlackSender
) -> None:
    posting.send(delivery(place=Place("C1", only_for="U1")))
    assert [slack.messages[0]["shown_to"], slack.messages[0]["channel"]] == ["U1", "C1"]
    assert slack.called("chat.postMessage") == []


def test_where_the_bot_cannot_speak_one_person_is_told_directly(
    slack: FakeSlack, posting: SlackSender
) -> None:
    slack.absent = {"C1"}
    posting.send(delivery(place=Place("C1", only_for="U1")))
    assert [slack.messages[0]["shown_to"], slack.messages[0]["channel"]] == ["", DIRECT]


def test_a_long_card_is_sent_in_pieces(slack: FakeSlack, posting: SlackSender) -> None:
    assert posting.send(delivery(LONG)).more is True
    assert posting.send(delivery(LONG, part=1)).more is False
    assert ["b" * 2_500 in text for text in slack.texts] == [False, True]
    with pytest.raises(SendRefused, match="nothing to say"):
        posting.send(delivery(LONG, part=2))


@pytest.mark.parametrize(
    ("said", "after"),
    [
        (Said({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "30"}), 30),
        (Said({"ok": False, "error": "ratelimited"}), None),
        (Said({"ok": False, "error": "invalid_auth"}), None),
        (Said({"ok": False, "error": "internal_error"}), None),
        (Said({"ok": False, "error": "x"}, 503), None),
        (Said(None, 502), None),
        (Said(None, 200), None),
    ],
)
def test_what_time_may_mend_is_sent_later(
    slack: FakeSlack, posting: SlackSender, said: Said, after: int | None
) -> None:
    slack.fails = [said]
    with pytest.raises(SendLater) as caught:
        posting.send(delivery())
    assert caught.value.after == (timedelta(seconds=after) if after else None)
    posting.send(delivery())
    assert len(slack.messages) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "account_inactive"])
def test_a_refusal_is_told_by_its_code(slack: FakeSlack, posting: SlackSender, code: str) -> None:
    slack.fails = [Said({"ok": False, "error": code})]
    with pytest.raises(SendRefused, match=f"^{code}$"):
        posting.send(delivery())


def test_a_slack_that_is_away_is_tried_later(slack: FakeSlack) -> None:
    away = sender_for(slack.settings(slack_api_url="http://127.0.0.1:9"))
    assert away is not None
    for act in (away.send, away.find):
        with pytest.raises(SendLater):
            act(delivery())
    with pytest.raises(SendLater):
        away.send(delivery(place=Place("C1", only_for="U1")))


def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(
    slack: FakeSlack, posting: SlackSender
) -> None:
    slack.fails = [Said(None, lost=True)]
    assert posting.send(delivery()).provider_ref == f"{DIRECT}:{slack.messages[0]['ts']}"
    assert len(slack.messages) == 1


@pytest.mark.parametrize("place", [Place(DIRECT), Place("C1", "1.2"), Place()], ids=repr)
def test_what_was_sent_is_found_piece_by_piece(
    slack: FakeSlack, posting: SlackSender, place: Place
) -> None:
    assert posting.find(delivery(LONG, place)) is None
    first = posting.send(delivery(LONG, place))
    assert posting.find(delivery(LONG, place)) == first
    assert posting.find(delivery(LONG, place, part=1)) is None
    second = posting.send(delivery(LONG, place, part=1))
    assert posting.find(delivery(LONG, place, part=1)) == second


def test_another_delivery_is_not_taken_for_this_one(slack: FakeSlack, posting: SlackSender) -> None:
    posting.send(replace(delivery(), ref="another"))
    assert posting.find(delivery()) is None


def test_what_one_person_may_have_seen_is_not_shown_twice(
    slack: FakeSlack, posting: SlackSender
) -> None:
    alone = delivery(place=Place("C1", only_for="U1"))
    with pytest.raises(SendRefused, match="not known"):
        posting.find(alone)
    slack.fails = [Said(None, lost=True)]
    with pytest.raises(SendRefused, match="not known"):
        posting.send(alone)
    assert len(slack.messages) == 1


def test_there_is_no_sender_where_slack_is_off() -> None:
    assert sender_for(read_settings(None)) is None
