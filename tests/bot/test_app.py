"""Nothing lost, nothing twice: the inbox, the outbox and the worker between them."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import conversation, wording
from bot.app import LEFT_BEHIND, Network
from bot.conversation import Exchange
from bot.delivery import DeliveryRow, DeliveryStatus, SendLater, SendRefused
from bot.inbox import MOST_TRIES, InboxMessage
from bot.mailing import LEASE
from bot.messages import Inbound
from bot.questions import Question
from tests.bot.asha import BOARD, PERCEPTION, count, from_asha, say, statuses
from tests.fake_sender import FakeSender


def test_a_repeated_message_is_answered_once(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    first = say(network, from_asha(1, BOARD), now)
    again = say(network, from_asha(1, BOARD), now + timedelta(seconds=61))
    assert first == again
    assert len(slack.said) == 2  # the welcome and the card
    assert count(network, Question) == 1


def test_messages_are_handled_in_the_order_they_came_whoever_handles_them(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    network.keep(from_asha(1, PERCEPTION), now=now)
    second = network.keep(from_asha(2, BOARD), now=now)
    network.handle(second, now=now)
    with network.database.reading() as session:
        asked = list(session.scalars(select(Question.text).order_by(Question.id)))
    assert asked == [PERCEPTION, BOARD]


def test_repeats_in_many_threads_are_handled_once(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    start = threading.Barrier(4)

    def repeat() -> None:
        start.wait()
        say(network, from_asha(1, BOARD), now)

    threads = [threading.Thread(target=repeat) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(network, Question) == 1
    assert slack.said.count(wording.WELCOME) == 1
    assert len(slack.said) == 2


def test_one_members_messages_from_many_threads_all_get_their_own_answer(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    def ask(number: int) -> None:
        say(network, from_asha(number, f"{BOARD} {number}"), now)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    network.tick(now + timedelta(seconds=2))  # what had to wait behind another's answers
    assert count(network, Question) == 5
    assert slack.said.count(wording.WELCOME) == 1
    assert set(statuses(network)) == {DeliveryStatus.SENT}


def test_the_words_and_the_address_go_once_a_message_is_handled(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    say(network, from_asha(1, BOARD), now)
    with network.database.reading() as session:
        message = session.scalars(select(InboxMessage)).one()
    assert (message.body, message.address) == (None, None)


def test_what_a_crash_left_in_the_inbox_is_answered_by_the_worker(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    network.keep(from_asha(1, BOARD), now=now)
    network.tick(now + timedelta(seconds=1))
    assert slack.said == []  # its request may still be at work
    network.tick(now + LEFT_BEHIND)
    assert len(slack.said) == 2


def test_a_crash_after_sending_is_settled_by_asking_the_provider(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    def crash() -> None:
        raise KeyboardInterrupt

    slack.crash = crash
    with pytest.raises(KeyboardInterrupt):
        say(network, from_asha(1, BOARD), now)
    slack.crash = lambda: None
    network.tick(now + LEASE)
    network.tick(now + LEASE)
    assert slack.asked == 2
    assert len(slack.said) == 2
    assert len(set(slack.said)) == 2


def test_nothing_is_taken_from_a_request_that_still_has_time(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    inbox_id = network.keep(from_asha(1, BOARD), now=now)
    network.handle(inbox_id, now=now)
    network.tick(now + LEASE - timedelta(seconds=1))
    assert slack.said == []
    network.deliver(inbox_id, now=now + LEASE - timedelta(seconds=1))
    assert len(slack.said) == 2


def test_a_provider_that_asks_to_wait_gets_the_message_later_and_in_order(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    slack.fails = [SendLater("429", timedelta(seconds=30))]
    say(network, from_asha(1, BOARD), now)
    assert slack.said == []
    network.tick(now + timedelta(seconds=29))
    assert slack.said == []
    network.tick(now + timedelta(seconds=30))
    assert slack.said[0] == wording.WELCOME
    assert len(slack.said) == 2


def test_a_lost_answer_from_the_provider_is_settled_by_asking_before_the_next_try(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    def lose_the_answer() -> None:
        slack.crash = lambda: None
        raise SendLater("timed out", unsure=True)

    slack.crash = lose_the_answer
    say(network, from_asha(1, BOARD), now)
    network.tick(now + timedelta(minutes=5))
    assert slack.asked == 1
    assert len(slack.said) == 2


def test_answers_to_a_second_message_wait_for_those_to_the_first(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    first = network.keep(from_asha(1, PERCEPTION), now=now)
    second = network.keep(from_asha(2, BOARD), now=now)
    network.handle(second, now=now)
    network.deliver(second, now=now)
    assert slack.said == []
    network.deliver(first, now=now)
    network.tick(now + timedelta(seconds=2))
    assert len(slack.said) == 3
    assert "partnership board" in slack.said[-1]


def test_a_refused_message_is_kept_with_its_reason_and_the_next_goes_out(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    slack.fails = [SendRefused("63024")]
    say(network, from_asha(1, BOARD), now)
    assert len(slack.said) == 1
    with network.database.reading() as session:
        refused = session.scalars(select(DeliveryRow).order_by(DeliveryRow.id)).first()
    assert refused is not None
    assert (refused.status, refused.reason) == (DeliveryStatus.FAILED, "63024")


def test_a_message_in_pieces_goes_on_from_where_it_was_stopped(
    network: Network, slack: FakeSender, now: datetime
) -> None:
    slack.pieces = 3
    inbox_id = network.keep(from_asha(1, "stop"), now=now)
    network.handle(inbox_id, now=now)

    def stop_after_two() -> None:
        if len(slack.taken) == 2:
            slack.fails = [SendLater("503")]

    slack.crash = stop_after_two
    network.deliver(inbox_id, now=now)
    network.tick(now + timedelta(minutes=5))
    assert [delivery.part for delivery in slack.taken] == [0, 1, 2]


def test_a_message_that_cannot_be_handled_gets_an_apology_and_blocks_nobody(
    network: Network, slack: FakeSender, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = conversation.hold

    def fragile(session: object, inbound: Inbound, *args: object, **kwargs: object) -> Exchange:
        if inbound.text == "boom":
            raise RuntimeError("words of a member")
        return hold(session, inbound, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(conversation, "hold", fragile)
    say(network, from_asha(1, "boom"), now)
    say(network, from_asha(2, BOARD), now)
    assert slack.said == []
    for minute in range(1, MOST_TRIES + 2):
        network.tick(now + timedelta(minutes=minute))
    network.tick(now + timedelta(minutes=10))
    assert slack.said[0] == wording.WENT_WRONG
    assert "partnership board" in slack.said[-1]
