"""Whom to ask and when, as rules: likely helpers first, shared out fairly, at civil hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.challenges.models import Circle
from bot.challenges.routing import Peer, Reason, Routing, first_step, likely, next_step
from bot.learning_sets.peers import SetPeers
from bot.working_days import MORNING, in_hours, next_morning, weekdays

LONDON = ZoneInfo("Europe/London")
ROUTING = Routing(SetPeers(), LONDON)
MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 (the zone is its own argument)
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
PEERS = st.lists(
    st.builds(
        Peer,
        st.integers(1, 10_000),
        st.frozensets(st.sampled_from(Reason)),
        away=st.booleans(),
        taken=st.booleans(),
        asked_this_week=st.integers(0, 4),
        weekly_limit=st.integers(0, 4),
        asked_lately=st.integers(0, 9),
        last_asked=st.none() | MOMENTS,
    ),
    unique_by=lambda peer: peer.member_id,
)


@settings(deadline=None)
@given(PEERS, st.integers(0, 12), st.text())
def test_only_those_are_asked_who_may_be_and_as_many_as_there_are(
    peers: list[Peer], size: int, seed: str
) -> None:
    chosen = likely(peers, size, seed=seed)
    free = [peer for peer in peers if peer.free]
    assert len(chosen) == min(size, len(free))
    for peer in chosen:
        assert not peer.away
        assert not peer.taken
        assert peer.asked_this_week < peer.weekly_limit


@settings(deadline=None)
@given(PEERS, st.integers(0, 12), st.text())
def test_nobody_is_passed_over_for_somebody_less_likely_or_asked_more(
    peers: list[Peer], size: int, seed: str
) -> None:
    chosen = likely(peers, size, seed=seed)
    passed = [peer for peer in peers if peer.free and peer not in chosen]
    for one in chosen:
        for other in passed:
            assert (-one.points, one.asked_lately) <= (-other.points, other.asked_lately)


@settings(deadline=None)
@given(PEERS, st.text())
def test_the_same_seed_chooses_alike_in_whatever_order_peers_come(
    peers: list[Peer], seed: str
) -> None:
    mixed = peers[::-1]
    assert likely(peers, 5, seed=seed) == likely(mixed, 5, seed=seed)


def test_the_lot_falls_differently_for_different_challenges() -> None:
    peers = [Peer(number) for number in range(50)]
    chosen = {likely(peers, 5, seed=f"{seed}") for seed in range(10)}
    assert len(chosen) > 1


def test_who_helped_comes_before_who_follows_and_says_so() -> None:
    follows = Peer(1, frozenset({Reason.FOLLOWS}))
    helped = Peer(2, frozenset({Reason.HELPED, Reason.ALIKE}))
    stranger = Peer(3)
    assert likely([stranger, follows, helped], 3, seed="") == (helped, follows, stranger)
    assert [peer.why for peer in (helped, follows, stranger)] == [
        Reason.HELPED,
        Reason.FOLLOWS,
        Reason.FAIR,
    ]


@settings(deadline=None)
@given(MOMENTS)
def test_a_morning_is_half_past_nine_on_a_working_day_whatever_the_clocks_do(
    at: datetime,
) -> None:
    morning = next_morning(at, LONDON)
    local = morning.astimezone(LONDON)
    assert at <= morning <= at + timedelta(days=4)
    assert local.time() == MORNING
    assert weekdays(local.date())


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(Circle), st.integers(0, 9), st.integers(0, 40), st.booleans())
def test_a_step_never_comes_early_and_a_sets_challenge_never_reaches_moderators(
    now: datetime, reached: Circle, asked: int, left: int, set_only: bool
) -> None:
    step = next_step(reached, now, asked=asked, left=left, set_only=set_only, routing=ROUTING)
    if step is None:
        assert set_only or reached is Circle.MODERATORS
        return
    assert step.at > now
    assert in_hours(step.at, LONDON)
    if asked:
        assert (step.at.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days >= 2
    assert not (set_only and step.circle is Circle.MODERATORS)
    assert step.size <= left


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T08:00", "2026-11-26T09:30"),  # a Tuesday, before half past nine
        ("2026-11-24T10:00", "2026-11-27T09:30"),
        ("2026-11-27T09:00", "2026-11-30T09:30"),  # a Friday: the weekend is in between
        ("2026-10-23T09:00", "2026-10-26T09:30"),  # the clocks go back in between
        ("2026-03-26T09:30", "2026-03-30T09:30"),  # and forward
    ],
)
def test_two_days_later_in_the_morning(now: str, expected: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=LONDON)
    step = next_step(Circle.HANDFUL, at, asked=5, left=20, set_only=False, routing=ROUTING)
    assert step is not None
    assert step.at.astimezone(LONDON).isoformat()[:16] == expected
    assert (step.circle, step.size) == (Circle.WIDER, 12)


def test_bank_holidays_come_in_where_somebody_knows_them() -> None:
    christmas = {date(2026, 12, 25), date(2026, 12, 28)}
    routing = Routing(
        SetPeers(), LONDON, works_on=lambda day: weekdays(day) and day not in christmas
    )
    wednesday = datetime(2026, 12, 23, 9, tzinfo=LONDON)
    step = next_step(Circle.HANDFUL, wednesday, asked=5, left=5, set_only=False, routing=routing)
    assert step is not None
    assert step.at.astimezone(LONDON).date() == date(2026, 12, 29)


def test_what_is_posted_at_night_or_at_the_weekend_waits_for_the_morning() -> None:
    friday_night = datetime(2026, 11, 27, 23, tzinfo=LONDON)
    step = first_step(friday_night, 3, ROUTING)
    assert step.at.astimezone(LONDON).isoformat()[:16] == "2026-11-30T09:30"
    assert step.size == 3
    monday = datetime(2026, 11, 30, 11, tzinfo=LONDON)
    assert first_step(monday, 30, ROUTING).at == monday
