"""The manifest from which Slack makes the app: what it may do and where it sends what it hears."""

from __future__ import annotations

from handlers.slack_inbound import COMMAND

EVENTS_PATH = "/slack/events"
NAME = "Officer network"
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "im:write",
)
"""History is read to see whether a message had been sent before a crash, and to be asked in DMs."""

EVENTS = ("app_mention", "message.channels", "message.groups", "message.im")
"""What is typed in channels is read for replies under posts of ours; the rest is not kept."""


def manifest(address: str, socket_mode: bool) -> dict[str, object]:
    """`address` is the bot's public one; in Socket Mode Slack needs none."""
    url = f"{address}{EVENTS_PATH}"
    reached = {} if socket_mode else {"url": url}
    request = {} if socket_mode else {"request_url": url}
    command = {
        "command": COMMAND,
        "description": "Ask what other officers found worked",
        "usage_hint": "how do we measure perception?",
        "should_escape": True,
        **reached,
    }
    return {
        "display_information": {
            "name": NAME,
            "description": "Finds what other council officers have already worked out.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **request},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }
