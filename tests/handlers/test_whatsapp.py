"""Twilio's webhooks, end to end: a signed form in, answers out, once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.datastructures import FormData
from starlette.testclient import TestClient

from bot.app import LEFT_BEHIND, Network
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.inbox import InboxMessage
from bot.mailing import LEASE
from handlers import whatsapp, whatsapp_templates
from handlers.whatsapp_sender import STATUS_PATH, WhatsAppSender
from tests.handlers.fake_provider import Said
from tests.handlers.fake_twilio import ASHA, MESSAGES, FakeTwilio, form, post, said
from tests.handlers.golden import CARD
from tests.handlers.rows import count, statuses


def test_a_question_is_answered_in_the_response(hooks: TestClient, twilio: FakeTwilio) -> None:
    (answer,) = said(post(hooks, form()))
    assert answer.count("terms of reference") == 1
    assert "6. " in answer
    assert "Reply with a number" in answer
    assert twilio.messages == []


def test_a_number_chooses_and_so_does_a_tap(hooks: TestClient) -> None:
    said(post(hooks, form()))
    (thanks,) = said(post(hooks, form("1", 2)))
    assert thanks.startswith("Good to know")
    (tapped,) = said(post(hooks, form("Themes", 3, ListId="say:themes")))
    assert "Pick a theme" in tapped


@pytest.mark.parametrize("field", ["ButtonPayload", "ListId"])
def test_what_was_tapped_is_a_choice(field: str) -> None:
    inbound = whatsapp.read(FormData(form("This helped") | {field: "helped:a1"}))
    assert (inbound.choice, inbound.text) == ("helped:a1", "This helped")


def test_a_repeat_gets_the_same_bytes_and_changes_nothing(
    hooks: TestClient, network: Network
) -> None:
    first = post(hooks, form())
    again = post(hooks, form())
    assert first.content == again.content
    assert len(said(first)) == 1
    assert [count(network, InboxMessage), count(network, DeliveryRow)] == [1, 1]


def test_repeats_at_the_same_moment_are_answered_alike_and_once(
    hooks: TestClient, network: Network
) -> None:
    start, contents = threading.Barrier(3), []

    def repeat() -> None:
        start.wait()
        contents.append(post(hooks, form()).content)

    threads = [threading.Thread(target=repeat) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(contents)) == 1
    assert len(contents) == 3
    assert count(network, DeliveryRow) == 1


def test_a_stranger_is_asked_for_an_invitation(hooks: TestClient) -> None:
    (answer,) = said(post(hooks, form(From="whatsapp:+447700900999")))
    assert "by invitation" in answer


def test_with_templates_everything_goes_through_the_api_in_order(
    hooks: TestClient, twilio: FakeTwilio, texting: WhatsAppSender, network: Network
) -> None:
    whatsapp_templates.push(texting.client)
    response = post(hooks, form())
    assert said(response) == []
    assert ["terms of reference" in body for body in twilio.bodies] == [True, False]
    assert twilio.bodies[1] == "What next?"
    assert "ContentSid" in twilio.asked_for("POST", MESSAGES)[1].fields
    assert post(hooks, form()).content == response.content
    assert len(twilio.messages) == 2
    assert statuses(network) == [DeliveryStatus.SENT]


def test_what_left_in_a_response_stays_there_though_templates_come(
    hooks: TestClient, twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    first = post(hooks, form())
    whatsapp_templates.push(texting.client)
    texting._templates = whatsapp_templates.Templates(texting.client)
    assert texting.shows_list(CARD)
    assert post(hooks, form()).content == first.content
    assert twilio.messages == []


def test_a_limit_at_twilio_leaves_the_answer_to_the_worker(
    hooks: TestClient, twilio: FakeTwilio, texting: WhatsAppSender, network: Network
) -> None:
    whatsapp_templates.push(texting.client)
    twilio.fails = [Said({"code": 20429}, 429, {"Retry-After": "7"})]
    assert said(post(hooks, form())) == []
    assert twilio.messages == []
    network.tick(datetime.now(UTC) + timedelta(seconds=8))
    assert len(twilio.messages) == 2
    assert twilio.asked_for("GET", MESSAGES) == []


def test_a_crash_before_sending_is_made_good_once(
    hooks: TestClient, twilio: FakeTwilio, texting: WhatsAppSender, network: Network
) -> None:
    """Committed, and then the process was gone: neither TwiML nor REST."""
    inbound = whatsapp.read(FormData(form()))
    network.handle(network.keep(inbound, now=datetime.now(UTC)), now=datetime.now(UTC))
    later = datetime.now(UTC) + LEASE + timedelta(seconds=1)
    network.tick(later)
    network.tick(later + LEASE)
    assert len(twilio.messages) == 1
    assert len(twilio.asked_for("GET", MESSAGES)) == 1
    assert said(post(hooks, form())) == []


def test_a_crash_after_sending_is_seen_at_twilio_and_not_sent_again(
    hooks: TestClient, twilio: FakeTwilio, texting: WhatsAppSender, network: Network
) -> None:
    inbound = whatsapp.read(FormData(form()))
    inbox_id = network.keep(inbound, now=datetime.now(UTC))
    network.handle(inbox_id, now=datetime.now(UTC))
    texting.send(network.answers(inbox_id)[0])
    network.tick(datetime.now(UTC) + LEASE + timedelta(seconds=1))
    assert len(twilio.messages) == 1
    assert statuses(network) == [DeliveryStatus.SENT]


def test_a_message_that_a_crash_left_in_the_inbox_is_answered_by_the_worker(
    hooks: TestClient, twilio: FakeTwilio, texting: WhatsAppSender, network: Network
) -> None:
    network.keep(whatsapp.read(FormData(form())), now=datetime.now(UTC))
    network.tick(datetime.now(UTC) + LEFT_BEHIND)
    network.tick(datetime.now(UTC) + LEFT_BEHIND + LEASE + timedelta(seconds=1))
    assert len(twilio.messages) == 1


@pytest.mark.parametrize(
    ("fields", "attachments"),
    [
        ({"NumMedia": "2"}, 2),
        ({"NumMedia": "²"}, 0),
        ({"NumMedia": "9999"}, 0),
        ({"Latitude": "51.5", "Longitude": "0.1"}, 1),
        ({"MessageType": "contacts"}, 1),
        ({"MessageType": "text"}, 0),
        ({}, 0),
        ({"MessageType": "location", "Body": "Town Hall"}, 0),
    ],
)
def test_wordless_messages_count_as_attachments(fields: dict[str, str], attachments: int) -> None:
    inbound = whatsapp.read(FormData(form("") | fields))
    assert inbound.attachments == attachments


def test_a_photo_is_answered_kindly(hooks: TestClient) -> None:
    (answer,) = said(post(hooks, form("", NumMedia="1", MediaUrl0="https://example.org/1.jpg")))
    assert "only read text" in answer


def test_an_address_is_written_in_one_way() -> None:
    inbound = whatsapp.read(FormData(form(From="whatsapp:+44 7700 900123")))
    assert inbound.address == ASHA


def test_a_status_moves_forward_and_is_told_when_it_fails(
    hooks: TestClient, twilio: FakeTwilio, texting: WhatsAppSender, network: Network
) -> None:
    whatsapp_templates.push(texting.client)
    post(hooks, form())
    report = {"MessageSid": twilio.messages[1]["sid"], "MessageStatus": "undelivered"}
    report["ErrorCode"] = "63024"
    path = STATUS_PATH
    assert post(hooks, report, path).status_code == 200
    with network.database.reading() as session:
        row = session.scalars(select(DeliveryRow)).one()
        assert (row.status, row.reason) == (DeliveryStatus.FAILED, "63024")
    assert post(hooks, {**report, "MessageSid": "SMunknown"}, path).status_code == 200
    assert post(hooks, {"MessageSid": "SM1"}, path).status_code == 400
    assert hooks.post(path, data=report).status_code == 403
