"""The session guide: whatever the set, its steps fill the session and everybody gets to speak."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.learning_sets.guide import FEWEST, MOST, Kind, Step, TooShort, plan

PRESENT = st.integers(FEWEST, MOST)
MINUTES = st.integers(1, 480)
ISSUES = st.integers(1, 5)
SOME_TIME = {
    Kind.WELCOME: 3,
    Kind.ISSUE: 4,
    Kind.CLARIFYING: 3,
    Kind.OPEN_QUESTIONS: 5,
    Kind.TAKEN: 2,
    Kind.BREAK: 10,
    Kind.CLOSE: 2,
}


def steps(present: int, minutes: int, issues: int) -> tuple[Step, ...]:
    found = plan(present, minutes, issues)
    assert isinstance(found, tuple)
    return found


@given(PRESENT, MINUTES, ISSUES)
def test_the_steps_fill_the_session_one_after_another(
    present: int, minutes: int, issues: int
) -> None:
    found = plan(present, minutes, issues)
    if isinstance(found, TooShort):
        assert found.needed > minutes
        minutes = found.needed
        assert plan(present, minutes - 1, issues) == found
        found = steps(present, minutes, issues)
    at = 0
    for one in found:
        assert one.begins == at
        at += one.minutes
    assert at == minutes


@given(PRESENT, MINUTES, ISSUES)
def test_each_step_has_the_time_that_it_needs_and_each_person_a_minute_in_a_round(
    present: int, minutes: int, issues: int
) -> None:
    found = plan(present, minutes, issues)
    for one in found if isinstance(found, tuple) else ():
        if one.rounds:
            assert one.minutes >= (present - 1 if one.kind is Kind.IDEAS else present)
        else:
            assert one.minutes >= SOME_TIME[one.kind]


@given(st.integers(FEWEST, MOST // 2), ISSUES)
def test_rounds_grow_with_the_number_present(present: int, issues: int) -> None:
    few, many = (
        {one.kind: one.minutes for one in steps(number, 480, issues) if one.rounds}
        for number in (present, present * 2)
    )
    assert all(few[kind] < many[kind] for kind in few)


@given(PRESENT, ISSUES)
def test_every_issue_goes_through_questions_before_ideas(present: int, issues: int) -> None:
    found = steps(present, 480, issues)
    for number in range(1, issues + 1):
        assert [one.kind for one in found if one.issue == number] == [
            Kind.ISSUE,
            Kind.CLARIFYING,
            Kind.OPEN_QUESTIONS,
            Kind.IDEAS,
            Kind.TAKEN,
        ]


def test_a_long_session_has_a_break_and_nobody_present_is_taken_for_a_few() -> None:
    assert Kind.BREAK in {one.kind for one in steps(9, 150, 2)}
    assert Kind.BREAK not in {one.kind for one in steps(9, 149, 2)}
    assert plan(0, 120, 0) == plan(FEWEST, 120, 1)
    assert plan(500, 480, 1) == plan(MOST, 480, 1)


def test_too_short_is_said_with_what_would_do() -> None:
    assert plan(12, 30, 2) == TooShort(79)
