"""Dates as people in Britain write them: the day first."""

from __future__ import annotations

import re
from datetime import date, datetime

_SHAPES = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d %B %Y",
    "%d %b %Y",
    "%d %B %y",
    "%d %b %y",
)
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?<=\d)[T ]00:00(:00)?$")


def british(text: str) -> date | None:
    """1/3/2023, 1.3.23, 1st March 2023 or 2023-03-01; None for anything else."""
    plain = _CLOCK.sub("", _ORDINAL.sub("", text.strip()))
    if not re.match(r"\d{4}-", plain):
        plain = re.sub(r"(?<=\d)[.-](?=\d)", "/", plain)
    plain = " ".join(plain.replace(",", " ").split())
    for shape in _SHAPES:
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None
