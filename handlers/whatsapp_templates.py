"""The list templates that Twilio keeps for us: one for each number of choices from 1 to 10.

WhatsApp shows something to tap only where a Content resource was made beforehand
(`als whatsapp templates push`). What Twilio documents about them (docs/content, read in November
2026): in a `twilio/list-picker`, the body, the button, and each item's `item`, `id` and
`description` all take variables, it is for use inside the 24 hours after a member's message and
never needs approval. In a `twilio/quick-reply` the titles take variables, but for the ids nothing
says so, and without approval it holds three buttons of 20 characters. So lists serve for every
number of choices: the ids carry what a choice means. `description` is required by one page and
optional in the published OpenAPI document; we have nothing to put there and leave it out.

A resource is found again by its name, which holds the version of its shape; nothing is stored here.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable

import structlog
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot import wording
from bot.messages import Choice
from handlers.whatsapp_client import TwilioUnreachable
from handlers.whatsapp_render import LIST_ITEMS

VERSION = 1
"""Raise it when the shape of `document` changes: `push` then makes a new set."""
LOOK_AGAIN = 300.0
"""Seconds until an account without templates is asked again."""
MOST_LISTED = 1_000

log = structlog.get_logger("handlers.whatsapp")


class TemplateNotMade(Exception):
    """Twilio did not make a template; the message is its error code."""


def name_for(count: int) -> str:
    return f"als_list_{count}_v{VERSION}"


_NAMES = {name_for(count): count for count in range(1, LIST_ITEMS + 1)}


def document(count: int) -> dict[str, object]:
    """The Content resource for so many choices. Samples stand where values will be given."""
    numbers = range(1, count + 1)
    samples = {"body": wording.WHAT_NEXT}
    samples |= {f"label{number}": f"Choice {number}" for number in numbers}
    samples |= {f"value{number}": f"choice-{number}" for number in numbers}
    picker = {
        "body": "{{body}}",
        "button": wording.CHOOSE,
        "items": [
            {"item": f"{{{{label{number}}}}}", "id": f"{{{{value{number}}}}}"} for number in numbers
        ],
    }
    return {
        "friendly_name": name_for(count),
        "language": "en",
        "variables": samples,
        "types": {"twilio/list-picker": picker},
    }


def variables(body: str, choices: tuple[Choice, ...]) -> str:
    """The values for one message, as the API takes them."""
    values = {"body": body}
    for number, choice in enumerate(choices, 1):
        values |= {f"label{number}": choice.label, f"value{number}": choice.value}
    return json.dumps(values)


def listed(client: Client) -> dict[str, str]:
    """Our templates at Twilio: name to sid. Raises TwilioException or TwilioUnreachable."""
    found = {
        content.friendly_name: content.sid
        for content in client.content.v1.contents.list(limit=MOST_LISTED)
        if content.friendly_name in _NAMES
    }
    return {name: found[name] for name in _NAMES if name in found}


def push(client: Client) -> dict[str, str]:
    """Makes the templates that are missing: name to sid. Raises as `listed`, or TemplateNotMade."""
    there = listed(client)
    return {name: _make(client, count) for name, count in _NAMES.items() if name not in there}


def _make(client: Client, count: int) -> str:
    # The SDK's own request object would send null for every kind of content that this is not.
    response = client.request(
        "POST",
        f"{client.content.base_url}/v1/Content",
        data=document(count),
        headers={"Content-Type": "application/json"},
    )
    said = json.loads(response.text)
    if not response.ok:
        raise TemplateNotMade(str(said.get("code", response.status_code)))
    return str(said["sid"])


def sid_for(client: Client, count: int) -> str | None:
    """Asks Twilio each time; a sender keeps a `Templates`."""
    return listed(client).get(name_for(count))


class Templates:
    """The sids, remembered. Safe to use from any number of threads."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._lock = threading.Lock()
        self._sids: dict[str, str] = {}
        self._look_at = clock()

    def sid_for(self, count: int) -> str | None:
        """None where the account has no such template, or cannot be asked."""
        with self._lock:
            name = name_for(count)
            if name not in self._sids and self._clock() >= self._look_at:
                self._look_at = self._clock() + LOOK_AGAIN
                self._sids = self._listed()
            return self._sids.get(name)

    def forget(self) -> None:
        """Twilio would not take one of them; they are looked up again after a while."""
        with self._lock:
            self._sids = {}
            self._look_at = self._clock() + LOOK_AGAIN

    def _listed(self) -> dict[str, str]:
        try:
            return listed(self._client)
        except (TwilioException, TwilioUnreachable) as error:
            log.warning("templates_not_listed", error=type(error).__name__)
            return {}
