"""What a member will try, and how it went, as stories."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import Network
from bot.messages import Channel
from bot.wording import challenges as wording
from bot.wording import committing, nudges, trying
from tests.fake_sender import FakeSender
from tests.officer import Officer
from tests.scenarios.peers import ADVICE, Post, told
from tests.scenarios.transcript import Bot, Clock, Phone


def test_what_was_tried_is_asked_about_and_told(
    chidi: Phone,
    dana: Officer,
    post: Post,
    network: Network,
    clock: Clock,
    bot: Bot,
    posted: dict[Channel, FakeSender],
) -> None:
    code = post("Chidi")
    dana.says(f"reply {code} {ADVICE}")
    dana.presses(wording.OFFER)
    chidi.says(code)
    chidi.picks("Reply 1, Officer B")
    chidi.picks(wording.TRY)
    bot.answers_with(f"What Officer B wrote in {code}", "Monday 7 December 2026")
    chidi.says("3/12")
    bot.answers_with(trying.asks_on((clock() + timedelta(days=10)).date()))
    sent = posted[Channel.WHATSAPP]
    clock.goes_on(timedelta(days=9))
    network.tick(clock())
    clock.goes_on(timedelta(days=1))
    network.tick(clock())
    network.tick(clock())
    assert told(sent).count(nudges.KNOCK) == 1, "he wrote more than a day ago"
    assert not [text for text in told(sent) if "How did it go?" in text]
    chidi.says("hello")
    for _ in range(3):
        clock.goes_on(timedelta(seconds=5))
        network.tick(clock())
    assert "While you were away: How did it go?" in told(sent)[-1]
    chidi.says("not yet")
    bot.answers_with("When shall I ask again?")
    chidi.says("next Friday")
    bot.answers_with("Friday 4 December 2026")
    chidi.says("commitments")
    chidi.says("1")
    chidi.picks("It partly worked")
    bot.answers_with("I have noted that it partly worked", trying.LEARNING)
    chidi.says("They like to be rung.")
    chidi.picks(committing.NETWORK)
    bot.answers_with(trying.RECORDED)
    chidi.says("commitments")
    bot.answers_with("it partly worked")
    clock.goes_on(timedelta(days=30))
    before = len(sent.taken)
    network.tick(clock())
    assert not [text for text in told(sent)[before:] if "How did it go?" in text]


def test_nobody_is_reminded_more_than_twice(
    asha_tries: None, network: Network, clock: Clock, posted: dict[Channel, FakeSender]
) -> None:
    assert asha_tries is None
    for _ in range(60):
        clock.goes_on(timedelta(days=1))
        network.tick(clock())
    asked = [text for text in told(posted[Channel.WEB]) if "How did it go?" in text]
    assert len(asked) == 3
    assert "I will not remind you again." in asked[-1]


def test_whoever_stopped_is_never_asked(
    asha_tries: None,
    eve: Officer,
    network: Network,
    clock: Clock,
    posted: dict[Channel, FakeSender],
) -> None:
    assert asha_tries is None
    eve.says("stop")
    for _ in range(30):
        clock.goes_on(timedelta(days=1))
        network.tick(clock())
    assert not told(posted[Channel.WEB])


@pytest.fixture
def asha_tries(eve: Officer) -> None:
    """Eve will try the second solution of a card."""
    eve.says("themes high streets")
    eve.says("1")
    eve.says("try 2")
    assert eve.told[0].startswith("Good. You will try:")
