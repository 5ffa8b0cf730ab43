"""A form as a story, typed on WhatsApp: answered, skipped, gone back in, left, come back to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import members
from bot.app import Network
from bot.messages import Channel, Inbound
from bot.wording import forms as words
from handlers.terminal import Terminal
from tests.sample_form import BY, SOON, TITLE, TOUCHES, TRIED, posted
from tests.scenarios.transcript import Administrator, Bot, Clock, Officer, Phone

pytestmark = pytest.mark.usefixtures("post_form")


@pytest.fixture
def chidi(phone: Phone, administrator: Administrator) -> Phone:
    """A member who writes from a phone."""
    phone.says(f"join {administrator.invites('Chidi')}")
    return phone


def test_chidi_fills_in_a_form_with_nothing_but_words(chidi: Phone, bot: Bot) -> None:
    chidi.says("post")
    bot.answers_with("Post a challenge", "Your peers read it", f"Step 1: {TITLE}")
    bot.answers_with("Or type later (I keep it for 72 hours) or cancel (I drop it)")
    bot.does_not_say("skip", "back")

    chidi.says("How do we raise footfall?")
    bot.answers_with(f"Step 2: {TRIED}", "back, skip, later")
    bot.does_not_say("Your peers read it")

    chidi.says("skip")
    bot.answers_with(f"Step 3: {SOON}", "Reply with a number:", "1. This week")

    chidi.says("back")
    bot.answers_with(f"Step 2: {TRIED}")
    chidi.says("A market. It rained.")
    chidi.says("soonish")
    bot.answers_with(words.PICK_ONE, "1. This week")
    chidi.picks("This week")
    bot.answers_with(f"Step 4: {BY}", words.DATE_HINT)

    chidi.says("next Friday")
    bot.answers_with("I read that as Friday 27 November 2026.", f"Step 5: {TOUCHES}", "2. Places")
    chidi.says("1 and 3")
    bot.says_only(
        posted(
            by="2026-11-27",
            soon="week",
            title="How do we raise footfall?",
            touches="skills+data",
            tried="A market. It rained.",
        )
    )


def test_chidi_drops_a_form(chidi: Phone, bot: Bot) -> None:
    chidi.says("post")
    chidi.says("How do we raise footfall?")
    chidi.says("Cancel")
    bot.says_only(words.dropped("your post"))
    chidi.says("carry on")
    bot.says_only(words.NOTHING_TO_CARRY_ON)


def test_chidi_comes_back_after_a_day(chidi: Phone, bot: Bot, clock: Clock) -> None:
    chidi.says("post")
    chidi.says("How do we raise footfall?")
    chidi.says("themes")
    bot.answers_with("I keep your post as it is until Thursday 26 November, 10:00.")
    clock.goes_on(timedelta(days=1))
    chidi.says("how do we measure perception?")
    bot.answers_with("perception", "Carry on with your post")
    chidi.picks("Carry on with your post")
    bot.answers_with(f"Step 2: {TRIED}")
    chidi.says("back")
    bot.answers_with("Your answer so far: “How do we raise footfall?”", "skip")


def test_chidi_comes_back_73_hours_later(chidi: Phone, bot: Bot, clock: Clock) -> None:
    chidi.says("post")
    chidi.says("How do we raise footfall?")
    chidi.says("skip")
    clock.goes_on(timedelta(hours=73))
    chidi.says("1")
    bot.answers_with(words.lapsed("Post a challenge"), words.START_AGAIN)
    chidi.picks(words.START_AGAIN)
    bot.answers_with(f"Step 1: {TITLE}")


def test_asha_begins_in_slack_and_ends_on_her_phone(
    asha: Officer, network: Network, phone: Phone, bot: Bot, clock: Clock
) -> None:
    asha.says("hello")
    with network.database.writing() as session:
        member = members.named(session, "Asha")
        for channel, address in (
            (Channel.SLACK, "T1:U1"),
            (Channel.WHATSAPP, f"whatsapp:{phone.number}"),
        ):
            members.connect(session, member, channel, address, now=clock())
    for number, line in enumerate(("post", "How do we raise footfall?")):
        inbound = Inbound(Channel.SLACK, f"Ev{number}", "T1:U1", line, place='["D1","",""]')
        network.handle(network.keep(inbound, now=clock()), now=clock())

    clock.goes_on(timedelta(hours=5))
    phone.says("carry on")
    bot.answers_with(words.carrying_on("your post"), f"Step 2: {TRIED}")
    phone.says("skip")
    phone.picks("No hurry")
    phone.says("all")
    bot.answers_with("title=How do we raise footfall?", "touches=skills+places+data")


def test_nothing_is_forgotten_over_a_restart(chidi: Phone, network: Network, bot: Bot) -> None:
    chidi.says("post")
    chidi.says("How do we raise footfall?")
    chidi.network = Network(network.database, network.engine, network.senders, network._rules)
    chidi.says("skip")
    bot.answers_with(f"Step 3: {SOON}")


def test_a_terminal_asks_the_same_way(network: Network, clock: Clock) -> None:
    terminal = Terminal(network, "Ben", clock)
    terminal.says("hello")
    terminal.says("post")
    terminal.says("Footfall")
    (said,) = terminal.says("skip")
    assert said.startswith(f"Step 3: {SOON}")
    assert said.endswith("Reply with a number:\n1. This week\n2. This month\n3. No hurry")
