"""Slack's Web API, as far as we use it."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

import requests
from slack_sdk.signature import SignatureVerifier
from starlette.testclient import TestClient

from bot.settings import Settings, read_settings
from tests.handlers import specification
from tests.handlers.fake_provider import Asked, FakeProvider, Said

TOKEN = "xoxb-test"
SECRET = "s" * 32
PATH = "/slack/events"
BOARD = "how do we work better with our partnership board?"
BOT = "UBOT"
DIRECT = "D1"
"""The direct conversation with whomever."""


class FakeSlack(FakeProvider):
    """`absent` are channels that the bot is not in; `socket` is where Socket Mode is to connect."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.views: list[dict[str, Any]] = []
        self.absent: set[str] = set()
        self.socket = ""
        self._ts = time.time()

    def settings(self, **more: str) -> Settings:
        """Those of a bot that takes this for Slack."""
        given = {"slack_signing_secret": SECRET, "slack_api_url": f"{self.url}/api", **more}
        return read_settings(None, slack_bot_token=TOKEN, **given)

    @property
    def posted(self) -> list[dict[str, Any]]:
        return self.messages

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages]

    def called(self, method: str) -> list[dict[str, Any]]:
        return [asked.fields for asked in self.asked if asked.path == f"/api/{method}"]

    def answer(self, asked: Asked) -> Said:
        match asked.path.removeprefix("/api/"):
            case "chat.postMessage":
                return self._post(asked.fields, shown_to="")
            case "chat.postEphemeral":
                return self._post(asked.fields, shown_to=asked.fields["user"])
            case "chat.update":
                return self._change(asked.fields)
            case "chat.delete":
                return self._delete(asked.fields)
            case "conversations.open":
                return Said({"ok": True, "channel": {"id": DIRECT}})
            case "conversations.history":
                return self._since(asked.fields, thread=None)
            case "conversations.replies":
                return self._since(asked.fields, thread=asked.fields["ts"])
            case "views.open":
                return self._open(asked.fields)
            case "apps.connections.open":
                return Said({"ok": True, "url": self.socket})
            case _:
                return Said({"ok": False, "error": "unknown_method"})

    def _post(self, fields: dict[str, Any], shown_to: str) -> Said:
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None and not failure.lost:
            return failure
        if fields["channel"] in self.absent:
            return Said({"ok": False, "error": "channel_not_found"})
        self._ts += 0.001
        ts = f"{self._ts:.6f}"
        self.messages.append({**fields, "ts": ts, "shown_to": shown_to})
        found = {"ok": True, "channel": fields["channel"], "ts": ts, "message_ts": ts}
        return failure or Said(found)

    def _change(self, fields: dict[str, Any]) -> Said:
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None and not failure.lost:
            return failure
        for message in self.messages:
            if (message["channel"], message["ts"]) == (fields["channel"], fields["ts"]):
                message.pop("metadata")  # as Slack does where none comes with the change
                message.update(fields)
                return failure or Said({"ok": True, "ts": fields["ts"]})
        return Said({"ok": False, "error": "message_not_found"})

    def _delete(self, fields: dict[str, Any]) -> Said:
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None:
            return failure
        stands = [each for each in self.messages if each["ts"] != str(fields["ts"])]
        found = len(stands) < len(self.messages)
        self.messages = stands
        return Said({"ok": True} if found else {"ok": False, "error": "message_not_found"})

    def _open(self, fields: dict[str, Any]) -> Said:
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None:
            return failure
        view = fields["view"]
        self.views.append(view if isinstance(view, dict) else json.loads(view))
        return Said({"ok": True, "view": {"id": "V1"}})

    def _since(self, fields: dict[str, str], thread: str | None) -> Said:
        fits = [
            each
            for each in self.messages
            if each["channel"] == fields["channel"]
            and each.get("thread_ts") == thread
            and not each["shown_to"]
            and float(each["ts"]) >= float(fields["oldest"])
        ]
        return Said({"ok": True, "messages": fits[::-1]})

    def check(self, asked: Asked) -> list[str]:
        path = asked.path.removeprefix("/api")
        if path == "/apps.connections.open":
            return []  # newer than the specification
        request = requests.Request(asked.method, "https://slack.com/api" + path)
        request.headers = {"Authorization": asked.authorization}
        if asked.json:
            request.json = asked.fields
        else:
            request.data = asked.fields
        return specification.faults("slack_web", request, path)


def event(text: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """A direct message to the bot."""
    return {
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "team_id": "T1",
        "authorizations": [{"user_id": BOT, "is_bot": True, "team_id": "T1"}],
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": DIRECT,
            "user": "U1",
            "text": text,
            "ts": f"17000000{number:02}.000100",
            **more,
        },
    }


def mention(text: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """The bot being called in a channel."""
    given = {"type": "app_mention", "channel_type": "channel", "channel": "C1"}
    return event(f"<@{BOT}> {text}", number, **given, **more)


def command(text: str, number: int = 1, **more: str) -> bytes:
    """/als as Slack posts it."""
    fields = {
        "command": "/als",
        "text": text,
        "trigger_id": f"trigger{number}",
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": "C1",
    }
    return urlencode(fields | more).encode()


def press(button: dict[str, Any], number: int = 1, **container: Any) -> bytes:
    """A button of one of our messages being pressed."""
    payload = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "trigger_id": f"press{number}",
        "container": {"channel_id": DIRECT, **container},
        "actions": [button],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """The headers with which Slack signs a request; `age` in seconds."""
    at = str(int(time.time()) - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body)
    kind = "application/json" if body[:1] in b"{[" else "application/x-www-form-urlencoded"
    return {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": str(signature),
        "Content-Type": kind,
    }


def post(events: TestClient, said: dict[str, Any] | bytes, **how: Any) -> Any:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return events.post(PATH, content=body, headers=signed(body, **how))


def submitted(ref: str, number: int = 1, **answers: str | list[str] | None) -> dict[str, Any]:
    """A form's modal being handed in: text or a date, or a list of what was picked."""
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "trigger_id": f"submit{number}",
        "view": {
            "type": "modal",
            "callback_id": "als:form",
            "private_metadata": ref,
            "state": {
                "values": {name: {"answer": _given(name, each)} for name, each in answers.items()}
            },
        },
    }


def _given(name: str, given: str | list[str] | None) -> dict[str, Any]:
    match name, given:
        case "soon", [one]:
            return {"type": "radio_buttons", "selected_option": {"value": one}}
        case "soon", _:
            return {"type": "radio_buttons", "selected_option": None}
        case _, list():
            options = [{"value": each} for each in given]
            return {"type": "checkboxes", "selected_options": options}
        case "by", _:
            return {"type": "datepicker", "selected_date": given}
        case _:
            return {"type": "plain_text_input", "value": given}


def interactive(payload: dict[str, Any]) -> bytes:
    """A payload as Slack posts it."""
    return urlencode({"payload": json.dumps(payload)}).encode()
