"""A series: every so many weeks on the same weekday, and which of its days people are away on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.habits import Nation
from bot.learning_sets import session_errors as errors
from bot.quiet import Days
from bot.working_days import weekdays

MOST_WEEKS, MOST_TIMES = 12, 26


class Away(StrEnum):
    """Why people are away on a day."""

    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank holiday"
    BETWEEN_THE_YEARS = "between Christmas and New Year"


@dataclass(frozen=True)
class Occurrence:
    """A day of a series. `away` says why it is no good day; `nations` whose bank holiday it is."""

    day: date
    away: Away | None = None
    nations: tuple[Nation, ...] = ()


def occurrences(
    first: date, *, weeks: int, times: int, nations: Collection[Nation]
) -> tuple[Occurrence, ...]:
    """The days of a series, good and bad; `nations` are those of the set's members.

    Raises SeriesUnfit.
    """
    if not (1 <= weeks <= MOST_WEEKS and 2 <= times <= MOST_TIMES):
        raise errors.SeriesUnfit
    days = (first + timedelta(weeks=weeks * number) for number in range(times))
    return tuple(occurrence(day, nations) for day in days)


def occurrence(day: date, nations: Collection[Nation]) -> Occurrence:
    if not weekdays(day):
        return Occurrence(day, Away.WEEKEND)
    on_holiday = tuple(one for one in Nation if one in nations and Days(one).bank_holiday(day))
    if on_holiday:
        return Occurrence(day, Away.BANK_HOLIDAY, on_holiday)
    if (day.month, day.day) in {(12, number) for number in range(25, 32)}:
        return Occurrence(day, Away.BETWEEN_THE_YEARS)
    return Occurrence(day)
