"""What Slack sends, read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from handlers import slack_inbound
from handlers.slack_inbound import Malformed, plain
from handlers.slack_place import Place
from tests.handlers.fake_slack import BOT, DIRECT, command, event, mention, press


def fields(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = dict(parse_qsl(body.decode(), keep_blank_values=True))
    payload: dict[str, Any] = json.loads(found.get("payload", "null")) or found
    return payload


def test_a_direct_message_is_answered_where_it_was_said() -> None:
    inbound = slack_inbound.read(event("help &amp; <https://x.org|here>"))
    assert inbound is not None
    assert (inbound.provider_id, inbound.address) == ("Ev1", "T1:U1")
    assert inbound.text == "help & here"
    assert Place.read(inbound.place) == Place(DIRECT)


def test_a_direct_message_in_a_thread_is_answered_there() -> None:
    inbound = slack_inbound.read(event("help", thread_ts="1.2"))
    assert inbound is not None
    assert Place.read(inbound.place) == Place(DIRECT, "1.2")


def test_a_mention_is_answered_in_its_thread_and_is_no_part_of_the_question() -> None:
    first = slack_inbound.read(mention("how do <@U2> and I start?"))
    later = slack_inbound.read(mention("and then?", thread_ts="1.2"))
    assert first is not None
    assert later is not None
    assert first.text == "how do @someone and I start?"
    assert Place.read(first.place) == Place("C1", "1700000001.000100")
    assert Place.read(later.place) == Place("C1", "1.2")


def test_a_file_without_words_counts_as_an_attachment() -> None:
    inbound = slack_inbound.read(event("", subtype="file_share", files=[{"id": "F1"}]))
    assert inbound is not None
    assert (inbound.text, inbound.attachments) == ("", 1)


def test_a_command_is_answered_to_its_writer_alone() -> None:
    inbound = slack_inbound.read(fields(command("R&amp;D")))
    assert inbound is not None
    assert (inbound.provider_id, inbound.text) == ("trigger1", "R&D")
    assert Place.read(inbound.place) == Place("C1", only_for="U1")


BUTTON = {"action_id": "als:1", "value": "a&lt;b", "text": {"text": "R&amp;D"}}


def test_a_button_brings_its_value_and_its_label() -> None:
    inbound = slack_inbound.read(fields(press(BUTTON, thread_ts="1.2")))
    assert inbound is not None
    assert (inbound.choice, inbound.text, inbound.address) == ("a&lt;b", "R&D", "T1:U1")
    assert Place.read(inbound.place) == Place(DIRECT, "1.2")


def test_a_button_that_one_person_saw_is_answered_to_that_person() -> None:
    inbound = slack_inbound.read(fields(press(BUTTON, is_ephemeral=True)))
    assert inbound is not None
    assert Place.read(inbound.place) == Place(DIRECT, only_for="U1")


IGNORED = {
    "its own words": event("hello", user=BOT),
    "another bot": event("hello", bot_id="B1"),
    "nobody": event("hello", user=None),
    "an edit": event("hello", subtype="message_changed"),
    "a deletion": event("hello", subtype="message_deleted"),
    "a mention put in by an edit": mention("hello", edited={"ts": "1"}),
    "a channel's talk": event("hello", channel_type="channel"),
    "a mention in a direct message": event("hello", type="app_mention"),
    "another event": event("hello", type="reaction_added"),
    "another command": fields(command("x")) | {"command": "/other"},
    "another app's button": fields(press({**BUTTON, "action_id": "other"})),
    "another app's modal": {"type": "view_submission", "user": {}, "view": {"callback_id": "x"}},
    "nothing of ours": {"type": "shortcut"},
}


@pytest.mark.parametrize("body", IGNORED.values(), ids=IGNORED)
def test_what_is_not_said_to_the_bot_is_ignored(body: dict[str, Any]) -> None:
    assert slack_inbound.read(body) is None


MALFORMED: dict[str, dict[str, Any]] = {
    "no event": {"type": "event_callback"},
    "no id": {**event("hello"), "event_id": None},
    "a numeric id": {**event("hello"), "event_id": 7},
    "no team": {**event("hello"), "team_id": ""},
    "text that is none": event("hello") | {"event": {**event("x")["event"], "text": ["a"]}},
    "no action": {"type": "block_actions", "actions": []},
    "no trigger": {"command": "/als", "text": "x"},
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_what_slack_would_not_send_is_malformed(body: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        slack_inbound.read(body)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("<mailto:a@example.org>", "a@example.org"),
        ("<@U1> <@U2|asha>", "@someone @someone"),
        ("<#C1|general> <#C2>", "#general #channel"),
        ("<!here> <!subteam^S1|@leads> <!subteam^S1>", "@here @leads @subteam"),
        ("<!date^1392734382^{date}|18 February>", "18 February"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_markup_is_read_as_a_person_would(markup: str, words: str) -> None:
    assert plain(markup) == words
