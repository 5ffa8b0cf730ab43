"""The knock: what WhatsApp would not take waits for the member, and one knock says that it does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot import members, outbox
from bot.app import Network
from bot.delivery import Recipient
from bot.learning_sets import commitments
from bot.learning_sets.commitments import Outcome
from bot.messages import Channel, Text
from bot.wording import nudges as wording
from tests.bot.conftest import welcomed
from tests.fake_sender import FakeSender
from tests.officer import Officer, short

DAY = timedelta(days=1)
TEXT = Text("Something happened")


@pytest.fixture
def phone(talking: Network) -> FakeSender:
    sender = FakeSender()
    talking.senders = {Channel.WHATSAPP: sender}
    return sender


@pytest.fixture
def chidi(talking: Network, now: datetime) -> Officer:
    """On WhatsApp, where he wrote last on a Monday at ten."""
    officer = welcomed(talking, "Chidi", now - DAY)
    with talking.database.writing() as session:
        member = members.named(session, "Chidi")
        officer = Officer(talking, Channel.WHATSAPP, "whatsapp:+447700900321", now)
        members.connect(session, member, officer.channel, officer.address, now=now)
    officer.says("help")
    return officer


def starts(
    chidi: Officer, now: datetime, content: Text = TEXT, useless_at: datetime | None = None
) -> None:
    """The bot starts something with him."""
    with chidi.network.database.writing() as session:
        member = members.at(session, chidi.channel, chidi.address)
        assert member is not None
        to = Recipient(chidi.channel, chidi.address, member_id=member.id)
        outbox.enqueue(session, (content,), to, now=now, useless_at=useless_at)


def taken(phone: FakeSender) -> list[str]:
    return [short(delivery.content) for delivery in phone.taken]


def test_within_a_day_of_his_last_words_it_simply_goes(
    chidi: Officer, phone: FakeSender, now: datetime
) -> None:
    later = now + DAY - timedelta(seconds=1)
    starts(chidi, later)
    chidi.network.tick(later)
    assert taken(phone) == [TEXT.text]


def test_after_a_day_one_knock_goes_and_the_rest_comes_behind_the_next_answer(
    chidi: Officer, phone: FakeSender, now: datetime
) -> None:
    for days in (1, 2, 3):
        starts(chidi, now + days * DAY, Text(f"Thing {days}"))
        chidi.network.tick(now + days * DAY)
    assert taken(phone) == [wording.KNOCK]
    assert [delivery.knock for delivery in phone.taken] == [True]

    chidi.waits(4 * DAY)
    chidi.says("help")
    assert len(chidi.heard) == 1, "the answer itself comes first"
    chidi.network.tick(chidi.time + timedelta(seconds=4))
    chidi.network.tick(chidi.time + timedelta(seconds=8))
    chidi.network.tick(chidi.time + timedelta(seconds=12))
    assert taken(phone)[1:] == [f"While you were away: Thing {days}" for days in (1, 2, 3)]

    starts(chidi, chidi.time + 2 * DAY)
    chidi.network.tick(chidi.time + 2 * DAY)
    assert taken(phone)[4:] == [wording.KNOCK], "he wrote since, so another one may knock"


def test_what_is_held_keeps_nothing_else_from_leaving(
    chidi: Officer, phone: FakeSender, now: datetime
) -> None:
    starts(chidi, now + DAY)
    chidi.network.tick(now + DAY)
    chidi.waits(DAY + timedelta(minutes=1))
    chidi.says("help")
    starts(chidi, chidi.time, Text("Later"))
    chidi.network.tick(chidi.time)
    assert "Later" in taken(phone)


def test_a_nudge_that_is_overtaken_or_late_is_not_offered_any_more(
    chidi: Officer, phone: FakeSender, now: datetime
) -> None:
    with chidi.network.database.writing() as session:
        member = members.named(session, "Chidi")
        made = commitments.commit(
            session, member.id, "ring them", check_back_on=date(2026, 12, 1), now=now
        )
    asked = now.replace(month=12, day=1)
    chidi.network.tick(asked)
    assert taken(phone) == [wording.KNOCK]
    with chidi.network.database.writing() as session:
        commitments.tell(session, member.id, made.id, Outcome.WORKED, now=asked)
    starts(chidi, asked, Text("Late"), useless_at=asked + DAY)
    chidi.network.tick(asked)

    chidi.time = asked + 2 * DAY
    chidi.says("help")
    chidi.network.tick(chidi.time + timedelta(seconds=4))
    assert taken(phone) == [wording.KNOCK]


def test_whoever_stopped_hears_no_knock(chidi: Officer, phone: FakeSender, now: datetime) -> None:
    chidi.says("stop")
    starts(chidi, now + DAY)
    chidi.network.tick(now + DAY)
    assert taken(phone) == []


def test_a_bare_number_means_the_choices_that_came_last(
    chidi: Officer, phone: FakeSender, now: datetime
) -> None:
    with chidi.network.database.writing() as session:
        member = members.named(session, "Chidi")
        commitments.commit(
            session, member.id, "ring them", check_back_on=date(2026, 12, 1), now=now
        )
    asked = now.replace(month=12, day=1)
    chidi.network.tick(asked)
    chidi.time = asked + timedelta(hours=1)
    chidi.says("themes")
    chidi.network.tick(chidi.time + timedelta(seconds=4))
    assert taken(phone)[-1].startswith("While you were away: How did it go?")
    chidi.waits(timedelta(minutes=1))
    chidi.says("1")
    with chidi.network.database.reading() as session:
        (made,) = commitments.of(session, member.id)
        assert made.outcome is Outcome.WORKED or "worked" in chidi.told[0]
