"""Twilio's webhooks, end to end: a signed form in, answers out, once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import members
from bot.app import LEFT_BEHIND, Network
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.inbox import InboxMessage
from bot.members import Role
from bot.messages import Channel
from bot.outbox import LEASE
from bot.settings import read_settings
from handlers import whatsapp, whatsapp_templates
from handlers.whatsapp_sender import WhatsAppSender, sender_for
from knowledge.database import DatabaseUnavailable
from tests.handlers.fake_provider import Said
from tests.handlers.fake_twilio import ACCOUNT, MESSAGES, NUMBER, PUBLIC, TOKEN, FakeTwilio, signed
from tests.handlers.golden import CARD

ASHA = "whatsapp:+447700900123"
BOARD = "how do we work better with our partnership board?"
PATH = "/whatsapp/messages"


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
def sender(network: Network, twilio: FakeTwilio) -> WhatsAppSender:
    """Asha is a member who has been welcomed."""
    now = datetime.now(UTC)
    with network.database.writing() as session:
        asha = members.add(session, "Asha", Role.OFFICER, now=now)
        members.connect(session, asha, Channel.WHATSAPP, ASHA, now=now)
        asha.welcomed_at = now
    made = sender_for(settings(twilio))
    assert made is not None
    network.senders = {**network.senders, Channel.WHATSAPP: made}
    return made


def settings(twilio: FakeTwilio) -> Any:
    return read_settings(
        None,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_whatsapp_from=NUMBER,
        twilio_api_url=twilio.url,
        public_url=PUBLIC,
    )


@pytest.fixture
def client(network: Network, twilio: FakeTwilio, sender: WhatsAppSender) -> TestClient:
    routes = whatsapp.routes(network, settings(twilio), sender)
    return TestClient(Starlette(routes=routes), base_url="http://inside:8000")


def form(text: str = BOARD, number: int = 1, **more: str) -> dict[str, str]:
    given = {"MessageSid": f"SM{number}", "From": ASHA, "To": f"whatsapp:{NUMBER}", "Body": text}
    return given | {"NumMedia": "0"} | more


def post(client: TestClient, fields: dict[str, str], path: str = PATH) -> Any:
    return client.post(path, data=fields, headers=signed(path, fields))


def said(response: Any) -> list[str]:
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/xml")
    document = ElementTree.fromstring(response.text)  # noqa: S314 - our own
    assert document.tag == "Response"
    return [message.text or "" for message in document]


def count(network: Network, table: type[InboxMessage | DeliveryRow]) -> int:
    with network.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def statuses(network: Network) -> list[DeliveryStatus]:
    with network.database.reading() as session:
        return list(session.scalars(select(DeliveryRow.status).order_by(DeliveryRow.id)))


def test_a_question_is_answered_in_the_response(client: TestClient, twilio: FakeTwilio) -> None:
    (answer,) = said(post(client, form()))
    assert answer.count("terms of reference") == 1
    assert "6. " in answer
    assert "Reply with a number" in answer
    assert twilio.messages == []


def test_a_number_chooses_and_so_does_a_tap(client: TestClient) -> None:
    said(post(client, form()))
    (thanks,) = said(post(client, form("1", 2)))
    assert thanks.startswith("Good to know")
    (tapped,) = said(post(client, form("Themes", 3, ListId="say:themes")))
    assert "Pick a theme" in tapped


@pytest.mark.parametrize("field", ["ButtonPayload", "ListId"])
def test_what_was_tapped_is_a_choice(field: str) -> None:
    inbound = whatsapp.read(whatsapp.FormData(form("This helped") | {field: "helped:a1"}))
    assert (inbound.choice, inbound.text) == ("helped:a1", "This helped")


def test_a_repeat_gets_the_same_bytes_and_changes_nothing(
    client: TestClient, network: Network
) -> None:
    first = post(client, form())
    again = post(client, form())
    assert first.content == again.content
    assert len(said(first)) == 1
    assert [count(network, InboxMessage), count(network, DeliveryRow)] == [1, 1]


def test_repeats_at_the_same_moment_are_answered_alike_and_once(
    client: TestClient, network: Network
) -> None:
    start, contents = threading.Barrier(3), []

    def repeat() -> None:
        start.wait()
        contents.append(post(client, form()).content)

    threads = [threading.Thread(target=repeat) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(contents)) == 1
    assert len(contents) == 3
    assert count(network, DeliveryRow) == 1


def test_a_stranger_is_asked_for_an_invitation(client: TestClient) -> None:
    (answer,) = said(post(client, form(From="whatsapp:+447700900999")))
    assert "by invitation" in answer


def test_with_templates_everything_goes_through_the_api_in_order(
    client: TestClient, twilio: FakeTwilio, sender: WhatsAppSender, network: Network
) -> None:
    whatsapp_templates.push(sender.client)
    response = post(client, form())
    assert said(response) == []
    assert ["terms of reference" in body for body in twilio.bodies] == [True, False]
    assert twilio.bodies[1] == "What next?"
    assert "ContentSid" in twilio.asked_for("POST", MESSAGES)[1].fields
    assert post(client, form()).content == response.content
    assert len(twilio.messages) == 2
    assert statuses(network) == [DeliveryStatus.SENT]


def test_what_left_in_a_response_stays_there_though_templates_come(
    client: TestClient, twilio: FakeTwilio, sender: WhatsAppSender
) -> None:
    first = post(client, form())
    whatsapp_templates.push(sender.client)
    sender._templates = whatsapp_templates.Templates(sender.client)
    assert sender.shows_list(CARD)
    assert post(client, form()).content == first.content
    assert twilio.messages == []


def test_a_limit_at_twilio_leaves_the_answer_to_the_worker(
    client: TestClient, twilio: FakeTwilio, sender: WhatsAppSender, network: Network
) -> None:
    whatsapp_templates.push(sender.client)
    twilio.fails = [Said({"code": 20429}, 429, {"Retry-After": "7"})]
    assert said(post(client, form())) == []
    assert twilio.messages == []
    network.tick(datetime.now(UTC) + timedelta(seconds=8))
    assert len(twilio.messages) == 2
    assert twilio.asked_for("GET", MESSAGES) == []


def test_a_crash_before_sending_is_made_good_once(
    client: TestClient, twilio: FakeTwilio, sender: WhatsAppSender, network: Network
) -> None:
    """Committed, and then the process was gone: neither TwiML nor REST."""
    inbound = whatsapp.read(whatsapp.FormData(form()))
    network.handle(network.keep(inbound, now=datetime.now(UTC)), now=datetime.now(UTC))
    later = datetime.now(UTC) + LEASE + timedelta(seconds=1)
    network.tick(later)
    network.tick(later + LEASE)
    assert len(twilio.messages) == 1
    assert len(twilio.asked_for("GET", MESSAGES)) == 1
    assert said(post(client, form())) == []


def test_a_crash_after_sending_is_seen_at_twilio_and_not_sent_again(
    twilio: FakeTwilio, sender: WhatsAppSender, network: Network
) -> None:
    inbound = whatsapp.read(whatsapp.FormData(form()))
    inbox_id = network.keep(inbound, now=datetime.now(UTC))
    network.handle(inbox_id, now=datetime.now(UTC))
    sender.send(network.answers(inbox_id)[0])
    network.tick(datetime.now(UTC) + LEASE + timedelta(seconds=1))
    assert len(twilio.messages) == 1
    assert statuses(network) == [DeliveryStatus.SENT]


def test_a_message_that_a_crash_left_in_the_inbox_is_answered_by_the_worker(
    twilio: FakeTwilio, sender: WhatsAppSender, network: Network
) -> None:
    network.keep(whatsapp.read(whatsapp.FormData(form())), now=datetime.now(UTC))
    network.tick(datetime.now(UTC) + LEFT_BEHIND)
    network.tick(datetime.now(UTC) + LEFT_BEHIND + LEASE + timedelta(seconds=1))
    assert len(twilio.messages) == 1


FORGERIES: dict[str, dict[str, str]] = {
    "unsigned": {},
    "another token": signed(PATH, form(), token="x" * 32),
    "another form": signed(PATH, form("something else")),
    "another address": signed("/elsewhere", form()),
    "not ASCII": {"X-Twilio-Signature": "å"},
}


def test_a_forged_form_is_refused_and_nothing_is_kept(client: TestClient, network: Network) -> None:
    for name, headers in FORGERIES.items():
        raw = {key.encode(): value.encode("latin-1") for key, value in headers.items()}
        response = client.post(PATH, data=form(), headers=raw)
        assert response.status_code == 403, name
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_what_is_no_form_is_refused(client: TestClient, network: Network) -> None:
    headers = {"Content-Type": "application/json", **signed(PATH, {})}
    for body in (b'{"MessageSid": "SM1"}', b"", b"\xff\xfe=1", b"a=1&" * 300):
        assert client.post(PATH, content=body, headers=headers).status_code == 403, body
    assert count(network, InboxMessage) == 0


def test_the_query_and_parameters_that_are_new_are_signed_as_well(client: TestClient) -> None:
    path = f"{PATH}?from=console&x="
    assert said(post(client, form(Brand="new", Empty=""), path))


def test_a_parameter_that_comes_twice_is_signed_with_both_values(client: TestClient) -> None:
    pairs = [*form().items(), ("Twice", "b"), ("Twice", "a")]
    data = whatsapp.FormData([*pairs])
    headers = signed(PATH, data)  # type: ignore[arg-type]
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    assert said(client.post(PATH, content=urlencode(pairs).encode(), headers=headers))


MALFORMED = {
    "no id": {"MessageSid": ""},
    "a long id": {"MessageSid": "S" * 65},
    "no sender": {"From": ""},
    "a long sender": {"From": "whatsapp:+" + "4" * 40},
    "a text message's sender": {"From": "+447700900123"},
    "another channel": {"From": "messenger:12345"},
}


def test_a_form_that_is_no_message_gets_one_line(client: TestClient, network: Network) -> None:
    for name, wrong in MALFORMED.items():
        response = post(client, form() | wrong)
        assert response.status_code == 400, name
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_a_form_holds_64_kilobytes(client: TestClient) -> None:
    for over, status in [(-1, 200), (0, 200), (1, 413)]:
        fields = form() | {"Padding": ""}
        fields["Padding"] = "x" * (whatsapp.MOST_BYTES - len(urlencode(fields)) + over)
        assert post(client, fields).status_code == status


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
    inbound = whatsapp.read(whatsapp.FormData(form("") | fields))
    assert inbound.attachments == attachments


def test_a_photo_is_answered_kindly(client: TestClient) -> None:
    (answer,) = said(post(client, form("", NumMedia="1", MediaUrl0="https://example.org/1.jpg")))
    assert "only read text" in answer


def test_an_address_is_written_in_one_way() -> None:
    inbound = whatsapp.read(whatsapp.FormData(form(From="whatsapp:+44 7700 900123")))
    assert inbound.address == ASHA


def test_when_the_database_is_away_twilio_is_asked_to_come_again(
    client: TestClient, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> int:
        raise DatabaseUnavailable("locked")

    with monkeypatch.context() as patch:
        patch.setattr(network, "keep", away)
        response = post(client, form())
    assert response.status_code == 503
    assert len(response.text.splitlines()) == 1
    assert said(post(client, form()))


def test_a_status_moves_forward_and_is_told_when_it_fails(
    client: TestClient, twilio: FakeTwilio, sender: WhatsAppSender, network: Network
) -> None:
    whatsapp_templates.push(sender.client)
    post(client, form())
    report = {"MessageSid": twilio.messages[1]["sid"], "MessageStatus": "undelivered"}
    report["ErrorCode"] = "63024"
    path = whatsapp.STATUS_PATH
    assert post(client, report, path).status_code == 200
    with network.database.reading() as session:
        row = session.scalars(select(DeliveryRow)).one()
        assert (row.status, row.reason) == (DeliveryStatus.FAILED, "63024")
    assert post(client, {**report, "MessageSid": "SMunknown"}, path).status_code == 200
    assert post(client, {"MessageSid": "SM1"}, path).status_code == 400
    assert client.post(path, data=report).status_code == 403


def test_where_whatsapp_is_off_it_says_so(network: Network) -> None:
    client = TestClient(Starlette(routes=whatsapp.routes(network, read_settings(None), None)))
    response = client.post(PATH, data=form())
    assert (response.status_code, response.text) == (503, whatsapp.NOT_SET_UP)
