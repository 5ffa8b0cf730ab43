"""The knock at WhatsApp's door: one approved template, without content and without variables.

Outside the 24 hours after a member's message WhatsApp takes nothing but approved templates. This
one is of the category "utility": it announces something that the member has asked for. It is made
and handed in for approval by `als whatsapp templates push`, and found again by its name.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable

import structlog
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot.wording.nudges import KNOCK
from handlers.whatsapp_client import TwilioUnreachable
from handlers.whatsapp_templates import LOOK_AGAIN, MOST_LISTED, TemplateNotMade

NAME = "als_knock_v1"
"""Raise its number when the words change: `push` then makes and hands in a new one."""
CATEGORY = "UTILITY"
APPROVED = "approved"
MISSING = "missing"
_NOT_HANDED_IN = {"unsubmitted", MISSING}

log = structlog.get_logger("handlers.whatsapp")


def document() -> dict[str, object]:
    """The Content resource."""
    return {"friendly_name": NAME, "language": "en", "types": {"twilio/text": {"body": KNOCK}}}


def find(client: Client) -> str | None:
    """Its sid at Twilio. Raises TwilioException or TwilioUnreachable."""
    there = client.content.v1.contents.list(limit=MOST_LISTED)
    return next((one.sid for one in there if one.friendly_name == NAME), None)


def status(client: Client) -> str:
    """What WhatsApp says of it: approved, pending, rejected ...; "missing" where there is none."""
    sid = find(client)
    return _status_of(client, sid) if sid is not None else MISSING


def _status_of(client: Client, sid: str) -> str:
    said = client.content.v1.contents(sid).approval_fetch().fetch().whatsapp or {}
    return str(said.get("status", "unsubmitted"))


def push(client: Client) -> bool:
    """Makes it and asks for its approval, as far as that was not done. Whether anything was.

    Raises TwilioException, TwilioUnreachable or TemplateNotMade.
    """
    sid = find(client)
    if sid is not None and _status_of(client, sid) not in _NOT_HANDED_IN:
        return False
    if sid is None:
        sid = str(_post(client, "", document())["sid"])
    _post(client, f"/{sid}/ApprovalRequests/whatsapp", {"name": NAME, "category": CATEGORY})
    return True


def _post(client: Client, path: str, fields: dict[str, object]) -> dict[str, object]:
    # The SDK's own request object would send null for every kind of content that this is not.
    response = client.request(
        "POST",
        f"{client.content.base_url}/v1/Content{path}",
        data=fields,
        headers={"Content-Type": "application/json"},
    )
    said: dict[str, object] = json.loads(response.text)
    if not response.ok:
        raise TemplateNotMade(str(said.get("code", response.status_code)))
    return said


class Knocker:
    """The sid, remembered once it is approved. Safe to use from any number of threads."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._lock = threading.Lock()
        self._sid: str | None = None
        self._look_at = clock()

    def sid(self) -> str | None:
        """None where there is no approved template, or Twilio cannot be asked."""
        with self._lock:
            if self._sid is None and self._clock() >= self._look_at:
                self._look_at = self._clock() + LOOK_AGAIN
                self._sid = self._approved()
            return self._sid

    def _approved(self) -> str | None:
        try:
            sid = find(self._client)
            return sid if sid and _status_of(self._client, sid) == APPROVED else None
        except (TwilioException, TwilioUnreachable) as error:
            log.warning("knock_not_found", error=type(error).__name__)
            return None
