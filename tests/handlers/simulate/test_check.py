"""The checker by itself: every count can rise, and does not rise without a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.simulate.chances import Outage
from tests.handlers.simulate.made_up import DAY, HOUR, MORNING, Made

WEEK = 7 * DAY
EARLY = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)
SATURDAY = MORNING + 3 * DAY
GOOD_FRIDAY = datetime(2026, 4, 3, 9, 30, tzinfo=UTC)


def test_what_was_sent_on_time_is_no_fault() -> None:
    made = Made()
    made.nudged("a", MORNING, MORNING + timedelta(seconds=60))
    counts = made.counted()
    assert (counts.due, counts.sent, counts.on_time, counts.faults) == (1, 1, 1, ())


def test_three_in_one_message_are_one_sent_and_two_merged() -> None:
    made = Made()
    for key in "abc":
        made.planned(key)
    made.sent(MORNING, "a", "b", "c")
    counts = made.counted()
    assert (counts.due, counts.sent, counts.merged, counts.faults) == (3, 1, 2, ())


def test_over_a_minute_after_the_first_chance_is_late() -> None:
    made = Made()
    made.nudged("a", MORNING, MORNING + timedelta(seconds=61))
    counts = made.counted()
    assert (counts.late, counts.on_time, counts.faults) == (1, 0, ("late: 1",))


def test_the_first_chance_is_when_the_night_is_over() -> None:
    made = Made()
    made.nudged("a", EARLY, EARLY + HOUR)
    assert made.counted().faults == ()
    made.nudged("b", EARLY + DAY, EARLY + DAY + HOUR + timedelta(minutes=2))
    assert made.counted().late == 1


def test_the_first_chance_is_when_the_mute_ends_or_is_taken_back() -> None:
    made = Made()
    made.asha.mutes.append((MORNING - DAY, MORNING + HOUR))
    made.nudged("a", MORNING, MORNING + HOUR)
    assert made.counted().late == 0
    made.asha.mutes.append((MORNING + HOUR / 2, MORNING + HOUR / 2))
    assert made.counted().late == 1


def test_the_first_chance_is_when_a_week_has_room_again() -> None:
    made = Made()
    for number in range(3):
        made.nudged(f"{number}", MORNING + number * DAY)
    made.asha.said.append(MORNING + 2 * DAY)
    made.planned("late", MORNING + 4 * DAY + HOUR, useful=WEEK, since=MORNING)
    made.sent(MORNING + WEEK, "late")
    assert made.counted().faults == ()


def test_the_first_chance_is_an_hour_after_a_form_was_touched() -> None:
    made = Made()
    made.asha.forms.append(MORNING - HOUR / 2)
    made.nudged("a", MORNING, MORNING + HOUR / 2)
    assert made.counted().late == 0


def test_the_first_chance_is_when_the_outage_is_over_and_the_night() -> None:
    made = Made(outage=Outage(MORNING - HOUR, MORNING + 12 * HOUR))
    made.planned("a", useful=WEEK)
    made.sent(EARLY + DAY + HOUR, "a")
    assert made.counted().faults == ()
    made.reached.clear()
    made.sent(EARLY + DAY + 2 * HOUR, "a")
    assert made.counted().late == 1


def test_a_nudge_that_was_of_no_use_any_more_is_stale() -> None:
    made = Made()
    made.planned("a")
    made.sent(MORNING + 2 * HOUR, "a")
    assert made.counted().stale_sent == 1


def test_a_nudge_about_a_time_that_was_changed_before_is_stale() -> None:
    made = Made()
    starts = MORNING + DAY
    made.promises.promise(7, since=MORNING - DAY, local="2026-03-05T09:30", starts=starts)
    made.planned("a", promised=(7, "2026-03-05T09:30"))
    made.sent(MORNING, "a")
    assert made.counted().faults == ()
    made.promises.promise(7, since=MORNING - HOUR, local="2026-03-06T09:30", starts=starts + DAY)
    assert made.counted().stale_sent == 1


def test_a_nudge_about_a_session_that_was_called_off_is_stale() -> None:
    made = Made()
    made.promises.promise(7, since=MORNING - DAY, local="2026-03-05T09:30", starts=MORNING + DAY)
    made.promises.promise(7, since=MORNING - HOUR, local=None, starts=MORNING + DAY)
    made.planned("a", promised=(7, "2026-03-05T09:30"))
    made.sent(MORNING, "a")
    assert made.counted().stale_sent == 1


def test_the_same_nudge_in_two_messages_is_a_duplicate() -> None:
    made = Made()
    made.planned("a", useful=WEEK)
    made.sent(MORNING, "a", text="Once")
    made.sent(MORNING + DAY, "a", text="Twice")
    assert made.counted().duplicates == 1


def test_the_same_piece_taken_twice_is_a_duplicate_and_its_other_pieces_are_not() -> None:
    made = Made()
    made.planned("a")
    made.sent(MORNING, "a", ref="one", text="First piece")
    made.sent(MORNING, "a", ref="one", part=1, text="Second piece")
    assert made.counted().duplicates == 0
    made.sent(MORNING, "a", ref="one", part=1, text="Second piece, again")
    assert made.counted().duplicates == 1


def test_the_same_words_within_half_a_day_are_a_duplicate_whatever_the_bot_noted() -> None:
    made = Made()
    made.nudged("a", MORNING)
    made.reached.pop()
    made.sent(MORNING, "a", text="See you at ten")
    made.sent(MORNING + HOUR, text="See you at ten")
    assert made.counted().duplicates == 1


def test_nights_weekends_mutes_stops_and_forms_are_quiet() -> None:
    nights, mutes, stops, forms = Made(), Made(), Made(), Made()
    nights.nudged("a", EARLY)
    nights.nudged("b", SATURDAY)
    mutes.asha.mutes.append((MORNING - DAY, MORNING + DAY))
    stops.asha.stops.append((MORNING - DAY, True))
    forms.asha.said.append(MORNING - HOUR / 2)
    forms.asha.forms.append(MORNING - HOUR / 2)
    for made in (mutes, stops, forms):
        made.nudged("a", MORNING)
    assert [made.counted().in_quiet_hours for made in (nights, mutes, stops, forms)] == [2, 1, 1, 1]


def test_a_kind_that_was_refused_disturbs() -> None:
    made = Made()
    made.asha.refused.append((MORNING - DAY, "reflect"))
    made.nudged("a", MORNING)
    assert made.counted().in_quiet_hours == 1


def test_whoever_starts_again_or_is_done_with_the_form_is_not_disturbed() -> None:
    made = Made()
    made.asha.stops += [(MORNING - 2 * DAY, True), (MORNING - DAY, False)]
    made.asha.said += [MORNING - HOUR / 2, MORNING - HOUR / 3]
    made.asha.forms.append(MORNING - HOUR / 2)
    made.nudged("a", MORNING)
    assert made.counted().faults == ()


def test_a_bank_holiday_is_that_of_her_own_nation() -> None:
    made = Made(end=datetime(2027, 1, 1, tzinfo=UTC))
    made.nudged("a", GOOD_FRIDAY)
    made.nudged("b", datetime(2026, 11, 30, 10, tzinfo=UTC))  # St Andrew
    made.nudged("c", datetime(2026, 4, 6, 10, tzinfo=UTC))  # Easter Monday: not in Scotland
    made.nudged("d", datetime(2026, 12, 25, 10, tzinfo=UTC))
    assert made.counted().on_bank_holidays == 3


def test_a_notice_waits_for_the_morning_unless_its_session_comes_before() -> None:
    made = Made()
    made.promises.codes["M2X"] = 7
    made.told(EARLY, "Session M2X has moved.")
    assert made.counted().in_quiet_hours == 1
    made.promises.promise(7, since=EARLY - DAY, local=None, starts=EARLY + HOUR)
    assert made.counted().in_quiet_hours == 0


def test_a_fourth_message_in_seven_days_is_over_the_limit() -> None:
    made = Made()
    for number in range(4):
        made.nudged(f"{number}", MORNING + number * DAY * 2 - (number == 2) * DAY)
    made.asha.said.append(MORNING + 4 * DAY)
    assert made.counted().over_limit == 1
    made.asha.limit = 5
    assert made.counted().over_limit == 0


def test_a_second_message_in_a_week_after_four_without_a_word_is_over_the_limit() -> None:
    made = Made()
    for number in range(5):
        made.nudged(f"{number}", MORNING + number * WEEK)
    made.nudged("soon", MORNING + 4 * WEEK + 2 * DAY)
    assert made.counted().over_limit == 1
    made.asha.said.append(MORNING + 3 * WEEK)
    assert made.counted().over_limit == 0


def test_a_second_message_in_four_weeks_after_eight_without_a_word_is_over_the_limit() -> None:
    made = Made(end=MORNING + 365 * DAY)
    for number in range(9):
        made.nudged(f"{number}", MORNING + number * WEEK)
    assert made.counted().over_limit == 1


def test_a_third_reminder_of_one_thing_is_over_the_limit() -> None:
    made = Made()
    for number in range(3):
        made.planned(f"{number}", MORNING + number * DAY, thing="come:7")
        made.sent(MORNING + number * DAY, f"{number}")
    assert made.counted().over_limit == 1


def test_two_messages_at_once_that_have_room_in_one_are_over_the_limit() -> None:
    made = Made()
    made.nudged("a", MORNING)
    made.nudged("b", MORNING, MORNING + timedelta(seconds=30))
    assert made.counted().over_limit == 1


def test_what_was_not_sent_is_counted_by_its_reason() -> None:
    made = Made()
    made.planned("too-late")
    made.dropped["too-late"] = "too_late"
    made.planned("overtaken").goes(MORNING + HOUR)
    made.planned("waits", useful=100 * DAY)
    made.planned("never-due").goes(MORNING - HOUR)
    made.planned("to-come", MORNING + 61 * DAY)
    counts = made.counted()
    assert counts.due == 3
    assert counts.dropped == {"too_late": 1, "overtaken": 1, "end_of_run": 1}
    assert counts.faults == ()


def test_what_was_due_when_somebody_left_is_counted_as_that() -> None:
    made = Made()
    made.planned("a", useful=WEEK)
    made.asha.left_at = MORNING + HOUR
    assert made.counted().dropped == {"left": 1}


def test_a_nudge_that_got_lost_breaks_the_sum() -> None:
    made = Made()
    made.planned("a")
    counts = made.counted()
    assert counts.faults == ("due 1, but sent, merged and dropped are 0",)


def test_a_message_that_nobody_planned_breaks_the_sum() -> None:
    made = Made()
    made.sent(MORNING)
    assert made.counted().faults == ("due 0, but sent, merged and dropped are 1",)


def test_a_knock_is_the_message_and_what_waited_is_not_counted_again() -> None:
    made = Made()
    made.planned("a", useful=WEEK)
    made.planned("b", useful=WEEK)
    made.knocked(MORNING, "a", "b")
    made.given(MORNING + 14 * HOUR, "a", "b")  # late in the evening, when she writes
    counts = made.counted()
    assert (counts.due, counts.sent, counts.merged, counts.faults) == (2, 1, 1, ())


def test_a_knock_is_timed_as_any_message() -> None:
    made = Made()
    made.planned("a", EARLY, useful=WEEK)
    made.knocked(EARLY, "a")
    assert made.counted().in_quiet_hours == 1
    made.reached.clear()
    made.knocked(EARLY + 3 * HOUR, "a")
    assert made.counted().late == 1


def test_a_second_knock_before_she_wrote_is_a_duplicate() -> None:
    made = Made()
    made.planned("a", useful=WEEK)
    made.planned("b", MORNING + DAY, useful=WEEK)
    made.knocked(MORNING, "a")
    made.knocked(MORNING + DAY, "b")
    assert made.counted().duplicates == 1
    made.asha.said.append(MORNING + HOUR)
    assert made.counted().duplicates == 0


def test_what_waited_and_is_of_no_use_when_she_writes_is_stale() -> None:
    made = Made()
    made.planned("a", useful=HOUR)
    made.knocked(MORNING, "a")
    made.given(MORNING + 2 * HOUR, "a")
    assert made.counted().stale_sent == 1
