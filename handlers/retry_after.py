"""How long a provider asks us to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

LONGEST_WAIT = timedelta(hours=1)


def retry_after(headers: Mapping[str, object]) -> timedelta | None:
    """What Retry-After says in seconds; our providers do not use its other form, a date."""
    said = str({name.lower(): value for name, value in headers.items()}.get("retry-after"))
    if not said.isascii() or not said.isdecimal() or len(said) > 9:
        return None
    return min(timedelta(seconds=int(said)), LONGEST_WAIT)
