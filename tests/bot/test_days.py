"""Days as officers type them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot import days, feasts

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
        ("say next monday", date(2026, 11, 30)),
        ("maybe the 3rd of december please", date(2026, 12, 3)),
        ("in two weeks", date(2026, 12, 7)),
        ("two weeks' time", date(2026, 12, 7)),
        ("in a fortnight's time", date(2026, 12, 7)),
        ("three weeks", date(2026, 12, 14)),
        ("in a couple of weeks or so", date(2026, 12, 7)),
        ("a year", date(2027, 11, 23)),
        ("the 3rd", date(2026, 12, 3)),
        ("after Easter", date(2027, 3, 30)),
        ("Easter", date(2027, 3, 28)),
        ("after Christmas", date(2026, 12, 27)),
        ("by Christmas", date(2026, 12, 25)),
        ("the new year", date(2027, 1, 1)),
        ("after the New Year", date(2027, 1, 2)),
        ("New Year’s Day", date(2027, 1, 1)),
        ("end of the month", date(2026, 11, 30)),
        ("the end of next month", date(2026, 12, 31)),
        ("end of the week", date(2026, 11, 27)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
        ("1/9", date(2027, 9, 1)),
        ("1/9/26", date(2026, 9, 1)),
    ],
)
def test_a_day_is_read_as_people_here_write_it(typed: str, meant: date) -> None:
    assert days.read(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "5",
        "May",
        "31 November",
        "13/13",
        "0/0",
        "29/2/2027",
        "marching 3",
        "m 3",
        "30 February",
        "after",
        "after lunch",
    ],
)
def test_what_is_no_day_is_read_as_none(typed: str) -> None:
    assert days.read(typed, today=TODAY) is None


def test_today_is_what_it_is_here_and_not_in_greenwich() -> None:
    assert days.today(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert days.today(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


def test_easter_moves_by_its_rule() -> None:
    known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25)}
    assert {year: (feasts.easter(year).month, feasts.easter(year).day) for year in known} == known


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31 April", days.Missing(31, 4, 30)),
        ("on the 31st of April please", days.Missing(31, 4, 30)),
        ("30/2", days.Missing(30, 2, 29)),
        ("Feb 30", days.Missing(30, 2, 29)),
        ("29 February 2027", days.Missing(29, 2, 28, 2027)),
        ("2027-02-29", days.Missing(29, 2, 28, 2027)),
        ("29 February", None),
        ("13/13", None),
        ("0/0", None),
        ("31/4/0000", None),
        ("soon", None),
    ],
)
def test_a_day_that_its_month_does_not_have_is_known_to_be_none(
    typed: str, why: days.Missing | None
) -> None:
    assert days.missing(typed) == why
