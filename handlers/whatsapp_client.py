"""Twilio's client with what it lacks: a timeout, an ear for Retry-After, and silence in the log."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from requests import ConnectTimeout, RequestException
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot.settings import Settings
from handlers.retry_after import retry_after

TIMEOUT = 5.0
"""Seconds for one request. Twilio hangs up on our own answer after 15, and a turn sends a few."""
TOO_MANY = 429


class TwilioUnreachable(Exception):
    """Twilio cannot be reached, or asks us to wait.

    `unsure` says that the request may have been carried out all the same.
    """

    def __init__(self, reason: str, *, after: timedelta | None = None, unsure: bool) -> None:
        super().__init__(reason)
        self.after = after
        self.unsure = unsure


class PatientHttp(TwilioHttpClient):  # type: ignore[misc]
    """Raises TwilioUnreachable for all that time may mend."""

    def request(self, *args: Any, **kwargs: Any) -> Response:
        try:
            response = super().request(*args, **kwargs)
        except RequestException as error:
            raise TwilioUnreachable(type(error).__name__, unsure=_sent(error)) from None
        status = response.status_code
        if status == TOO_MANY:
            raise TwilioUnreachable(str(status), after=retry_after(response.headers), unsure=False)
        if status >= 500:
            raise TwilioUnreachable(str(status), after=retry_after(response.headers), unsure=True)
        if not _is_json(response.text):
            raise TwilioUnreachable("unreadable answer", unsure=True)
        return response

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Nothing: it would log numbers."""

    def log_response(self, status_code: int, response: object) -> None:
        """Nothing."""


def _sent(error: RequestException) -> bool:
    return not isinstance(error, ConnectTimeout)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def client_for(settings: Settings) -> Client | None:
    if settings.twilio_account_sid is None or settings.twilio_auth_token is None:
        return None
    client = Client(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        http_client=PatientHttp(timeout=TIMEOUT),
    )
    if settings.twilio_api_url is not None:
        for domain in (client.api, client.content, client.messaging):
            domain.base_url = settings.twilio_api_url
    return client
