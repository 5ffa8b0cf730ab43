"""What is typed in Slack under an open challenge: passed on once, and without a name."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.app import Network
from bot.challenges import states
from bot.challenges.models import Challenge, ReplyState
from bot.members import Member
from bot.rules import Rules
from bot.wording import boards as wording
from bot.wording.challenges import A_COLLEAGUE
from handlers.slack import OfficerApp
from tests.handlers.board.channel import (
    ask,
    changed,
    deleted,
    do,
    pinned,
    relayed,
    tick,
    told,
    typed,
)
from tests.handlers.fake_slack import BOT, DIRECT, FakeSlack, post


def test_a_reply_in_the_thread_reaches_the_author_without_a_name(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    code = ask(board_network)
    tick(board_network)
    said = typed(slack, "We ring them, <@U2>. <https://x.org|See here> &amp; ask")
    for _ in range(2):
        assert post(channel[0], said).status_code == 200
    channel[1].close()
    (reply,) = relayed(board_network)
    assert reply.public
    assert reply.text == "We ring them, @someone. See here & ask"
    (heard,) = [each for each in told(board_network) if "We ring them" in each]
    assert heard.startswith(f"{A_COLLEAGUE} offers what worked about your challenge {code}")
    assert len(pinned(slack)) == 1  # nothing is said in the channel


def test_a_question_in_the_thread_is_a_question_back(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    ask(board_network)
    tick(board_network)
    post(channel[0], typed(slack, "Have you rung them?"))
    channel[1].close()
    assert any("asks you a question" in each for each in told(board_network))


def test_what_is_edited_and_deleted_in_slack_is_corrected_and_withdrawn(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    ask(board_network)
    tick(board_network)
    post(channel[0], typed(slack, "We wring them"))
    post(channel[0], changed(slack, "We ring them", "We wring them"))
    channel[1].executors[0].submit(lambda: None).result()
    tick(board_network, minutes=1)
    (reply,) = relayed(board_network)
    assert (reply.text, reply.state) == ("We ring them", ReplyState.CORRECTED)
    post(channel[0], deleted(slack, "We ring them"))
    channel[1].close()
    (reply,) = relayed(board_network)
    assert (reply.text, reply.state) == ("", ReplyState.WITHDRAWN)


def test_a_correction_that_overtakes_its_reply_is_one_reply(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    ask(board_network)
    tick(board_network)
    post(channel[0], changed(slack, "We ring them", "We wring them"))
    tick(board_network, minutes=1)
    post(channel[0], typed(slack, "We wring them"))
    channel[1].close()
    assert [reply.text for reply in relayed(board_network)] == ["We ring them"]


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"user": BOT},
        {"subtype": "channel_join"},
        {"thread_ts": "1.2"},
        {"channel": "C1"},
        {"text": f"<@{BOT}> how do we start?"},
    ],
    ids=str,
)
def test_what_is_no_reply_is_not_relayed_and_makes_no_member(
    channel: tuple[TestClient, OfficerApp],
    board_network: Network,
    slack: FakeSlack,
    more: dict[str, Any],
) -> None:
    ask(board_network)
    tick(board_network)
    post(channel[0], typed(slack, **({"text": "hello"} | more)))
    channel[1].close()
    assert relayed(board_network) == []
    with board_network.database.reading() as session:
        assert len(session.scalars(select(Member)).all()) == 1


def test_a_newcomer_in_the_thread_is_told_what_is_kept(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    ask(board_network)
    tick(board_network)
    post(channel[0], typed(slack, "We ring them"))
    post(channel[0], typed(slack, "And write", 2, ts="1700000005.000100"))
    channel[1].close()
    tick(board_network, minutes=2)
    direct = [each["text"] for each in slack.messages if each["channel"] == DIRECT]
    assert sum("What I keep" in each for each in direct) == 1
    assert len(relayed(board_network)) == 2


def test_where_an_invitation_is_needed_a_stranger_alone_is_told(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    board_network._rules = Rules()
    ask(board_network)
    tick(board_network)
    post(channel[0], typed(slack, "We ring them"))
    channel[1].close()
    assert relayed(board_network) == []
    assert [(each["text"], each["shown_to"]) for each in slack.messages[1:]] == [
        (wording.NOT_PASSED_ON, "U7")
    ]


def test_a_reply_to_what_is_over_is_refused_to_its_writer_alone(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    code = ask(board_network)
    tick(board_network)
    do(board_network, states.close, code)
    post(channel[0], typed(slack, "We ring them"))
    channel[1].close()
    (refusal,) = slack.messages[1:]
    assert refusal["shown_to"] == "U7"
    assert f"{code} has been closed" in refusal["text"]
    with board_network.database.reading() as session:
        assert session.scalars(select(Challenge)).one().code == code
        assert len(session.scalars(select(Member)).all()) == 1
