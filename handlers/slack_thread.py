"""What is typed in Slack under a post in the challenges channel, changed there, or deleted."""

from __future__ import annotations

from typing import Any

from bot.messages import Channel, Inbound, OnBoard, Spoken
from handlers.slack_inbound import Body, Malformed, address, bot_user, plain, word
from handlers.slack_place import Place

_NEW = (None, "file_share", "thread_broadcast")


def read(body: Body, board: str) -> Inbound | None:
    """None for what is nothing of that. `board` is the channel's id. Raises Malformed."""
    if not board or body.get("type") != "event_callback":
        return None
    try:
        return _event(body, body["event"], board)
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed from error


def _event(body: Body, event: Body, board: str) -> Inbound | None:
    if event["type"] != "message" or event["channel"] != board:
        return None
    match event.get("subtype"):
        case subtype if subtype in _NEW:
            return _inbound(body, event, Spoken.SAID)
        case "message_changed":
            before, after = event.get("previous_message") or {}, event["message"]
            # Slack says so too when it only adds a preview of a link.
            changed = before.get("text") != after.get("text")
            return _inbound(body, after, Spoken.CORRECTED) if changed else None
        case "message_deleted":
            return _inbound(body, event.get("previous_message") or {}, Spoken.TAKEN_BACK)
        case _:
            return None


def _inbound(body: Body, said: dict[str, Any], spoken: Spoken) -> Inbound | None:
    user, ours, channel = said.get("user"), bot_user(body), body["event"]["channel"]
    text = said.get("text") or ""
    if not user or user == ours or said.get("bot_id") or "thread_ts" not in said:
        return None
    if said["thread_ts"] == said["ts"]:  # a post itself
        return None
    if ours and f"<@{ours}" in text:  # said to the bot, which answers it
        return None
    return Inbound(
        channel=Channel.SLACK,
        provider_id=word(body["event_id"]),
        address=address(body["team_id"], user),
        text="" if spoken is Spoken.TAKEN_BACK else plain(text),
        place=Place(channel, said["thread_ts"], user).stored(),
        aside=True,
        on_board=OnBoard(
            f"{channel}:{word(said['thread_ts'])}", f"{channel}:{word(said['ts'])}", spoken
        ),
    )
