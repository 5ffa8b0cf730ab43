"""A challenge posted in Slack: by a modal, and with words in it that must not come alive."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from bot.app import Network
from bot.wording import forms
from bot.wording import identities as found
from bot.wording import posting as words
from tests.bot.posts import kept
from tests.handlers.fake_slack import FakeSlack, event, interactive, post, press, submitted

GIVEN: dict[str, Any] = {
    "problem": "Owners ignore <!channel> & *us*",
    "context": "<@U1> knows: <https://intranet.leeds.gov.uk|here>",
    "tried": None,
    "themes": [],
    "named": None,
}


def button(message: dict[str, Any], label: str) -> dict[str, Any]:
    (one,) = (
        element
        for block in message["blocks"]
        for element in block.get("elements", ())
        if element.get("text", {}).get("text") == label
    )
    return dict(one)


def test_a_modal_is_handed_in_and_the_last_look_sends_it(
    events: TestClient, slack: FakeSlack, network: Network
) -> None:
    post(events, event("post", 80))
    slack.wait_for(1)
    (opener,) = (
        block["accessory"] for block in slack.messages[-1]["blocks"] if "accessory" in block
    )
    ref = opener["value"].removeprefix("form:on:")
    response = post(events, interactive(submitted(ref, **GIVEN | {"problem": "x" * 301})))
    assert response.json()["errors"] == {"problem": forms.too_long(301, 300)}
    response = post(events, interactive(submitted(ref, 2, **GIVEN)))
    assert (response.status_code, response.text) == (200, "")
    slack.wait_for(2)
    assert forms.more_questions("your post") in slack.texts[1]
    assert found.guard("the context") in slack.texts[1]
    assert "<!channel>" not in str(slack.messages)
    assert "<@U1>" not in str(slack.messages)
    post(events, press(button(slack.messages[1], found.KEEP), 3))
    slack.wait_for(3)
    assert words.LAST_LOOK in slack.texts[2]
    assert "Owners ignore &lt;!channel&gt; &amp; " in slack.texts[2]
    post(events, press(button(slack.messages[2], words.POST_IT), 4))
    slack.wait_for(4)
    (one,) = kept(network)
    assert one.problem == GIVEN["problem"]
    assert f"Posted as {one.code}" in slack.texts[3]
    assert "<!channel>" not in str(slack.messages)
