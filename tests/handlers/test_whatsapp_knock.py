"""The knock at Twilio: made once, handed in once, and sent only when it is approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.delivery import SendLater, SendRefused
from bot.messages import Text
from bot.wording.nudges import KNOCK
from handlers import whatsapp_knock
from handlers.whatsapp_knock import APPROVED, MISSING, Knocker
from handlers.whatsapp_sender import WhatsAppSender, sender_for
from tests.handlers.fake_provider import Said
from tests.handlers.fake_twilio import FakeTwilio
from tests.handlers.test_whatsapp_sender import delivery

KNOCKING = replace(delivery(Text(KNOCK)), knock=True)


def approve(twilio: FakeTwilio) -> None:
    for sid in twilio.approvals:
        twilio.approvals[sid] = APPROVED


def test_its_words_are_within_what_whatsapp_approves() -> None:
    assert len(KNOCK) <= 1024
    assert "{{" not in KNOCK, "nothing of what waits is told"


def test_it_is_made_and_handed_in_once(twilio: FakeTwilio, texting: WhatsAppSender) -> None:
    assert whatsapp_knock.status(texting.client) == MISSING
    assert whatsapp_knock.push(texting.client)
    assert whatsapp_knock.status(texting.client) == "received"
    assert not whatsapp_knock.push(texting.client)
    assert [made["friendly_name"] for made in twilio.contents] == [whatsapp_knock.NAME]
    assert twilio.faults == []


def test_one_that_was_made_but_not_handed_in_is_handed_in(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_knock.push(texting.client)
    twilio.approvals.clear()
    assert whatsapp_knock.push(texting.client)
    assert len(twilio.contents) == 1


def test_an_approved_one_is_sent_as_a_template_without_variables(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_knock.push(texting.client)
    approve(twilio)
    receipt = texting.send(KNOCKING)
    assert receipt.provider_ref == twilio.messages[0]["sid"]
    fields = next(asked.fields for asked in twilio.asked if "ContentSid" in asked.fields)
    assert "Body" not in fields
    assert "ContentVariables" not in fields
    assert twilio.bodies == [KNOCK]
    assert twilio.faults == []


def test_without_approval_nothing_is_sent(twilio: FakeTwilio, texting: WhatsAppSender) -> None:
    with pytest.raises(SendRefused, match="no approved template"):
        texting.send(KNOCKING)
    whatsapp_knock.push(texting.client)
    fresh = sender_for(twilio.settings())
    assert fresh is not None
    with pytest.raises(SendRefused, match="no approved template"):
        fresh.send(KNOCKING)
    assert twilio.messages == []


def test_an_approval_is_noticed_after_a_while(twilio: FakeTwilio, texting: WhatsAppSender) -> None:
    clock = [0.0]
    knocker = Knocker(texting.client, lambda: clock[0])
    assert knocker.sid() is None
    whatsapp_knock.push(texting.client)
    approve(twilio)
    assert knocker.sid() is None, "Twilio is not asked at each knock"
    clock[0] += 301
    assert knocker.sid() is not None


def test_a_refusal_is_told_by_its_code_and_a_lost_answer_is_looked_for(
    twilio: FakeTwilio, texting: WhatsAppSender
) -> None:
    whatsapp_knock.push(texting.client)
    approve(twilio)
    texting._knocker.sid()
    twilio.fails = [Said({"code": 63024, "message": "no", "status": 400}, 400)]
    with pytest.raises(SendRefused, match="63024"):
        texting.send(KNOCKING)
    twilio.fails = [Said({"code": 63018, "message": "slow", "status": 400}, 400)]
    with pytest.raises(SendLater):
        texting.send(KNOCKING)
