"""Days as officers type them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot import days

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3 December", date(2026, 12, 3)),
        ("3rd of Dec.", date(2026, 12, 3)),
        ("Thursday 3 December 2026", date(2026, 12, 3)),
        ("December 3", date(2026, 12, 3)),
        ("Dec 3, 2027", date(2027, 12, 3)),
        ("3/12", date(2026, 12, 3)),
        ("03/12/26", date(2026, 12, 3)),
        ("3.12.2027", date(2027, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("23 November", TODAY),
        ("22 November", date(2027, 11, 22)),
        ("29 February", date(2028, 2, 29)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("on Friday", date(2026, 11, 27)),
        ("next Friday", date(2026, 11, 27)),
        ("Monday", date(2026, 11, 30)),
        ("weds", date(2026, 11, 25)),
    ],
)
def test_a_day_is_read_as_people_here_write_it(typed: str, meant: date) -> None:
    assert days.read(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "5", "May", "31 November", "13/13", "0/0", "29/2/2027", "marching 3", "m 3"],
)
def test_what_is_no_day_is_read_as_none(typed: str) -> None:
    assert days.read(typed, today=TODAY) is None


def test_today_is_what_it_is_here_and_not_in_greenwich() -> None:
    assert days.today(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert days.today(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("31 April", (31, 4, 30)),
        ("on 31st of June 2027", (31, 6, 30)),
        ("31/9", (31, 9, 30)),
        ("30/2/28", (30, 2, 29)),
        ("29/2/2027", (29, 2, 28)),
        ("2027-02-30", (30, 2, 28)),
        ("29 February", None),
        ("30 April", None),
        ("31/13", None),
        ("soon", None),
        ("99 bottles", None),
    ],
)
def test_a_day_that_its_month_does_not_have_is_known(
    typed: str, found: tuple[int, int, int] | None
) -> None:
    assert days.beyond(typed) == found
