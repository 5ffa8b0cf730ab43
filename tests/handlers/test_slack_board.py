"""Open challenges in a Slack channel: posted once, kept up to date, answered in their thread."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot import members, privacy
from bot.app import Network
from bot.boards import posts as board_posts
from bot.challenges import posts, states
from bot.challenges.models import Challenge, Reply, ReplyState
from bot.challenges.posts import NewChallenge
from bot.challenges.routing import Routing
from bot.learning_sets import sets
from bot.learning_sets.peers import SetPeers
from bot.members import Member, Role
from bot.messages import Channel
from bot.rules import Rules
from bot.wording import boards as wording
from bot.wording.challenges import A_COLLEAGUE
from handlers import doctor
from handlers.slack import OfficerApp
from handlers.slack_board import SlackBoard
from handlers.slack_sender import SlackSender
from tests.bot.challenges.conftest import LONDON
from tests.handlers.fake_provider import Said
from tests.handlers.fake_slack import BOT, DIRECT, FakeSlack, event, post, press

ROUTING = Routing(SetPeers(), LONDON)
BOARD = "C9"
PROBLEM = "Nobody sends their monitoring returns"
ALIVE = "<!channel> <@U1> <https://x.org|here> *bold* R&D"


@pytest.fixture
def board_network(network: Network, posting: SlackSender, slack: FakeSlack) -> Network:
    settings = slack.settings(slack_challenges_channel=BOARD)
    network.board = SlackBoard(posting.client, settings)
    network.senders = {**network.senders, Channel.SLACK: posting}
    network._rules = Rules(frozenset({Channel.SLACK}))
    return network


@pytest.fixture
def channel(
    board_network: Network, slack: FakeSlack, posting: SlackSender
) -> Any:  # the test client and the app behind it
    from starlette.applications import Starlette

    from handlers.slack import bolt_app, routes

    settings = slack.settings(slack_challenges_channel=BOARD)
    bolt = bolt_app(board_network, settings, posting.client)
    assert bolt is not None
    yield TestClient(Starlette(routes=routes(bolt))), bolt
    bolt.close()


def author(network: Network, name: str = "Asha") -> int:
    now = datetime.now(UTC)
    with network.database.writing() as session:
        member = members.named_or_new(session, name, Role.OFFICER, now=now)
        members.connect(session, member, Channel.TERMINAL, f"member:{name}", now=now)
        member.welcomed_at = now
        return member.id


def ask(network: Network, problem: str = PROBLEM, **more: Any) -> str:
    member_id, now = author(network), datetime.now(UTC)
    with network.database.writing() as session:
        set_id = None
        member = session.get_one(Member, member_id)
        if more.pop("in_a_set", False):
            set_id = sets.create(session, "North", now=now).id
            sets.add_member(session, set_id, member_id, now=now)
        viewer = sets.viewer(session, member)
        new = NewChallenge(problem, set_id=set_id, **more)
        return posts.post(session, viewer, new, key=problem, routing=ROUTING, now=now)


def do(network: Network, verb: Any, *args: Any, **kwargs: Any) -> None:
    with network.database.writing() as session:
        viewer = sets.viewer(session, members.named(session, "Asha"))
        verb(session, viewer, *args, now=datetime.now(UTC), **kwargs)


def tick(network: Network, **later: float) -> None:
    network.tick(datetime.now(UTC) + timedelta(**later))


def pinned(slack: FakeSlack) -> list[dict[str, Any]]:
    return [each for each in slack.messages if each["channel"] == BOARD]


def typed(slack: FakeSlack, text: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """Something typed under the first post."""
    thread = {"thread_ts": pinned(slack)[0]["ts"], "user": "U7"}
    given = {"channel_type": "channel", "channel": BOARD, **thread, **more}
    return event(text, number, **given)


def changed(slack: FakeSlack, text: str, before: str, number: int = 2) -> dict[str, Any]:
    said = typed(slack, before)["event"]
    body = typed(slack, "", number)
    body["event"] = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": BOARD,
        "channel_type": "channel",
        "message": {**said, "text": text, "edited": {"user": "U7", "ts": "1"}},
        "previous_message": said,
        "ts": "1700000099.0001",
    }
    return body


def deleted(slack: FakeSlack, before: str, number: int = 3) -> dict[str, Any]:
    body = changed(slack, "", before, number)
    del body["event"]["message"]
    body["event"] |= {"subtype": "message_deleted", "deleted_ts": "1700000001.000100"}
    return body


def relayed(network: Network) -> list[Reply]:
    with network.database.reading() as session:
        return list(session.scalars(select(Reply).order_by(Reply.id)))


def told(network: Network, name: str = "Asha") -> list[str]:
    """What the bot has for somebody at a terminal."""
    from bot import messages
    from bot.delivery import DeliveryRow

    with network.database.reading() as session:
        member = members.named(session, name)
        rows = session.scalars(
            select(DeliveryRow).where(DeliveryRow.member_id == member.id).order_by(DeliveryRow.id)
        )
        contents = [messages.from_json(row.content) for row in rows]
    return [one.text for one in contents if isinstance(one, messages.Text)]


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
