"""What a plan would mean: on which of its days people are away, and who meets elsewhere then."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot import habits, times
from bot.learning_sets import clashes, planning, seats, series, sets
from bot.learning_sets.series import Occurrence
from bot.learning_sets.sessions import Arrangement
from bot.times import Odd


@dataclass(frozen=True)
class DayAhead:
    """A day that is asked for. `elsewhere` are first names of members who meet at that hour."""

    occurrence: Occurrence
    elsewhere: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        return self.occurrence.day

    @property
    def fine(self) -> bool:
        return self.occurrence.away is None and not self.elsewhere


@dataclass(frozen=True)
class Outlook:
    """`twice`: on that night the clocks show the hour twice, and the first one is meant."""

    days: tuple[DayAhead, ...]
    twice: bool

    @property
    def fine(self) -> bool:
        return not self.twice and all(one.fine for one in self.days)


def look(
    session: Session,
    set_id: int,
    first: Arrangement,
    *,
    weeks: int = 0,
    number: int = 1,
    without: Collection[int] = (),
    now: datetime,
) -> Outlook:
    """Once with `weeks` 0, else so many times every so many weeks; `without` these sessions.

    Raises SeriesUnfit and what `planning.checked` does, of the first day or of any other.
    """
    inside = sets.members_of(session, set_id)
    nations = frozenset(one.nation for one in habits.of(session, inside).values())
    found = (
        series.occurrences(first.starts_on, weeks=weeks, times=number, nations=nations)
        if weeks
        else (series.occurrence(first.starts_on, nations),)
    )
    wanted = [planning.checked(replace(first, starts_on=one.day), now=now) for one in found]
    clashing = clashes.of(session, set_id, wanted, without=without)
    names = seats.names_in(session, {one.member_id for some in clashing for one in some})
    days = tuple(
        DayAhead(one, tuple(dict.fromkeys(names[clash.member_id] for clash in some)))
        for one, some in zip(found, clashing, strict=True)
    )
    odd = times.odd(first.starts_on, first.starts_at, ZoneInfo(first.zone))
    return Outlook(days, odd is Odd.TWICE)
