"""What leaves unasked, what leaves in a response, and what the provider says of it later."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import members, messages, outbox, wording
from bot.app import Network
from bot.delivery import DeliveryRow, DeliveryStatus, Recipient, SendLater, take_back
from bot.inbox import InboxMessage
from bot.mailing import LEASE
from bot.members import ConsentKind, Role
from bot.messages import Channel, Text
from bot.questions import Question
from tests.bot.asha import BOARD, count, from_asha, say, statuses
from tests.fake_sender import FakeSender


def test_a_member_who_stopped_gets_nothing_unasked(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    with network.database.writing() as session:
        member = members.add(session, "Asha", Role.OFFICER, now=now)
        members.connect(session, member, Channel.SLACK, "T1:U1", now=now)
        members.agree(
            session, member, ConsentKind.STOPPED, channel=Channel.SLACK, wording="x", now=now
        )
        to = Recipient(Channel.SLACK, "T1:U1", member_id=member.id)
        outbox.enqueue(session, [Text("a nudge")], to, now=now)
    network.tick(now)
    assert slack.said == []
    assert statuses(network) == [DeliveryStatus.DROPPED]


def test_two_workers_send_what_is_due_once(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    with network.database.writing() as session:
        for number in range(20):
            to = Recipient(Channel.SLACK, f"T1:U{number}")
            outbox.enqueue(session, [Text(f"nudge {number}")], to, now=now)
    threads = [threading.Thread(target=network.tick, args=(now,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slack.said) == sorted(f"nudge {number}" for number in range(20))


def to_asha(network: Network, text: str, now: datetime, due: datetime | None = None) -> None:
    with network.database.writing() as session:
        outbox.enqueue(session, [Text(text)], Recipient(Channel.SLACK, "T1:U1"), now=now, due=due)


def test_what_is_meant_for_later_holds_up_nothing(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    tomorrow = now + timedelta(days=1)
    to_asha(network, "for tomorrow", now, due=tomorrow)
    to_asha(network, "for now", now)
    network.tick(now)
    assert slack.said == ["for now"]
    say(network, from_asha(1, "stop"), now)  # the answer leaves with its request, not later
    assert slack.said[1:] == [wording.STOPPED]
    network.tick(tomorrow)
    assert slack.said[2:] == ["for tomorrow"]


def test_what_could_not_be_sent_yet_still_holds_up_what_was_said_after_it(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    to_asha(network, "first", now)
    slack.fails = [SendLater("busy", timedelta(minutes=5))]
    network.tick(now)
    to_asha(network, "second", now)
    network.tick(now)
    say(network, from_asha(1, "stop"), now)
    assert slack.said == []
    for minute in range(5, 8):
        network.tick(now + timedelta(minutes=minute))
    assert slack.said == ["first", "second", wording.STOPPED]


def test_words_that_are_taken_back_are_not_sent_and_not_shown_again(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    to = Recipient(Channel.SLACK, "T1:U1")
    with network.database.writing() as session:
        sent = outbox.enqueue(session, [Text("early")], to, now=now)
    network.tick(now)
    with network.database.writing() as session:
        waiting = outbox.enqueue(session, [Text("late")], to, now=now)
        take_back(session, (*sent, *waiting), Text("gone"), reason="withdrawn")
    network.tick(now)
    assert slack.said == ["early"]
    assert statuses(network) == [DeliveryStatus.SENT, DeliveryStatus.DROPPED]
    with network.database.reading() as session:
        kept = session.scalars(select(DeliveryRow.content)).all()
    assert [messages.from_json(content) for content in kept] == [Text("gone"), Text("gone")]


def test_an_answer_in_the_response_is_the_same_again_and_never_resent(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    inbox_id = network.keep(from_asha(1, BOARD), now=now)
    network.handle(inbox_id, now=now)
    first = network.answer_here(inbox_id, now=now)
    again = network.answer_here(inbox_id, now=now)
    assert [delivery.ref for delivery in first] == [delivery.ref for delivery in again]
    assert len(first) == 2
    network.tick(now + LEASE * 2)
    assert slack.said == []


def test_old_rows_are_tidied_away(network: Network, slack: FakeSender, now: datetime) -> None:
    say(network, from_asha(1, BOARD), now)
    network.tick(now + timedelta(days=31))
    assert count(network, InboxMessage) == 0
    assert count(network, DeliveryRow) == 0
    assert count(network, Question) == 1


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (["sent", "delivered", "read"], "read"),
        (["read", "delivered", "sent"], "read"),
        (["delivered", "failed"], "delivered"),
        (["failed", "sent"], "failed"),
    ],
)
def test_a_providers_status_never_moves_backwards(
    network: Network, slack: FakeSender, now: datetime, told: list[str], known: str
) -> None:
    say(network, from_asha(1, "stop"), now)
    ref = f"{slack.taken[0].ref}-0"
    with network.database.writing() as session:
        for status in told:
            assert outbox.progressed(session, ref, status)
        assert not outbox.progressed(session, "unknown", "sent")
    with network.database.reading() as session:
        assert session.scalars(select(DeliveryRow.provider_status)).one() == known
