"""The thermostat: each rule by itself, over one person and one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.habits import Habits, Nation
from bot.messages import Channel
from bot.nudges.kinds import Kind
from bot.nudges.nudge import Nudge, OfEntry
from bot.nudges.people import Person
from bot.nudges.thermostat import Decision, Drop, Reason, Send, Thermostat, Wait, decide
from tests.bot.nudges.rhythm import LONDON, at

TEN = at(2026, 11, 10, 10)
DAY = timedelta(days=1)
ASHA = Person(1, LONDON, to=(Channel.SLACK, "T1:Asha"))
LATER = at(2026, 11, 30, 9)


def nudge(
    key: str = "one",
    kind: Kind = Kind.STILL_TRUE,
    *,
    thing: str = "",
    useless_at: datetime = LATER,
    due: datetime = TEN,
) -> Nudge:
    return Nudge(key, 1, kind, thing or key, due, useless_at, OfEntry("e", "p"))


ONE = nudge()


def only(person: Person, now: datetime = TEN, rules: Thermostat | None = None) -> Decision:
    (decision,) = decide([ONE], person, now=now, rules=rules or Thermostat())
    return decision


def test_what_is_due_at_a_good_time_goes() -> None:
    assert only(ASHA) == Send((ONE,))


@pytest.mark.parametrize(
    ("now", "until", "without"),
    [
        (at(2026, 11, 10, 20), at(2026, 11, 11, 8), Thermostat(quiet_hours=False)),
        (at(2026, 11, 14, 10), at(2026, 11, 16, 8), Thermostat(weekends=False)),
        (at(2026, 11, 30, 8, 30), at(2026, 12, 1, 8), Thermostat(bank_holidays=False)),
    ],
)
def test_rest_is_kept_unless_its_rule_is_left_out(
    now: datetime, until: datetime, without: Thermostat
) -> None:
    scottish = replace(ASHA, habits=Habits(Nation.SCOTLAND))
    late = nudge(useless_at=at(2026, 12, 20, 9))
    assert decide([late], scottish, now=now) == (Wait(late, until),)
    assert decide([late], scottish, now=now, rules=without) == (Send((late,)),)


def test_a_mute_holds_and_what_it_kept_too_long_says_so() -> None:
    muted = replace(ASHA, muted_until=at(2026, 11, 20, 0))
    assert only(muted) == Wait(ONE, at(2026, 11, 20, 8))
    assert only(muted, rules=Thermostat(mutes=False)) == Send((ONE,))
    for_long = replace(ASHA, muted_until=at(2026, 12, 20, 0))
    assert only(for_long) == Wait(ONE, LATER)
    assert only(for_long, LATER) == Drop(ONE, Reason.MUTED)


def test_the_fourth_message_in_seven_days_waits_for_the_first_to_be_a_week_ago() -> None:
    full = replace(ASHA, sent=(TEN - 6 * DAY, TEN - 2 * DAY, TEN - DAY))
    assert only(full) == Wait(ONE, TEN + DAY)
    assert only(full, TEN + DAY) == Send((ONE,))
    assert only(full, rules=Thermostat(weekly_limit=False)) == Send((ONE,))
    short = nudge(useless_at=TEN + timedelta(hours=1))
    late = decide([short], full, now=TEN + timedelta(hours=1))
    assert late == (Drop(short, Reason.WEEKLY_LIMIT),)


def test_whoever_wants_none_has_none_and_whoever_wants_more_has_more() -> None:
    none = replace(ASHA, habits=Habits(nudges_a_week=0))
    assert only(none) == Wait(ONE, LATER)
    assert only(none, LATER) == Drop(ONE, Reason.WEEKLY_LIMIT)
    more = replace(ASHA, habits=Habits(nudges_a_week=5), sent=(TEN - DAY,) * 4)
    assert only(more) == Send((ONE,))


def test_what_falls_together_is_one_message_and_what_matters_most_comes_first() -> None:
    two = nudge("two", Kind.HOUR_BEFORE)
    assert decide([ONE, two], ASHA, now=TEN) == (Send((two, ONE)),)
    apart = decide([ONE, two], ASHA, now=TEN, rules=Thermostat(merging=False))
    assert apart == (Send((two,)), Send((ONE,)))


def test_a_fifth_comes_in_a_message_of_its_own_if_the_week_has_room() -> None:
    five = [nudge(str(number)) for number in range(5)]
    assert decide(five, ASHA, now=TEN) == (Send(tuple(five[:4])), Send((five[4],)))
    full = replace(ASHA, sent=(TEN - DAY, TEN - DAY))
    assert decide(five, full, now=TEN) == (Send(tuple(five[:4])), Wait(five[4], TEN + 6 * DAY))


def test_nobody_is_reminded_of_one_thing_more_than_twice() -> None:
    again = [nudge("a", thing="it"), nudge("b", thing="it")]
    once = replace(ASHA, reminded={"it": 1})
    assert decide(again, once, now=TEN) == (Drop(again[1], Reason.ENOUGH), Send((again[0],)))
    free = decide(again, once, now=TEN, rules=Thermostat(reminders=False))
    assert free == (Send((again[0], again[1])),)
    asked = [nudge("c", Kind.CHECK_BACK, thing="it")]
    twice = replace(ASHA, reminded={"it": 2})
    assert decide(asked, twice, now=TEN) == (Send((asked[0],)),), "asked once, reminded twice"


@pytest.mark.parametrize(("unanswered", "weeks"), [(3, 0), (4, 1), (7, 1), (8, 4)])
def test_whoever_never_answers_hears_less_and_less(unanswered: int, weeks: int) -> None:
    silent = replace(ASHA, sent=(TEN - DAY,), unanswered=unanswered)
    long = nudge(useless_at=TEN + 60 * DAY)
    (decision,) = decide([long], silent, now=TEN)
    first = TEN - DAY + timedelta(weeks=weeks)
    assert decision == (Wait(long, first) if weeks else Send((long,)))
    (free,) = decide([long], silent, now=TEN, rules=Thermostat(slow_down=False))
    assert free == Send((long,))


def test_whoever_stopped_all_or_one_kind_has_none_of_it() -> None:
    stopped = replace(ASHA, stopped=True)
    assert only(stopped) == Drop(ONE, Reason.STOPPED)
    assert only(stopped, rules=Thermostat(stops=False)) == Send((ONE,))
    without = replace(ASHA, stopped_kinds=frozenset({Kind.STILL_TRUE}))
    assert only(without) == Drop(ONE, Reason.KIND_STOPPED)
    assert only(replace(ASHA, to=None)) == Drop(ONE, Reason.UNREACHABLE)


def test_what_is_of_no_use_any_more_is_dropped() -> None:
    assert only(ASHA, LATER - DAY * 4) == Send((ONE,))
    assert only(ASHA, LATER) == Drop(ONE, Reason.TOO_LATE)
    assert only(ASHA, LATER, Thermostat(uselessness=False)) == Send((ONE,))


def test_nothing_comes_into_a_form_that_is_being_filled_in() -> None:
    filling = replace(ASHA, form_touched_at=TEN - timedelta(minutes=20))
    assert only(filling) == Wait(ONE, TEN + timedelta(minutes=40))
    assert only(filling, TEN + timedelta(minutes=40)) == Send((ONE,))
    assert only(filling, rules=Thermostat(forms=False)) == Send((ONE,))


def test_a_wait_ends_exactly_when_nothing_holds_it_any_more() -> None:
    """Two rules that hold one after the other: the week is full until within the night."""
    full = replace(
        ASHA,
        habits=Habits(quiet_from=time(12), quiet_until=time(7)),
        sent=(TEN - 7 * DAY + timedelta(hours=5),) * 3,
    )
    assert only(full) == Wait(ONE, at(2026, 11, 11, 7))
    assert date(2026, 11, 11).weekday() == 2
    assert only(full, at(2026, 11, 11, 7).astimezone(UTC)) == Send((ONE,))
