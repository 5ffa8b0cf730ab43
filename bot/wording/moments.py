"""How a moment of a session is said: local, and with its zone only where that is another one."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

HOME = "Europe/London"


def day(on: date) -> str:
    """Tuesday 8 December 2026."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def local(at: datetime, zone: str) -> str:
    """Tuesday 8 December 2026, 10:00."""
    there = at.astimezone(ZoneInfo(zone))
    elsewhere = "" if zone == HOME else f" ({zone})"
    return f"{day(there.date())}, {there:%H:%M}{elsewhere}"
