"""Sending through Twilio: pieces, lists, failures, and looking before sending again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import Delivery, DeliveryStatus, Receipt, SendLater, SendRefused
from bot.messages import Channel, Outgoing, Text
from bot.settings import read_settings
from handlers import whatsapp_templates
from handlers.whatsapp_sender import WhatsAppSender, sender_for
from tests.handlers import specification
from tests.handlers.fake_provider import Said
from tests.handlers.fake_twilio import CONTENT, MESSAGES, NUMBER, PUBLIC, FakeTwilio
from tests.handlers.golden import CARD, TEXT, UNSURE

ASHA = "whatsapp:+447700900123"


def delivery(content: Outgoing = TEXT, part: int = 0) -> Delivery:
    return Delivery(
        id=1,
        ref="ref1",
        channel=Channel.WHATSAPP,
        address=ASHA,
        place="",
        content=content,
        prompt=None,
        part=part,
        created_at=datetime.now(UTC),
        via=None,
        status=DeliveryStatus.WAITING,
    )


@pytest.mark.skipif(not specification.present(), reason=specification.ABSENT)
def test_requests_are_checked_against_what_twilio_publishes(twilio: FakeTwilio) -> None:
    texting = sender_for(twilio.settings())
    assert texting is not None
    texting.client.messages.create(to=ASHA, from_=NUMBER, body="x", message_intent="otp")
    texting.client.messages.create(to=ASHA, from_=NUMBER, body="x", provide_feedback="often")
    assert len(twilio.faults) == 2
    twilio.faults.clear()


def test_a_text_is_sent_with_where_to_report_on_it(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    receipt = texting.send(delivery())
    assert receipt == Receipt(twilio.messages[0]["sid"], more=False)
    asked = twilio.asked_for("POST", MESSAGES)[0]
    assert asked.fields == {
        "To": ASHA,
        "From": f"whatsapp:{NUMBER}",
        "Body": TEXT.text,
        "StatusCallback": f"{PUBLIC}/whatsapp/status",
    }


def test_without_templates_choices_are_numbered(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    assert not texting.shows_list(CARD)
    assert texting.send(delivery(CARD)).more is False
    assert twilio.bodies[0].endswith("4 = Ask my peers")


def test_with_templates_a_card_is_followed_by_a_list(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_templates.push(texting.client)
    assert texting.shows_list(CARD)
    assert texting.send(delivery(CARD)).more is True
    assert texting.send(delivery(CARD, part=1)).more is False
    fields = twilio.asked_for("POST", MESSAGES)[1].fields
    content = next(each for each in twilio.contents if each["sid"] == fields["ContentSid"])
    assert content["friendly_name"] == whatsapp_templates.name_for(4)
    values = json.loads(fields["ContentVariables"])
    assert values["label4"] == "Ask my peers"
    assert values["value4"] == "peers:a1"
    assert values.keys() == content["variables"].keys()


def test_labels_too_long_for_a_list_are_numbered_although_there_are_templates(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_templates.push(texting.client)
    assert not texting.shows_list(UNSURE)
    texting.send(delivery(UNSURE))
    assert "1. How do we get our partnership board to engage?" in twilio.bodies[0]


def test_a_list_that_twilio_will_not_take_is_said_in_words(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_templates.push(texting.client)
    texting.send(delivery(CARD))
    twilio.fails = [Said({"code": 21655, "message": "bad sid", "status": 400}, 400)]
    assert texting.send(delivery(CARD, part=1)).more is False
    assert twilio.bodies[1].startswith("What next? Reply with a number")
    assert not texting.shows_list(CARD)


def test_an_account_that_cannot_be_asked_for_templates_has_none(
    twilio: FakeTwilio, tmp_path: Path
) -> None:
    away = sender_for(twilio.settings().model_copy(update={"twilio_api_url": "http://127.0.0.1:9"}))
    assert away is not None
    assert not away.shows_list(CARD)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        (Said({"code": 20429}, 429, {"Retry-After": "7"}), timedelta(seconds=7)),
        (Said({"code": 20429}, 429, {"Retry-After": "Mon, 23 Nov 2026 10:00:00 GMT"}), None),
        (Said({"code": 20500}, 503, {"Retry-After": "99999"}), timedelta(hours=1)),
        (Said({"code": 63018}, 400), None),
        (Said({"code": 20003}, 401), None),
        (Said(None, 200), None),
    ],
)
def test_what_time_may_mend_is_sent_later(
    twilio: FakeTwilio, texting: WhatsAppSender, said: Said, after: timedelta | None
) -> None:
    twilio.fails = [said]
    with pytest.raises(SendLater) as caught:
        texting.send(delivery())
    assert caught.value.after == after
    texting.send(delivery())
    assert twilio.bodies == [TEXT.text]


def test_a_provider_that_is_away_is_tried_later(twilio: FakeTwilio) -> None:
    away = sender_for(twilio.settings().model_copy(update={"twilio_api_url": "http://127.0.0.1:9"}))
    assert away is not None
    with pytest.raises(SendLater):
        away.send(delivery())
    with pytest.raises(SendLater):
        away.find(delivery())


@pytest.mark.parametrize("code", [21610, 63016, 63024, 21211])
def test_a_refusal_is_told_by_its_code_alone(
    twilio: FakeTwilio, texting: WhatsAppSender, code: int
) -> None:
    twilio.fails = [Said({"code": code, "message": f"{ASHA} said no", "status": 400}, 400)]
    with pytest.raises(SendRefused) as caught:
        texting.send(delivery())
    assert str(caught.value) == str(code)


def test_a_recipient_who_stopped_is_not_tried_again_in_words(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_templates.push(texting.client)
    twilio.fails = [Said({"code": 21610, "status": 400, "message": "stopped"}, 400)]
    with pytest.raises(SendRefused):
        texting.send(delivery(CARD, part=1))
    assert twilio.messages == []


def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    twilio.fails = [Said(None, lost=True)]
    receipt = texting.send(delivery())
    assert receipt == Receipt(twilio.messages[0]["sid"])
    assert twilio.bodies == [TEXT.text]


def test_what_was_sent_is_found(twilio: FakeTwilio, texting: WhatsAppSender) -> None:
    assert texting.find(delivery()) is None
    sent = texting.send(delivery())
    assert texting.find(delivery()) == sent


def test_a_list_is_found_whether_or_not_templates_are_there_now(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_templates.push(texting.client)
    texting.send(delivery(CARD))
    second = texting.send(delivery(CARD, part=1))
    twilio.contents.clear()
    assert sender_for(twilio.settings()).find(delivery(CARD, part=1)) == second  # type: ignore[union-attr]


def test_the_same_words_in_another_card_are_not_mistaken_for_this_one(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_templates.push(texting.client)
    other = replace(CARD, problem="How do we measure perception?")
    texting.send(delivery(other))
    texting.send(delivery(other, part=1))
    texting.send(delivery(CARD))
    assert texting.find(delivery(CARD, part=1)) is None


def test_what_was_sent_before_or_inside_a_response_is_another_delivery(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    texting.send(delivery())
    later = replace(delivery(), created_at=datetime.now(UTC) + timedelta(minutes=1))
    assert texting.find(later) is None
    twilio.messages[0]["direction"] = "outbound-reply"
    assert texting.find(delivery()) is None


def test_neither_numbers_nor_words_are_logged(
    twilio: FakeTwilio, texting: WhatsAppSender, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        texting.send(delivery())
        texting.find(delivery())
    assert "+44" not in caplog.text
    assert TEXT.text not in caplog.text


def test_nothing_to_say_is_refused(twilio: FakeTwilio, texting: WhatsAppSender) -> None:
    with pytest.raises(SendRefused, match="nothing to say"):
        texting.send(delivery(Text("")))


def test_there_is_no_sender_where_whatsapp_is_off() -> None:
    assert sender_for(read_settings(None)) is None


def test_templates_are_made_once_and_listed_by_name(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    made = whatsapp_templates.push(texting.client)
    assert len(made) == 10
    assert whatsapp_templates.push(texting.client) == {}
    assert whatsapp_templates.listed(texting.client) == made
    assert whatsapp_templates.sid_for(texting.client, 10) == made["als_list_10_v1"]
    assert len(twilio.asked_for("POST", CONTENT)) == 10


def test_a_template_that_twilio_will_not_make_is_told_by_its_code(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    twilio.fails = [Said({"code": 60200, "message": "no"}, 400)]
    with pytest.raises(whatsapp_templates.TemplateNotMade, match=r"^60200$"):
        whatsapp_templates.push(texting.client)


def test_templates_made_while_the_bot_runs_are_found_after_a_while(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    time = [0.0]
    templates = whatsapp_templates.Templates(texting.client, clock=lambda: time[0])
    assert templates.sid_for(3) is None
    made = whatsapp_templates.push(texting.client)
    assert templates.sid_for(3) is None
    time[0] = whatsapp_templates.LOOK_AGAIN
    assert templates.sid_for(3) == made["als_list_3_v1"]
