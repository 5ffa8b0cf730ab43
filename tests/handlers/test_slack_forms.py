"""Forms in Slack, end to end: asked in the direct conversation, opened whole, handed in once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest
from sqlalchemy import select, text
from starlette.testclient import TestClient

from bot.app import Network
from bot.drafts import DraftStatus, FormDraft
from bot.inbox import InboxMessage
from bot.wording import forms as words
from handlers.slack import OfficerApp
from knowledge.database import DatabaseUnavailable
from tests.handlers.fake_provider import Said
from tests.handlers.fake_slack import (
    DIRECT,
    FakeSlack,
    command,
    event,
    interactive,
    mention,
    post,
    press,
    submitted,
)
from tests.handlers.rows import count
from tests.sample_form import SOON, TITLE, TRIED, posted

pytestmark = pytest.mark.usefixtures("post_form")

GIVEN: dict[str, Any] = {"title": "R&D <b>", "tried": None, "soon": ["none"], "touches": ["data"]}
DONE = posted(soon="none", title="R&amp;D &lt;b&gt;", touches="data", tried="")


def begun(events: TestClient, slack: FakeSlack, *answers: str) -> str:
    """Begins the form in the direct conversation. Its reference."""
    for number, line in enumerate(("post", *answers), 80):
        post(events, event(line, number))
        slack.wait_for(number - 79)
    return str(opener(slack.messages[-1])["value"]).removeprefix("form:on:")


def opener(message: dict[str, Any]) -> dict[str, Any]:
    """The button that opens the whole form, as Slack sends it back."""
    (button,) = (block["accessory"] for block in message["blocks"] if "accessory" in block)
    return dict(button)


def draft(network: Network, ref: str) -> FormDraft:
    with network.database.reading() as session:
        return session.scalars(select(FormDraft).where(FormDraft.ref == ref)).one()


def test_a_form_is_asked_in_words_and_typed_answers_work(
    events: TestClient, slack: FakeSlack
) -> None:
    begun(events, slack, "Footfall", "skip")
    assert f"Step 1: {TITLE}" in slack.texts[0]
    assert f"Step 2: {TRIED}" in slack.texts[1]
    assert f"Step 3: {SOON}" in slack.texts[2]
    assert all(words.ALL_AT_ONCE in each for each in slack.texts)


@pytest.mark.parametrize("where", [mention("post"), command("post")], ids=["mention", "command"])
def test_a_form_that_was_begun_in_a_channel_is_asked_directly(
    events: TestClient, slack: FakeSlack, where: Any
) -> None:
    post(events, where)
    slack.wait_for(1)
    assert (slack.messages[0]["channel"], slack.messages[0]["shown_to"]) == (DIRECT, "")
    assert "thread_ts" not in slack.messages[0]


def test_what_is_said_in_a_channel_is_no_answer(events: TestClient, slack: FakeSlack) -> None:
    begun(events, slack)
    post(events, mention("how do we measure perception?"))
    slack.wait_for(2)
    assert "perception" in slack.texts[1]
    assert "Carry on" not in slack.texts[1]


def test_the_button_opens_the_form_with_the_answers_so_far(
    events: TestClient, slack: FakeSlack, bolt: OfficerApp, network: Network
) -> None:
    ref = begun(events, slack, "R&amp;D &lt;b&gt;")
    kept = count(network, InboxMessage)
    first = press(opener(slack.messages[0]))
    response = post(events, first)
    bolt.close()
    assert (response.status_code, response.text) == (200, "")
    (view,) = slack.views
    (asked,) = slack.called("views.open")
    assert asked["trigger_id"] == "press1"
    assert (view["callback_id"], view["private_metadata"]) == ("als:form", ref)
    title = next(block for block in view["blocks"] if block.get("block_id") == "title")
    assert title["element"]["initial_value"] == "R&D <b>"
    assert (len(slack.messages), count(network, InboxMessage)) == (2, kept)


def test_where_the_form_cannot_be_opened_the_question_is_asked_again(
    events: TestClient, slack: FakeSlack
) -> None:
    begun(events, slack, "Footfall")
    slack.fails = [Said({"ok": False, "error": "expired_trigger_id"})]
    post(events, press(opener(slack.messages[1])))
    slack.wait_for(3)
    assert f"Step 2: {TRIED}" in slack.texts[2]
    assert slack.views == []


def test_a_button_of_a_form_that_is_closed_says_so(events: TestClient, slack: FakeSlack) -> None:
    begun(events, slack)
    post(events, event("cancel", 90))
    slack.wait_for(2)
    post(events, press(opener(slack.messages[0])))
    slack.wait_for(3)
    assert words.was_dropped("Post a challenge") in slack.texts[2]
    assert slack.views == []


def test_a_form_is_handed_in_kept_and_answered_directly(
    events: TestClient, slack: FakeSlack, network: Network
) -> None:
    ref = begun(events, slack)
    response = post(events, interactive(submitted(ref, **GIVEN)))
    assert (response.status_code, response.text) == (200, "")
    slack.wait_for(2)
    assert (slack.messages[1]["channel"], slack.texts[1]) == (DIRECT, DONE)
    assert draft(network, ref).status is DraftStatus.HANDED_IN


def test_a_form_is_kept_before_it_is_acknowledged(
    events: TestClient,
    slack: FakeSlack,
    network: Network,
    bolt: OfficerApp,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ref = begun(events, slack)
    body = interactive(submitted(ref, **GIVEN))

    def gone(*_: object, **__: object) -> int:
        raise DatabaseUnavailable

    with monkeypatch.context() as without:
        without.setattr(network, "keep", gone)
        assert post(events, body).status_code == 503
    monkeypatch.setattr(network, "handle", gone)
    assert post(events, body).status_code == 200
    bolt.close()
    with network.database.reading() as session:
        waiting = select(InboxMessage.body).where(InboxMessage.handled_at.is_(None))
        (stored,) = session.scalars(waiting)
    assert "R&D <b>" in str(stored)
    monkeypatch.undo()


@pytest.mark.parametrize("same", [True, False], ids=["a repeat", "a second click"])
def test_a_form_handed_in_twice_takes_effect_once(
    events: TestClient, slack: FakeSlack, bolt: OfficerApp, same: bool
) -> None:
    ref = begun(events, slack)
    first = post(events, interactive(submitted(ref, 1, **GIVEN)))
    slack.wait_for(2)
    second = post(events, interactive(submitted(ref, 1 if same else 2, **GIVEN)))
    bolt.close()
    assert slack.texts[1:] == [DONE]
    assert first.text == ""
    if same:
        assert (second.status_code, second.text) == (200, "")
    else:
        assert second.json()["errors"] == {"title": words.FORM_CLOSED}


def test_what_is_wrong_is_told_in_the_open_modal_and_nothing_is_kept(
    events: TestClient, slack: FakeSlack, network: Network
) -> None:
    ref = begun(events, slack)
    kept = count(network, InboxMessage)
    wrong = GIVEN | {"title": "a" * 101, "tried": "b" * 501, "soon": []}
    response = post(events, interactive(submitted(ref, **wrong)))
    assert response.headers["content-type"].startswith("application/json")
    assert response.json() == {
        "response_action": "errors",
        "errors": {
            "title": words.too_long(101, 100),
            "tried": words.too_long(501, 500),
            "soon": words.NEEDED,
        },
    }
    assert count(network, InboxMessage) == kept
    post(events, interactive(submitted(ref, 2, **GIVEN)))
    slack.wait_for(2)
    assert slack.texts[1] == DONE


def test_an_answer_that_brings_up_a_question_has_it_asked_directly(
    events: TestClient, slack: FakeSlack
) -> None:
    ref = begun(events, slack)
    response = post(events, interactive(submitted(ref, **GIVEN | {"soon": ["week"]})))
    assert response.text == ""
    slack.wait_for(2)
    assert words.more_questions("your post") in slack.texts[1]
    assert "By which day?" in slack.texts[1]


def test_a_modal_that_stayed_open_too_long_keeps_the_words(
    events: TestClient, slack: FakeSlack, network: Network
) -> None:
    ref = begun(events, slack)
    with network.database.writing() as session:
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        session.execute(text("UPDATE form_draft SET expires_at = :at"), {"at": long_ago})
    response = post(events, interactive(submitted(ref, **GIVEN)))
    assert response.json()["errors"] == {"title": words.FORM_CLOSED}


def test_a_form_of_somebody_else_shows_nothing(events: TestClient, slack: FakeSlack) -> None:
    ref = begun(events, slack, "wobblegong")
    body = submitted(ref, **GIVEN) | {"user": {"id": "U2", "team_id": "T1"}}
    response = post(events, interactive(body))
    assert "wobblegong" not in response.text
    pressed = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U2", "team_id": "T1"},
        "trigger_id": "other",
        "container": {"channel_id": "D2"},
        "actions": [opener(slack.messages[0])],
    }
    post(events, interactive(pressed))
    slack.wait_for(3)
    assert slack.views == []
    assert not any("wobblegong" in each for each in slack.texts[2:])


def test_socket_mode_tells_what_is_wrong_too(
    events: TestClient, bolt: OfficerApp, slack: FakeSlack
) -> None:
    ref = begun(events, slack)
    payload = submitted(ref, **GIVEN | {"title": None})
    told = run_bolt_app(
        bolt, SocketModeRequest(type="interactive", envelope_id="1", payload=payload)
    )
    assert json.loads(told.body)["errors"] == {"title": words.NEEDED}
