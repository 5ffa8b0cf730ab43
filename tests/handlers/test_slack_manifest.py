"""The manifest fits what the bot listens to and calls."""

from __future__ import annotations

import json
from typing import Any

from handlers.slack_manifest import manifest

ADDRESS = "https://bot.example.org"


def made(socket_mode: bool) -> Any:
    return json.loads(json.dumps(manifest(ADDRESS, socket_mode)))


def test_over_http_everything_is_sent_to_one_address() -> None:
    document, url = made(False), f"{ADDRESS}/slack/events"
    assert document["settings"]["event_subscriptions"]["request_url"] == url
    assert document["settings"]["interactivity"] == {"is_enabled": True, "request_url": url}
    assert document["features"]["slash_commands"][0]["url"] == url
    assert document["settings"]["socket_mode_enabled"] is False


def test_in_socket_mode_there_is_no_address() -> None:
    document = made(True)
    assert ADDRESS not in json.dumps(document)
    assert document["settings"]["socket_mode_enabled"] is True
    assert document["settings"]["interactivity"]["is_enabled"] is True


def test_members_can_write_to_the_bot_directly() -> None:
    document = made(False)
    assert document["features"]["app_home"]["messages_tab_enabled"] is True
    assert document["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    assert document["settings"]["event_subscriptions"]["bot_events"] == [
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
    ]
    assert {"chat:write", "commands", "im:history"} <= set(
        document["oauth_config"]["scopes"]["bot"]
    )
    assert document["features"]["slash_commands"][0]["command"] == "/als"
