"""Calls of Slack's Web API: its refusals and failures as a sender tells them."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.delivery import SendError, SendLater, SendRefused
from bot.settings import Settings
from handlers.retry_after import retry_after

DEFAULT_API = "https://slack.com/api/"
TIMEOUT = 10
"""Seconds for one request."""
TOO_MANY = 429
LATER = frozenset({"ratelimited", "rate_limited", "team_added_to_org"})
OURS_TO_MEND = frozenset({"invalid_auth", "not_authed", "token_expired"})
"""A wrong token is no reason to give a message up at once."""
UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Slack warns that some of it may have been done."""

_T = TypeVar("_T")


class SlackUnsure(SendError):
    """Slack gave no answer, or none that says whether the request was carried out."""


def web_client(settings: Settings) -> WebClient | None:
    if settings.slack_bot_token is None:
        return None
    return WebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url or DEFAULT_API,
        timeout=TIMEOUT,
        # The SDK's default repeats a request whose answer was lost: a message might come twice.
        retry_handlers=[],
    )


def ask(call: Callable[[], _T]) -> _T:
    """Raises SendLater, SendRefused or SlackUnsure; their reasons are Slack's error codes alone."""
    try:
        return call()
    except SlackApiError as error:
        raise _judged(error) from None
    except URLError as error:  # raised before the request was through
        raise SendLater(type(error.reason).__name__) from None
    except (OSError, HTTPException) as error:
        raise SlackUnsure(type(error).__name__) from None


def _judged(error: SlackApiError) -> SendError:
    response: Any = error.response
    code = str(response.get("error"))
    status = getattr(response, "status_code", 0)
    if status == TOO_MANY or code in LATER:
        return SendLater(code, retry_after(response.headers))
    if status >= 500 or code in UNSURE or " " in code:  # a sentence: the answer was no JSON
        return SlackUnsure(code if " " not in code else f"{status}, unreadable")
    return SendLater(code) if code in OURS_TO_MEND else SendRefused(code)
