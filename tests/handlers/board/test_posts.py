"""Open challenges in a Slack channel: posted once and kept up to date."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot import members, privacy
from bot.app import Network
from bot.boards import posts as board_posts
from bot.challenges import posts, states
from bot.challenges.posts import NewChallenge
from bot.wording import boards as wording
from handlers import doctor
from handlers.slack import OfficerApp
from tests.handlers.board.channel import (
    ALIVE,
    BOARD,
    PROBLEM,
    ROUTING,
    ask,
    do,
    pinned,
    tick,
)
from tests.handlers.fake_provider import Said
from tests.handlers.fake_slack import DIRECT, FakeSlack, post, press


def test_an_open_challenge_is_posted_once_without_its_author(
    board_network: Network, slack: FakeSlack
) -> None:
    code = ask(board_network, context="A grant for shops", tried="Letters")
    tick(board_network)
    tick(board_network, minutes=5)
    (notice,) = pinned(slack)
    assert "A colleague asks" in notice["text"]
    for part in (code, PROBLEM, "A grant for shops", "Letters"):
        assert part in notice["text"]
    assert "Asha" not in str(notice)
    assert set(notice["metadata"]["event_payload"]) == {"ref"}
    (row,) = [block for block in notice["blocks"] if block["type"] == "actions"]
    assert [each["value"] for each in row["elements"]] == [f"say:reply {code}"]


def test_a_sets_challenge_is_not_posted(board_network: Network, slack: FakeSlack) -> None:
    ask(board_network, in_a_set=True)
    tick(board_network)
    assert pinned(slack) == []


def test_nothing_that_was_written_comes_alive_in_the_channel(
    board_network: Network, slack: FakeSlack
) -> None:
    ask(board_network, ALIVE, context=ALIVE)
    tick(board_network)
    (notice,) = pinned(slack)
    for live in ("<!channel>", "<@U1>", "<https"):
        assert live not in str(notice)
    assert "&lt;!channel&gt;" in notice["text"]
    kinds = {block["text"]["type"] for block in notice["blocks"] if block["type"] == "section"}
    assert kinds == {"plain_text"}


def test_the_longest_challenge_is_one_message(board_network: Network, slack: FakeSlack) -> None:
    code = ask(board_network, "&" * 300, context="&" * 1_500, tried='"' * 1_500)
    tick(board_network)
    (notice,) = pinned(slack)
    assert len(str(notice["blocks"])) < 13_200
    assert f"show:{code}" in str(notice["blocks"])


def test_an_edited_challenge_is_changed_where_it_hangs(
    board_network: Network, slack: FakeSlack
) -> None:
    code = ask(board_network)
    tick(board_network)
    do(board_network, posts.edit, code, NewChallenge("Nobody sends their accounts"))
    tick(board_network)
    (notice,) = pinned(slack)
    assert "Nobody sends their accounts" in notice["text"]
    assert PROBLEM not in str(notice)
    assert notice["metadata"]["event_type"] == "als_delivery"


@pytest.mark.parametrize(("verb", "word"), [(states.solve, "solved"), (states.close, "closed")])
def test_what_is_over_says_so_and_has_no_button(
    board_network: Network, slack: FakeSlack, verb: Any, word: str
) -> None:
    code = ask(board_network)
    tick(board_network)
    do(board_network, verb, code)
    tick(board_network)
    (notice,) = pinned(slack)
    assert word in notice["text"]
    assert "actions" not in {block["type"] for block in notice["blocks"]}
    do(board_network, states.reopen, code, routing=ROUTING)
    tick(board_network)
    assert "A colleague asks" in pinned(slack)[0]["text"]


def test_a_withdrawn_challenge_is_taken_down(board_network: Network, slack: FakeSlack) -> None:
    code = ask(board_network)
    tick(board_network)
    do(board_network, states.withdraw, code)
    tick(board_network)
    tick(board_network)
    assert pinned(slack) == []
    assert len(slack.called("chat.delete")) == 1


def test_where_nothing_may_be_deleted_a_sentence_stands_instead(
    board_network: Network, slack: FakeSlack
) -> None:
    code = ask(board_network)
    tick(board_network)
    do(board_network, states.withdraw, code)
    slack.fails = [Said({"ok": False, "error": "cant_delete_message"})]
    tick(board_network)
    assert [each["text"] for each in pinned(slack)] == [wording.GONE]


def test_when_the_author_leaves_their_words_go(board_network: Network, slack: FakeSlack) -> None:
    ask(board_network)
    tick(board_network)
    with board_network.database.writing() as session:
        member = members.named(session, "Asha")
        privacy.forget(session, member, now=datetime.now(UTC))
    tick(board_network)
    assert pinned(slack) == []


def test_a_challenge_that_was_withdrawn_at_once_is_never_posted(
    board_network: Network, slack: FakeSlack
) -> None:
    code = ask(board_network)
    do(board_network, states.withdraw, code)
    tick(board_network)
    assert slack.called("chat.postMessage") == []


def test_a_crash_after_posting_is_seen_in_slack_and_nothing_is_posted_again(
    board_network: Network, slack: FakeSlack
) -> None:
    ask(board_network)
    board, now = board_network.board, datetime.now(UTC)
    assert board is not None
    with board_network.database.writing() as session:
        due = board_posts.claim(session, board.address, now=now)
    assert due is not None
    board.pin(due.notice)
    tick(board_network)  # somebody may be at it still
    assert len(slack.called("conversations.history")) == 0
    tick(board_network, minutes=2)
    assert len(pinned(slack)) == 1
    assert len(slack.called("chat.postMessage")) == 1


def test_a_lost_answer_is_looked_for(board_network: Network, slack: FakeSlack) -> None:
    ask(board_network)
    slack.fails = [Said(None, lost=True)]
    tick(board_network)
    tick(board_network, minutes=2)
    assert len(pinned(slack)) == 1


def test_slacks_limit_makes_the_whole_board_wait(board_network: Network, slack: FakeSlack) -> None:
    ask(board_network)
    slack.fails = [Said({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "30"})]
    tick(board_network)
    ask(board_network, "Nobody reads our reports")
    tick(board_network, seconds=20)
    assert len(slack.called("chat.postMessage")) == 1
    tick(board_network, seconds=40)
    tick(board_network, seconds=42)
    assert len(pinned(slack)) == 2


def test_a_channel_that_the_bot_is_not_in_stops_nothing_and_the_doctor_says_so(
    board_network: Network, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    ask(board_network)
    slack.absent = {BOARD}
    tick(board_network)
    url = board_network.database.url.render_as_string(hide_password=False)
    settings = slack.settings(slack_challenges_channel=BOARD, database_url=url)
    (found,) = [one for one in doctor.examine(settings) if one.what == "challenges channel"]
    assert not found.sound
    assert "/invite" in found.why
    assert PROBLEM not in caplog.text
    slack.absent = set()
    tick(board_network, minutes=11)
    assert len(pinned(slack)) == 1
    (found,) = [one for one in doctor.examine(settings) if one.what == "challenges channel"]
    assert found.sound


def test_the_button_is_answered_to_its_presser_alone(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> None:
    ask(board_network)
    tick(board_network)
    (row,) = [block for block in pinned(slack)[0]["blocks"] if block["type"] == "actions"]
    post(channel[0], press(row["elements"][0], channel_id=BOARD))
    channel[1].close()
    answers = slack.messages[1:]
    assert answers
    assert {each["channel"] for each in answers} == {DIRECT}
