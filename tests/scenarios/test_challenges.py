"""Officers help each other, as stories: each on their own channel, in one thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import members
from bot.app import Network
from bot.challenges import posts
from bot.challenges.posts import NewChallenge
from bot.learning_sets import sets
from bot.members import Member, Role
from bot.messages import Channel, Inbound
from bot.wording import challenges as wording
from bot.wording import threads as words
from bot.wording import trying
from handlers.numbered import as_text
from tests.fake_sender import FakeSender
from tests.officer import Officer
from tests.scenarios.transcript import Administrator, Bot, Clock, Phone

PROBLEM = "Nobody sends us their monitoring returns"
ADVICE = "We ring each of them a week before the date."
Post = Callable[..., str]


@pytest.fixture
def chidi(phone: Phone, administrator: Administrator) -> Phone:
    """A member who writes from a phone, with typed words alone."""
    phone.says(f"join {administrator.invites('Chidi')}")
    return phone


@pytest.fixture
def dana(network: Network, clock: Clock) -> Officer:
    """A member who writes from Slack."""
    return _member(network, clock, "Dana", Channel.SLACK)


@pytest.fixture
def eve(network: Network, clock: Clock) -> Officer:
    return _member(network, clock, "Eve", Channel.WEB)


def _member(network: Network, clock: Clock, name: str, channel: Channel) -> Officer:
    with network.database.writing() as session:
        member = members.add(session, name, Role.OFFICER, now=clock())
        member.welcomed_at = clock()
        members.connect(session, member, channel, f"T1:{name}", now=clock())
    return Officer(network, channel, f"T1:{name}", clock())


@pytest.fixture
def post(network: Network, clock: Clock) -> Post:
    """Somebody posts a challenge, to a set of theirs where that is named."""

    def post(name: str, problem: str = PROBLEM, set_name: str | None = None) -> str:
        with network.database.writing() as session:
            member = members.named(session, name)
            set_id = None
            if set_name is not None:
                set_id = sets.create(session, set_name, now=clock()).id
                sets.add_member(session, set_id, member.id, now=clock())
            return posts.post(
                session,
                sets.viewer(session, session.get_one(Member, member.id)),
                NewChallenge(problem, set_id=set_id),
                key=problem,
                routing=network._rules.routing,
                now=clock(),
            )

    return post


@pytest.fixture
def posted(network: Network) -> dict[Channel, FakeSender]:
    """What the bot sends of its own accord, by channel."""
    senders = {channel: FakeSender() for channel in Channel}
    network.senders = senders
    return senders


def told(sender: FakeSender) -> list[str]:
    return [as_text(delivery.content) for delivery in sender.taken]


@pytest.mark.usefixtures("posted")
def test_an_author_on_whatsapp_and_a_helper_on_slack_know_each_other_by_pseudonym(
    chidi: Phone,
    dana: Officer,
    post: Post,
    network: Network,
    clock: Clock,
    bot: Bot,
    posted: dict[Channel, FakeSender],
) -> None:
    code = post("Chidi")
    network.tick(clock())
    assert PROBLEM in told(posted[Channel.SLACK])[0]

    dana.says(f"reply {code.lower()}")
    assert dana.labels == [wording.ASK_BACK, wording.OFFER]
    dana.presses(wording.ASK_BACK)
    dana.says("What do you send them before the date?")
    assert words.sent(code, "Officer B", "question") in dana.told
    network.tick(clock())
    (asked,) = told(posted[Channel.WHATSAPP])
    assert "Officer B asks you a question" in asked
    assert "Dana" not in asked

    chidi.says(f"reply {code} Nothing so far. Should we?")
    bot.answers_with(words.sent(code, "Officer A", "author"))
    network.tick(clock())
    answer = told(posted[Channel.SLACK])[-1]
    assert "Officer A answers" in answer
    assert "Chidi" not in answer

    dana.sends_button(f"offer:{code}")
    dana.says(ADVICE)
    assert words.sent(code, "Officer B", "offer") in dana.told
    network.tick(clock())
    assert "Officer B offers what worked" in told(posted[Channel.WHATSAPP])[-1]

    chidi.says(code)
    bot.answers_with("your own", "3. Officer B offers what worked", ADVICE, "1 peer")
    bot.does_not_say("Dana")
    chidi.picks("Reply 3, Officer B")
    chidi.picks(wording.SOLVED)
    bot.answers_with(words.solved(code))
    network.tick(clock())
    assert any("Your reply solved" in text for text in told(posted[Channel.SLACK]))
    dana.says(f"reply {code} One more thing")
    assert dana.told == [wording.is_solved(code)]


def test_what_cannot_be_seen_is_refused_as_what_was_never_there(
    chidi: Phone, dana: Officer, post: Post
) -> None:
    code = post("Chidi", set_name="North")
    commands = ("reply", "follow", "unfollow", "same", "mute", "unmute", "report", "close")
    for command in (*commands, "reopen", "withdraw", "challenge"):
        for words_after in (code, "C9C", "Q99"):
            dana.says(f"{command} {words_after}")
            assert dana.told == [wording.NO_SUCH_CHALLENGE], (command, words_after)
        dana.sends_button(f"{command}:{code}".replace("challenge:", "show:"))
        assert dana.told == [wording.NO_SUCH_CHALLENGE], command
    dana.says("challenges")
    assert dana.told == [words.NO_CHALLENGES]
    assert chidi.number  # the author is in the set and is not asked about here


@pytest.mark.parametrize("ending", ["close", "withdraw"])
def test_an_author_ends_it_while_somebody_types(
    chidi: Phone, dana: Officer, post: Post, ending: str
) -> None:
    code = post("Chidi")
    dana.says(f"offer:{code}")
    dana.sends_button(f"offer:{code}")
    chidi.says(f"{ending} {code}")
    if ending == "withdraw":
        chidi.says("yes")
    dana.says(ADVICE)
    over = wording.is_closed(code) if ending == "close" else wording.is_withdrawn(code)
    assert dana.told == [over]
    dana.says("my replies")
    assert dana.told[-1] == words.NO_REPLIES
    assert "Carry on with your reply" in dana.labels  # what was typed is kept


def test_a_reply_that_is_delivered_twice_counts_once(
    chidi: Phone, dana: Officer, post: Post, bot: Bot
) -> None:
    code = post("Chidi")
    dana.sends_button(f"offer:{code}")
    inbound = Inbound(Channel.SLACK, "Ev-once", dana.address, ADVICE)
    first = dana.sends(inbound)
    assert dana.sends(inbound) == first
    dana.says(f"reply {code} {ADVICE}")
    dana.presses(wording.OFFER)
    assert dana.told == [words.sent_already(code)]
    chidi.says(f"challenge {code}")
    bot.answers_with("1. Officer B")
    bot.does_not_say("2. Officer B")


def test_a_reply_is_as_long_as_it_may_be_and_no_longer(
    chidi: Phone, dana: Officer, post: Post
) -> None:
    code = post("Chidi")
    dana.says(f"reply {code} {'x' * 2_001}")
    dana.presses(wording.OFFER)
    assert "1 character too long" in dana.form.asked.problem
    dana.says("y" * 2_000)
    assert words.sent(code, "Officer B", "offer") in dana.told
    assert chidi.number


def test_a_name_in_a_reply_is_shown_before_it_leaves(
    chidi: Phone, dana: Officer, post: Post, bot: Bot
) -> None:
    code = post("Chidi")
    dana.sends_button(f"offer:{code}")
    dana.says("Ask Eve Example at Leeds City Council.")
    assert "Leeds City Council" in dana.form.asked.hint
    chidi.says(f"challenge {code}")
    bot.does_not_say("Leeds")


def test_a_reply_is_corrected_and_taken_back_even_when_it_is_over(
    chidi: Phone, dana: Officer, post: Post, bot: Bot
) -> None:
    code = post("Chidi")
    dana.says(f"reply {code} {ADVICE}")
    dana.presses(wording.OFFER)
    chidi.says(f"close {code}")
    bot.answers_with("is closed")
    dana.says("my replies")
    dana.says("1")
    dana.presses(words.CORRECT)
    assert dana.form.note == words.reads_now(ADVICE)
    dana.says("We write to each of them a week before the date.")
    assert dana.told == [words.CORRECTED]
    chidi.says(f"challenge {code}")
    bot.answers_with("(corrected)", "We write to each of them")
    dana.says("my replies")
    dana.says("1")
    dana.presses(words.TAKE_BACK)
    dana.says("yes")
    assert dana.told == [words.TAKEN_BACK]
    chidi.says(f"challenge {code}")
    bot.does_not_say("We write to each of them")


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
    before = len(sent.taken)
    clock.goes_on(timedelta(days=1))
    network.tick(clock())
    network.tick(clock())
    (asked,) = told(sent)[before:]
    assert "How did it go?" in asked
    chidi.says("not yet")
    bot.answers_with("When shall I ask again?")
    chidi.says("next Friday")
    bot.answers_with("Friday 4 December 2026")
    chidi.says("commit")
    chidi.says("1")
    chidi.picks("It partly worked")
    bot.answers_with("I have noted that it partly worked", trying.LEARNING)
    chidi.says("They like to be rung.")
    chidi.picks(trying.NETWORK)
    bot.answers_with(trying.RECORDED)
    chidi.says("commit")
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
