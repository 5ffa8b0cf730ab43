"""Times and lengths as people type them, and the two odd hours of a year."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot import times
from bot.times import Odd

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10", time(10)),
        ("10:30", time(10, 30)),
        ("10.30", time(10, 30)),
        ("at 2pm", time(14)),
        ("2.30 p.m.", time(14, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("9 o'clock", time(9)),
        ("25:00", None),
        ("10:75", None),
        ("14pm", None),
        ("0 am", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_it_is_said(typed: str, meant: time | None) -> None:
    assert times.read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2 hours", 120),
        ("2", 120),
        ("90", 90),
        ("90 minutes", 90),
        ("1.5 hours", 90),
        ("an hour", 60),
        ("1 hour and a half", 90),
        ("1h30", 90),
        ("half an hour", 30),
        ("long", None),
    ],
)
def test_a_length_is_read_as_it_is_said(typed: str, minutes: int | None) -> None:
    assert times.minutes(typed) == minutes


def test_the_hour_that_comes_twice_and_the_one_that_never_comes() -> None:
    assert times.odd(date(2026, 10, 25), time(1, 30), LONDON) is Odd.TWICE
    assert times.odd(date(2027, 3, 28), time(1, 30), LONDON) is Odd.NEVER
    assert times.odd(date(2027, 3, 28), time(2), LONDON) is None
    assert times.odd(date(2026, 12, 8), time(1, 30), LONDON) is None
