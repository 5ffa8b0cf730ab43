"""What we have posted to Slack, found again by the opaque reference that it carries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from slack_sdk import WebClient

from handlers.slack_api import ask

METADATA = "als_delivery"
"""Every app and member in a channel can read metadata: it holds our opaque reference alone."""
CLOCKS_APART = timedelta(seconds=5)
PAGE = 200
MOST_PAGES = 10


def metadata(ref: str) -> dict[str, Any]:
    """What a post carries to be found by."""
    return {"event_type": METADATA, "event_payload": {"ref": ref}}


def posted(
    client: WebClient, ref: str, channel: str, thread: str = "", *, since: datetime
) -> list[str]:
    """Where all that carries the reference stands, oldest first, as "channel:ts".

    Raises as `slack_api.ask` does.
    """
    asked: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{(since - CLOCKS_APART).timestamp():.6f}",
        "limit": PAGE,
        "include_all_metadata": True,
    }
    if thread:
        pages = ask(lambda: client.conversations_replies(ts=thread, **asked))
    else:
        pages = ask(lambda: client.conversations_history(**asked))
    messages = ask(lambda: [each for page in _few(pages) for each in page["messages"]])
    ours = (each for each in messages if _ref(each) == ref)
    return [f"{channel}:{ts}" for ts in sorted(str(each["ts"]) for each in ours)]


def _few(pages: Any) -> Iterable[Any]:
    return islice(pages, MOST_PAGES)


def _ref(message: dict[str, Any]) -> str:
    found = message.get("metadata") or {}
    if found.get("event_type") != METADATA:
        return ""
    return str((found.get("event_payload") or {}).get("ref", ""))
