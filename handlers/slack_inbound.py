"""What Slack sends, read: events, the /als command and pressed buttons become an `Inbound`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from bot.messages import Channel, Filled, Inbound
from handlers.slack_place import Place

COMMAND = "/als"
BUTTON_PREFIX = "als:"
"""How the action ids of our buttons begin."""
PRIVATE_PREFIX = "als:private:"
"""How those begin that stand where all can see them and are answered to their presser alone."""
OPEN_FORM = "als:open"
"""The action id of the button that opens a whole form, and of nothing else."""
FORM = "als:form"
"""The callback id of a form's modal."""
ELEMENT = "answer"
"""The action id of the one element of each of its blocks; the block's own id names the field."""

Body = dict[str, Any]


class Malformed(Exception):
    """Slack would not send this."""


def read(body: Body) -> Inbound | None:
    """None for what is to be ignored. Raises Malformed."""
    try:
        if body.get("type") == "event_callback":
            return _event(body)
        if body.get("type") == "block_actions":
            return _button(body)
        if body.get("type") == "view_submission":
            return _form(body)
        if "command" in body:
            return _command(body)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise Malformed from error
    return None


def _event(body: Body) -> Inbound | None:
    event, ours = body["event"], bot_user(body)
    place = _place(event)
    if place is None or not _from_a_person(event, ours):
        return None
    return Inbound(
        channel=Channel.SLACK,
        provider_id=word(body["event_id"]),
        address=address(body["team_id"], event["user"]),
        text=plain(_without_mention(event.get("text") or "", ours)),
        attachments=len(event.get("files") or ()),
        place=place.stored(),
        aside=event["type"] == "app_mention",
        overheard=event["type"] == "app_mention",
    )


def _place(event: Body) -> Place | None:
    """None for an event that is no message to us."""
    direct = event.get("channel_type") == "im"
    if event["type"] == "message" and direct:
        return Place(event["channel"], event.get("thread_ts") or "")
    if event["type"] == "app_mention" and not direct:
        return Place(event["channel"], event.get("thread_ts") or event["ts"])
    return None


def _from_a_person(event: Body, ours: str) -> bool:
    """Not from a bot, ours included, and not about a message that was there before."""
    return (
        bool(event.get("user"))
        and event["user"] != ours
        and not event.get("bot_id")
        and not event.get("edited")
        and not event.get("hidden")
        and event.get("subtype") in (None, "file_share")
    )


def bot_user(body: Body) -> str:
    """Our own user, which every event names, so that Slack need not be asked."""
    return next(
        (each["user_id"] for each in body.get("authorizations") or () if each["is_bot"]), ""
    )


def _without_mention(text: str, ours: str) -> str:
    """A mention that was typed to call the bot is no part of the question."""
    return re.sub(rf"<@{re.escape(ours)}(\|[^>]*)?>", " ", text) if ours else text


def _command(body: Body) -> Inbound | None:
    if body["command"] != COMMAND:
        return None
    return Inbound(
        channel=Channel.SLACK,
        provider_id=word(body["trigger_id"]),
        address=address(body["team_id"], body["user_id"]),
        text=plain(body.get("text") or ""),
        place=Place(body["channel_id"], only_for=body["user_id"]).stored(),
        aside=True,
    )


def _button(body: Body) -> Inbound | None:
    action = body["actions"][0]
    if not action["action_id"].startswith(BUTTON_PREFIX):
        return None
    user = body["user"]
    team = (body.get("team") or {}).get("id") or user["team_id"]
    private = action["action_id"].startswith(PRIVATE_PREFIX)
    return Inbound(
        channel=Channel.SLACK,
        provider_id=word(body["trigger_id"]),
        address=address(team, user["id"]),
        text=html.unescape(action["text"]["text"]),
        choice=word(action["value"]),
        place=(Place() if private else _beside(body)).stored(),
    )


def _form(body: Body) -> Inbound | None:
    """A form that was handed in; its answer goes to the direct conversation."""
    view, user = body["view"], body["user"]
    if view["callback_id"] != FORM:
        return None
    team = (body.get("team") or {}).get("id") or user["team_id"]
    return Inbound(
        channel=Channel.SLACK,
        provider_id=word(body["trigger_id"]),
        address=address(team, user["id"]),
        filled=Filled(word(view["private_metadata"]), tuple(_filled_in(view["state"]["values"]))),
    )


def _filled_in(blocks: Body) -> Iterator[tuple[str, str]]:
    for name, block in blocks.items():
        for value in _values(block[ELEMENT]) or [None]:
            if value is not None and not isinstance(value, str):
                raise Malformed
            yield name, value or ""


def _values(element: Body) -> list[object]:
    match element["type"]:
        case "plain_text_input":
            return [element["value"]]
        case "radio_buttons":
            return [(element["selected_option"] or {}).get("value")]
        case "checkboxes" | "multi_static_select":
            return [option["value"] for option in element["selected_options"]]
        case "datepicker":
            return [element["selected_date"]]
        case _:
            raise Malformed


def opens_form(body: Body) -> bool:
    """Whether the button that opens a whole form was pressed. For a body that was read."""
    return body.get("type") == "block_actions" and body["actions"][0]["action_id"] == OPEN_FORM


def _beside(body: Body) -> Place:
    """Where the button's message stands."""
    container = body.get("container") or {}
    channel = container.get("channel_id", "")
    thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts") or ""
    only_for = body["user"]["id"] if container.get("is_ephemeral") else ""
    return Place(channel, thread, only_for)


def address(team: object, user: object) -> str:
    return f"{word(team)}:{word(user)}"


def word(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise Malformed
    return value


_MARKUP = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


def plain(text: str) -> str:
    """Slack's markup as a person would read it. People are named nowhere."""
    return html.unescape(_MARKUP.sub(_spoken, text)).strip()


def _spoken(found: re.Match[str]) -> str:
    target, label = found.group(1), found.group(2) or ""
    match target[0]:
        case "@":
            return "@someone"
        case "#":
            return f"#{label}" if label else "#channel"
        case "!":
            return label or f"@{target[1:].split('^')[0]}"
        case _:
            return label or target.removeprefix("mailto:")
