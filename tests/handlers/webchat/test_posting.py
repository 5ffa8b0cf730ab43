"""A challenge posted on the web: one form, then what it brings up."""

from __future__ import annotations

import re

from bot.app import Network
from bot.wording import identities as found
from bot.wording import posting as words
from tests.bot.posts import kept
from tests.handlers.webchat.driver import Browser, new_id


def hands_in(asha: Browser, ref: str, **answers: str | list[str]) -> str:
    fields = {f"answer:{name}": value for name, value in answers.items()}
    sent = asha.client.post(
        "/chat/messages",
        data={"id": new_id(), "form": ref, "label": "I have filled it in.", **fields},
        headers={"Accept": "application/json"},
    )
    return str(sent.json()["html"])


def test_a_form_is_handed_in_guarded_looked_at_and_posted(asha: Browser, network: Network) -> None:
    asha.says("hello")
    page = asha.says("post").html
    match = re.search(r'name="form" value="(\w+)"', page)
    assert match is not None
    ref = match[1]
    said: dict[str, str | list[str]] = {
        "problem": "Asha ignores <b>us</b>",
        "context": "",
        "tried": "",
        "themes": [""],
    }
    page = hands_in(asha, ref, **said)
    assert found.guard("the problem") in page
    assert "«Asha» ignores &lt;b&gt;us&lt;/b&gt;" in page
    (guard,) = set(re.findall(r"answer:(problem-names-[\w-]+)", page))
    page = hands_in(asha, ref, **said, **{guard: "neutral"}, named="")
    assert words.LAST_LOOK in page
    assert "A colleague ignores" in page
    (look,) = set(re.findall(r"answer:(look-\w+)", page))
    page = hands_in(asha, ref, **said, **{guard: "neutral"}, named="", **{look: "yes"})
    (one,) = kept(network)
    assert one.problem == "A colleague ignores <b>us</b>"
    assert f"Posted as {one.code}" in page
