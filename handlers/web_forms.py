"""Forms as browsers post them, read whole or refused."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from handlers.refusals import BadForm, TooLong

LARGEST = 100_000
"""Bytes of one form. The bot reads far less; more is a mistake or an attack."""
MOST_FIELDS = 200
FORM = "application/x-www-form-urlencoded"


Pairs = tuple[tuple[str, str], ...]
"""The fields of a form as they were posted: a name may come more than once."""


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a posted form, each once. Raises BadForm, TooLong."""
    return dict(await read_pairs(request))


async def read_pairs(request: Request) -> Pairs:
    """Raises BadForm, TooLong."""
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() != FORM or parameters.replace('"', "").strip() not in {"", "charset=utf-8"}:
        raise BadForm
    return parsed(await _body(request))


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise TooLong
    except ClientDisconnect as error:
        raise BadForm from error
    return bytes(body)


def parsed(body: bytes) -> Pairs:
    """Raises BadForm for anything but percent-encoded UTF-8."""
    try:
        return tuple(
            parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=MOST_FIELDS,
            )
        )
    except ValueError as error:  # UnicodeDecodeError is one too
        raise BadForm from error
