"""Twilio's Messages and Content APIs, as far as we use them."""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree

import requests
from starlette.testclient import TestClient
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot.settings import Settings, read_settings
from tests.handlers import specification
from tests.handlers.fake_provider import Asked, FakeProvider, Said

ACCOUNT = "AC" + "0" * 32
TOKEN = "t" * 32
NUMBER = "+447700900000"
PUBLIC = "https://bot.example.org"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
CONTENT = "/v1/Content"
PATH = "/whatsapp/messages"
ASHA = "whatsapp:+447700900123"
BOARD = "how do we work better with our partnership board?"


class FakeTwilio(FakeProvider):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.contents: list[dict[str, Any]] = []
        self.approvals: dict[str, str] = {}

    def settings(self) -> Settings:
        """Those of a bot that takes this for Twilio."""
        return read_settings(
            None,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=TOKEN,
            twilio_whatsapp_from=NUMBER,
            twilio_api_url=self.url,
            public_url=PUBLIC,
        )

    @property
    def posted(self) -> list[dict[str, Any]]:
        return self.messages

    @property
    def bodies(self) -> list[str]:
        return [message["body"] for message in self.messages]

    def asked_for(self, method: str, path: str) -> list[Asked]:
        return [asked for asked in self.asked if (asked.method, asked.path) == (method, path)]

    def answer(self, asked: Asked) -> Said:
        match asked.method, asked.path:
            case "POST", path if path == MESSAGES:
                return self._take(asked.fields)
            case "GET", path if path == MESSAGES:
                return Said({"messages": self._matching(asked.query), "next_page_uri": None})
            case "POST", path if path == CONTENT:
                return self._make(asked.fields)
            case "GET", path if path == CONTENT:
                return self._contents()
            case "POST", path if path.endswith("/ApprovalRequests/whatsapp"):
                self.approvals[path.split("/")[3]] = "received"
                return Said({**asked.fields, "status": "received"}, 201)
            case "GET", path if path.endswith("/ApprovalRequests"):
                sid = path.split("/")[3]
                stands = self.approvals.get(sid, "unsubmitted")
                return Said({"sid": sid, "whatsapp": {"type": "whatsapp", "status": stands}})
            case _:
                return Said({"code": 20404, "message": "not found", "status": 404}, 404)

    def _take(self, fields: dict[str, str]) -> Said:
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None and not failure.lost:
            return failure
        message = {
            "sid": "SM" + secrets.token_hex(16),
            "to": fields["To"],
            "from": fields["From"],
            "body": fields.get("Body") or self._filled(fields),
            "direction": "outbound-api",
            "status": "queued",
            "date_created": format_datetime(datetime.now(UTC)),
        }
        self.messages.append(message)
        return failure or Said(message, 201)

    def _filled(self, fields: dict[str, str]) -> str:
        content = next(each for each in self.contents if each["sid"] == fields["ContentSid"])
        if "twilio/text" in content["types"]:
            words: str = content["types"]["twilio/text"]["body"]
            return words
        values = content["variables"] | json.loads(fields["ContentVariables"])
        body: str = content["types"]["twilio/list-picker"]["body"]
        return re.sub(r"{{(\w+)}}", lambda found: str(values[found.group(1)]), body)

    def _matching(self, query: dict[str, str]) -> list[dict[str, Any]]:
        fits = (
            each
            for each in self.messages
            if (each["to"], each["from"]) == (query["To"], query["From"])
        )
        return [*fits][::-1]

    def _make(self, fields: dict[str, Any]) -> Said:
        if self.fails:
            return self.fails.pop(0)
        content = {"sid": "HX" + secrets.token_hex(16), **fields}
        self.contents.append(content)
        return Said(content, 201)

    def _contents(self) -> Said:
        meta = {"key": "contents", "next_page_url": None, "page": 0}
        return Said({"contents": self.contents, "meta": meta})

    def check(self, asked: Asked) -> list[str]:
        if asked.path.startswith(CONTENT):
            host, name, path = "https://content.twilio.com", "twilio_content", asked.path
            if asked.path.endswith("/ApprovalRequests"):
                path = f"{CONTENT}/{{Sid}}/ApprovalRequests"
            elif asked.path != CONTENT:
                path = f"{CONTENT}/{{ContentSid}}/ApprovalRequests/whatsapp"
        else:
            host, name = "https://api.twilio.com", "twilio_messages"
            path = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
        request = requests.Request(asked.method, host + asked.path, params=asked.query)
        request.headers = {"Authorization": asked.authorization}
        if asked.json:
            request.json = asked.fields
        elif asked.fields:
            request.data = asked.fields
        return specification.faults(name, request, path)


def signed(path: str, form: dict[str, str], token: str = TOKEN) -> dict[str, str]:
    """The header with which Twilio signs a form that it posts to us."""
    return {
        "X-Twilio-Signature": RequestValidator(token).compute_signature(f"{PUBLIC}{path}", form)
    }


def form(text: str = BOARD, number: int = 1, **more: str) -> dict[str, str]:
    """A message from Asha."""
    given = {"MessageSid": f"SM{number}", "From": ASHA, "To": f"whatsapp:{NUMBER}", "Body": text}
    return given | {"NumMedia": "0"} | more


def post(hooks: TestClient, fields: dict[str, str], path: str = PATH) -> Any:
    return hooks.post(path, data=fields, headers=signed(path, fields))


def said(response: Any) -> list[str]:
    """The messages in a TwiML document."""
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/xml")
    document = ElementTree.fromstring(response.text)  # noqa: S314 - our own
    assert document.tag == "Response"
    return [message.text or "" for message in document]
