"""Posting as a story, typed on WhatsApp and carried on elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import members
from bot.app import Network
from bot.messages import Channel, Inbound
from bot.wording import forms
from bot.wording import identities as found
from bot.wording import posting as words
from tests.bot.posts import crowd, in_set, kept, posted
from tests.scenarios.transcript import Administrator, Bot, Clock, Officer, Phone

LETTERS = "Shop owners never answer our letters"


@pytest.fixture
def chidi(phone: Phone, administrator: Administrator) -> Phone:
    """A member who writes from a phone."""
    phone.says(f"join {administrator.invites('Chidi')}")
    return phone


def test_chidi_posts_with_nothing_but_words(
    chidi: Phone, bot: Bot, network: Network, clock: Clock
) -> None:
    crowd(network, 9, clock())
    chidi.says("post")
    bot.answers_with("Post a challenge", "leave out names", f"Step 1: {words.PROBLEM}")
    chidi.says(LETTERS)
    bot.answers_with(f"Step 2: {words.CONTEXT}", "back, skip, later")
    chidi.says("Thirty shops on two high streets")
    chidi.says("skip")
    bot.answers_with(words.THEMES, "1. ", forms.CHOOSE_NUMBERS)
    chidi.says("back")
    chidi.says("A letter and a poster")
    chidi.says("1")
    bot.answers_with(words.NAMED, "1. Under a pseudonym", "2. With my name: Chidi")
    chidi.says("1")
    bot.answers_with(words.LAST_LOOK, f"“{LETTERS}”", "Already tried: A letter and a poster")
    bot.answers_with("The whole network sees it, under a pseudonym.", "1. Post it")
    assert kept(network) == []
    chidi.says("1")
    (one,) = kept(network)
    bot.answers_with(f"Posted as {one.code}, and I have asked 5 peers.", f"“edit {one.code}”")


def test_what_nobody_knew_becomes_a_post(chidi: Phone, bot: Bot, network: Network) -> None:
    question = "how do I tune a piano?"
    chidi.says(question)
    chidi.picks("Ask my peers")
    bot.answers_with(words.CARRIED, f"Step 2: {words.CONTEXT}")
    for _ in range(4):
        chidi.says("skip")
    bot.answers_with(f"“{question}”", "Careful: nobody else is in the network")
    chidi.picks(words.POST_IT)
    assert [one.problem for one in kept(network)] == [question]


def test_the_same_in_other_words_is_shown_before_it_is_posted(
    chidi: Phone, bot: Bot, network: Network, clock: Clock
) -> None:
    code = posted(network, "Ben", "Retailers ignore the post we send them about the grant", clock())
    chidi.says("post")
    chidi.says("Shopkeepers ignore the letters we send them about grants")
    bot.answers_with("1 looks close: read it first?", f"1. {code}: Retailers ignore the post")
    chidi.says("1")
    bot.answers_with("Context: Since the summer", "It has 0 replies so far.")
    chidi.picks(words.SAME_PROBLEM)
    bot.says_only(*[line for line in bot.last if words.followed_instead(code) in line])
    bot.answers_with(words.followed_instead(code))
    chidi.says("carry on")
    bot.says_only(forms.NOTHING_TO_CARRY_ON)
    assert len(kept(network)) == 1


def test_what_the_network_knows_is_shown_before_it_is_posted(
    chidi: Phone, bot: Bot, network: Network
) -> None:
    chidi.says("post")
    chidi.says("How do we work better with our partnership board?")
    bot.answers_with("read", "Pick one to read it.")
    chidi.says("1")
    bot.answers_with("The network knows: ", "1. This answers it", "2. Mine is different")
    chidi.picks(words.MINE_IS_DIFFERENT)
    while "look" in bot.last[-1].split("\n")[0]:
        chidi.picks(words.NONE_OF_THESE)
    bot.answers_with(words.CONTEXT)


def test_a_name_is_pointed_out_and_the_author_decides(
    chidi: Phone, bot: Bot, network: Network, administrator: Administrator
) -> None:
    administrator.invites("Bronwen")
    chidi.says("post")
    chidi.says("Bronwen of Leeds City Council never answers our letters")
    bot.answers_with("You wrote: «Bronwen» of «Leeds City Council» never answers our letters")
    bot.answers_with("«Bronwen»: I would write “A colleague”", "1. Use neutral wording")
    chidi.says("1")
    chidi.says("Bronwen knows")
    chidi.picks(found.KEEP)
    for _ in range(3):
        chidi.says("skip")
    bot.answers_with("“A colleague of", "Context: Bronwen knows")
    bot.does_not_say("Leeds")
    chidi.picks(words.POST_IT)
    (one,) = kept(network)
    assert "Bronwen" not in one.problem
    assert one.context == "Bronwen knows"


def test_a_post_waits_a_day_and_a_restart_and_may_be_dropped(
    chidi: Phone, bot: Bot, network: Network, clock: Clock
) -> None:
    chidi.says("post")
    chidi.says(LETTERS)
    clock.goes_on(timedelta(days=1))
    chidi.network = Network(network.database, network.engine, network.senders, network._rules)
    chidi.says("carry on")
    bot.answers_with(words.CONTEXT)
    chidi.says("back")
    bot.answers_with(f"Your answer so far: “{LETTERS}”")
    chidi.says("cancel")
    bot.says_only(forms.dropped("your post"))
    assert kept(network) == []


def test_begun_in_slack_and_posted_from_a_phone_to_a_set(
    asha: Officer, phone: Phone, bot: Bot, network: Network, clock: Clock
) -> None:
    asha.says("hello")
    with network.database.writing() as session:
        member = members.named(session, "Asha")
        for channel, address in (
            (Channel.SLACK, "T1:U1"),
            (Channel.WHATSAPP, f"whatsapp:{phone.number}"),
        ):
            members.connect(session, member, channel, address, now=clock())
    in_set(network, "North", "Asha", "Ben", now=clock())
    for number, line in enumerate(("post", LETTERS)):
        inbound = Inbound(Channel.SLACK, f"Ev{number}", "T1:U1", line, place='["D1","",""]')
        network.handle(network.keep(inbound, now=clock()), now=clock())
    clock.goes_on(timedelta(hours=5))
    phone.says("carry on")
    bot.answers_with(words.CONTEXT)
    for _ in range(3):
        phone.says("skip")
    phone.picks("Only my set North")
    phone.says("skip")
    bot.answers_with("Only your set North sees it", "Careful: only 1 other is in that set")
    phone.picks(words.POST_IT)
    bot.answers_with("Only your set North sees it.")
    assert [one.set_only for one in kept(network)] == [True]
