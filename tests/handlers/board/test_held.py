"""Words in the thread that may tell who is meant: their author decides, before they go."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot import drafts, members, privacy
from bot.app import Network
from bot.challenges import states
from bot.challenges.models import ReplyState
from bot.drafts import DraftStatus, FormDraft
from bot.members import Member
from bot.messages import Channel
from bot.wording import held as words
from handlers.slack import THREADS, OfficerApp
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
from tests.handlers.fake_slack import DIRECT, FakeSlack, event, post, press

TELLING = "Leeds City Council rings them, ask Asha"
FIRST = "1700000001.000100"
"""Which of the messages in the thread it is, as Slack calls it."""
CLEAN = "We ring them every week"


class Thread:
    """A post in the channel, and what U7 types under it and in their own conversation."""

    def __init__(
        self, channel: tuple[TestClient, OfficerApp], network: Network, slack: FakeSlack
    ) -> None:
        self.client, self.bolt = channel
        self.network, self.slack = network, slack
        self.number = 0
        self.code = ask(network)
        tick(network)

    def post(self, body: dict[str, Any] | bytes) -> None:
        assert post(self.client, body).status_code == 200
        for executor in self.bolt.executors:
            free = threading.Barrier(THREADS)  # passed when no thread is at work any more
            list(executor.map(lambda _, free=free: free.wait(), range(THREADS)))

    def next(self) -> int:
        self.number += 1
        return self.number

    def says(self, text: str) -> None:
        self.post(typed(self.slack, text, self.next(), ts=FIRST))

    def changes(self, text: str, before: str) -> None:
        self.post(changed(self.slack, text, before, self.next()))

    def deletes(self, before: str) -> None:
        self.post(deleted(self.slack, before, self.next()))

    def tells_the_bot(self, text: str) -> None:
        self.post(event(text, self.next(), user="U7", channel=DIRECT, channel_type="im"))

    def presses(self, label: str) -> None:
        button = next(
            one
            for message in reversed(self.direct)
            for block in message["blocks"]
            if block["type"] == "actions"
            for one in block["elements"]
            if label in (one["text"]["text"], one.get("accessibility_label"))
        )
        self.presses_the(button)

    def presses_the(self, button: dict[str, Any]) -> None:
        self.post(press(button, self.next()).replace(b"%22U1%22", b"%22U7%22"))

    @property
    def direct(self) -> list[dict[str, Any]]:
        return [each for each in self.slack.messages if each["channel"] == DIRECT]

    @property
    def asked(self) -> list[str]:
        """The questions about what waits."""
        return [each["text"] for each in self.direct if words.question(self.code) in each["text"]]

    @property
    def passed_on(self) -> list[str]:
        return [reply.text for reply in relayed(self.network)]

    @property
    def waiting(self) -> list[FormDraft]:
        with self.network.database.reading() as session:
            return list(session.scalars(select(FormDraft)))


@pytest.fixture
def thread(
    channel: tuple[TestClient, OfficerApp], board_network: Network, slack: FakeSlack
) -> Thread:
    return Thread(channel, board_network, slack)


def test_words_that_tell_a_council_wait_and_only_their_author_is_asked(thread: Thread) -> None:
    thread.says(TELLING)
    assert thread.passed_on == []
    assert not any("ring" in each for each in told(thread.network))
    (question,) = thread.asked
    assert "«Leeds City Council» rings them, ask «Asha»" in question
    for label in (words.AS_IT_IS, words.NEUTRAL, words.NOT):
        assert label in question
    assert len(pinned(thread.slack)) == 1  # nothing is said in the channel
    assert sum("What I keep" in each["text"] for each in thread.direct) == 1


def test_they_can_be_passed_on_as_they_are(thread: Thread) -> None:
    thread.says(TELLING)
    thread.presses(words.AS_IT_IS)
    assert thread.passed_on == [TELLING]
    assert relayed(thread.network)[0].public
    assert any(TELLING in each for each in told(thread.network))
    (draft,) = thread.waiting
    assert (draft.status, draft.answers) == (DraftStatus.HANDED_IN, {})


def test_they_can_be_passed_on_with_neutral_wording_by_a_typed_answer(thread: Thread) -> None:
    thread.says(TELLING)
    thread.tells_the_bot("pass it on with neutral wording")
    (text,) = thread.passed_on
    assert "Leeds" not in text
    assert "Asha" not in text
    assert "rings them" in text


def test_they_can_be_let_go(thread: Thread) -> None:
    thread.says(TELLING)
    thread.tells_the_bot("3")
    assert thread.passed_on == []
    assert any(words.NOT_PASSED_ON in each["text"] for each in thread.direct)
    assert thread.waiting[0].answers == {}


def test_a_change_in_the_thread_that_leaves_nothing_to_find_passes_them_on(thread: Thread) -> None:
    thread.says(TELLING)
    thread.changes(CLEAN, TELLING)
    assert thread.passed_on == [CLEAN]
    assert thread.waiting[0].answers == {}
    thread.presses(words.AS_IT_IS)  # the old question decides nothing any more
    assert thread.passed_on == [CLEAN]


def test_a_change_that_still_tells_is_asked_about_anew_and_an_old_button_says_nothing(
    thread: Thread,
) -> None:
    thread.says(TELLING)
    first = thread.direct[-1]
    thread.changes("Hull does the same", TELLING)
    assert len(thread.asked) == 2
    assert "«Hull»" in thread.asked[-1]
    row = next(block for block in first["blocks"] if block["type"] == "actions")
    thread.presses_the(row["elements"][0])
    assert thread.passed_on == []
    thread.presses(words.AS_IT_IS)
    assert thread.passed_on == ["Hull does the same"]


def test_what_was_passed_on_stays_as_it_was_until_its_correction_is_decided(
    thread: Thread,
) -> None:
    thread.says(CLEAN)
    thread.changes(TELLING, CLEAN)
    assert thread.passed_on == [CLEAN]
    thread.presses(words.AS_IT_IS)
    (reply,) = relayed(thread.network)
    assert (reply.text, reply.state) == (TELLING, ReplyState.CORRECTED)


def test_deleted_in_slack_they_wait_no_more(thread: Thread) -> None:
    thread.says(TELLING)
    thread.deletes(TELLING)
    (draft,) = thread.waiting
    assert (draft.status, draft.answers) == (DraftStatus.DROPPED, {})
    thread.presses(words.AS_IT_IS)
    assert thread.passed_on == []


@pytest.mark.parametrize("decided", [None, words.AS_IT_IS, words.NOT])
def test_the_same_event_once_more_changes_nothing(thread: Thread, decided: str | None) -> None:
    thread.says(TELLING)
    if decided:
        thread.presses(decided)
    before = (thread.passed_on, len(thread.direct), len(thread.waiting))
    thread.post(typed(thread.slack, TELLING, 1, ts=FIRST))
    thread.post(typed(thread.slack, TELLING, 99, ts=FIRST))  # Slack gave it another number
    assert (thread.passed_on, len(thread.direct), len(thread.waiting)) == before


def test_the_same_correction_once_more_asks_once(thread: Thread) -> None:
    thread.changes(TELLING, CLEAN)
    thread.changes(TELLING, CLEAN)
    assert len(thread.asked) == 1


def test_what_a_correction_has_overtaken_is_not_asked_about(thread: Thread) -> None:
    thread.changes(CLEAN, TELLING)
    thread.says(TELLING)
    assert thread.asked == []
    assert thread.passed_on == [CLEAN]


def test_undecided_they_go_after_three_days(thread: Thread) -> None:
    thread.says(TELLING)
    later = datetime.now(UTC) + timedelta(hours=73)
    with thread.network.database.writing() as session:
        drafts.tidy(session, now=later)
    assert thread.waiting[0].answers == {}


def test_they_go_with_the_member_who_wrote_them(thread: Thread) -> None:
    thread.says(TELLING)
    with thread.network.database.writing() as session:
        writer = session.scalars(select(Member).order_by(Member.id.desc())).first()
        assert writer is not None
        assert any(TELLING in line for line in privacy.kept(session, writer.id))
        privacy.forget(session, writer, now=datetime.now(UTC))
    assert thread.waiting == []


def test_under_what_is_over_nothing_waits(thread: Thread) -> None:
    do(thread.network, states.close, thread.code)
    thread.says(TELLING)
    assert thread.waiting == []
    assert any("has been closed" in each["text"] for each in thread.slack.messages)


def test_when_the_challenge_is_over_by_the_time_they_decide_they_are_told(thread: Thread) -> None:
    thread.says(TELLING)
    do(thread.network, states.close, thread.code)
    thread.presses(words.AS_IT_IS)
    assert thread.passed_on == []
    assert "has been closed" in thread.direct[-1]["text"]


def test_a_member_is_asked_in_the_conversation_that_they_have(thread: Thread) -> None:
    now = datetime.now(UTC)
    with thread.network.database.writing() as session:
        bea = members.named_or_new(session, "Bea", members.Role.OFFICER, now=now)
        members.connect(session, bea, Channel.SLACK, "T1:U7", now=now)
        bea.welcomed_at = now
    thread.says(TELLING)
    assert len(thread.direct) == 1
    assert len(thread.asked) == 1
