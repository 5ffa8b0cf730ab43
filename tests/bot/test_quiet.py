"""When a member is left in peace, whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from bot.habits import Habits, Nation
from bot.quiet import Kept, allowed, first_allowed, notice_time

LONDON = ZoneInfo("Europe/London")
ENGLISH = Habits()
MINUTE = timedelta(minutes=1)
SUNDAYS_TOO = Kept(weekends=False)

times = some.times().map(lambda at: at.replace(second=0, microsecond=0))
habits = some.builds(Habits, some.sampled_from(Nation), times, times)
FORWARD = datetime(2026, 3, 29, 1, tzinfo=UTC)
BACK = datetime(2026, 10, 25, 1, tzinfo=UTC)
changes = some.sampled_from([FORWARD, BACK])
around_a_change = some.builds(
    lambda change, minutes: change + minutes * MINUTE, changes, some.integers(-2_000, 2_000)
)
any_time = some.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + minutes * MINUTE
)
kept = some.builds(Kept, weekends=some.booleans(), bank_holidays=some.booleans())


@settings(deadline=None)
@given(around_a_change | any_time, habits, kept)
@example(BACK, Habits(Nation.ENGLAND, time(1, 30), time(3)), SUNDAYS_TOO)
@example(BACK - 30 * MINUTE, Habits(Nation.ENGLAND, time(1, 30), time(3)), SUNDAYS_TOO)
@example(FORWARD - 60 * MINUTE, Habits(Nation.ENGLAND, time(23), time(1, 30)), SUNDAYS_TOO)
def test_the_first_allowed_moment_is_allowed_and_none_before_it_is(
    at: datetime, habits: Habits, kept: Kept
) -> None:
    first = first_allowed(at, habits, LONDON, kept=kept)

    assert first >= at
    assert allowed(first, habits, LONDON, kept=kept)
    earlier = at
    while earlier < first:
        assert not allowed(earlier, habits, LONDON, kept=kept)
        earlier += MINUTE


@settings(deadline=None)
@given(any_time, habits, some.integers(-100, 1_000))
def test_a_mute_holds_until_its_end_and_what_comes_after_is_kept_too(
    at: datetime, habits: Habits, hours: int
) -> None:
    until = at + timedelta(hours=hours)

    first = first_allowed(at, habits, LONDON, muted_until=until)

    assert first == first_allowed(max(at, until), habits, LONDON)
    assert not allowed(until - MINUTE, habits, LONDON, muted_until=until)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("at", "nation", "first"),
    [
        (local(2026, 12, 8, 10), Nation.ENGLAND, local(2026, 12, 8, 10)),
        (local(2026, 12, 8, 19), Nation.ENGLAND, local(2026, 12, 9, 8)),
        (local(2026, 12, 8, 18, 59), Nation.ENGLAND, local(2026, 12, 8, 18, 59)),
        (local(2026, 12, 9, 7, 59), Nation.ENGLAND, local(2026, 12, 9, 8)),
        (local(2026, 12, 11, 20), Nation.ENGLAND, local(2026, 12, 14, 8)),
        (local(2026, 10, 24, 12), Nation.ENGLAND, local(2026, 10, 26, 8)),
        (local(2026, 3, 28, 12), Nation.ENGLAND, local(2026, 3, 30, 8)),
        (local(2026, 11, 30, 9), Nation.ENGLAND, local(2026, 11, 30, 9)),
        (local(2026, 11, 30, 9), Nation.SCOTLAND, local(2026, 12, 1, 8)),
        (local(2026, 3, 17, 9), Nation.NORTHERN_IRELAND, local(2026, 3, 18, 8)),
        (local(2026, 4, 2, 19), Nation.WALES, local(2026, 4, 7, 8)),
        (local(2026, 4, 2, 19), Nation.SCOTLAND, local(2026, 4, 6, 8)),
        (local(2026, 12, 24, 19), Nation.ENGLAND, local(2026, 12, 29, 8)),
    ],
)
def test_quiet_hours_weekends_and_bank_holidays_of_each_nation(
    at: datetime, nation: Nation, first: datetime
) -> None:
    assert first_allowed(at, Habits(nation), LONDON) == first


def test_who_wants_no_quiet_hours_has_none() -> None:
    awake = Habits(quiet_from=time(9), quiet_until=time(9))
    assert allowed(local(2026, 12, 8, 3), awake, LONDON)


def test_quiet_hours_of_an_afternoon() -> None:
    shut = Habits(quiet_from=time(12), quiet_until=time(14))
    assert first_allowed(local(2026, 12, 8, 13), shut, LONDON) == local(2026, 12, 8, 14)


def test_a_notice_waits_unless_the_session_starts_before_the_rest_is_over() -> None:
    night = local(2026, 12, 8, 22)
    morning = local(2026, 12, 9, 8)

    assert notice_time(night, ENGLISH, LONDON) == morning
    assert notice_time(night, ENGLISH, LONDON, before=local(2026, 12, 9, 10)) == morning
    assert notice_time(night, ENGLISH, LONDON, before=local(2026, 12, 9, 7, 30)) == night
    assert notice_time(night, ENGLISH, LONDON, before=morning) == night


def test_a_notice_breaks_a_mute_before_it_breaks_quiet_hours() -> None:
    night, morning = local(2026, 12, 8, 22), local(2026, 12, 9, 8)
    muted, starts = local(2026, 12, 14), local(2026, 12, 9, 10)

    assert notice_time(night, ENGLISH, LONDON, muted_until=muted) == muted + timedelta(hours=8)
    assert notice_time(night, ENGLISH, LONDON, before=starts, muted_until=muted) == morning
    assert notice_time(night, ENGLISH, LONDON, before=morning, muted_until=muted) == night


def test_a_mute_for_good_ends_the_search() -> None:
    forever = datetime(9999, 12, 31, tzinfo=UTC)
    assert first_allowed(local(2026, 12, 8, 10), ENGLISH, LONDON, muted_until=forever).year == 9000
