"""Suggested sets: sound for anybody, and better than sets made by lot."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning_sets import suggesting
from bot.learning_sets.suggesting import BadSize, Person, TooFewPeople
from bot.wording import suggesting as words

ROLES = ("economy", "skills", "grants", "planning", "communities")
LEVELS = ("officer", "senior", "manager", "head")
NATIONS = ("ENG", "ENG", "ENG", "WLS", "SCT", "NIR")
THEMES = ("Data", "Skills", "Places", "Business", "Partners", "Net zero")
Pair = frozenset[str]


def people(number: int, seed: int = 0) -> list[Person]:
    lot = random.Random(seed)  # noqa: S311
    return [
        Person(
            f"Member {one:04}",
            lot.choice(ROLES),
            lot.choice(LEVELS),
            lot.choice(NATIONS),
            frozenset(lot.sample(THEMES, lot.randint(0, 3))),
        )
        for one in range(number)
    ]


def acquainted(everybody: list[Person], seed: int = 0) -> frozenset[Pair]:
    """As if a third of them had sat in sets of nine before."""
    lot = random.Random(seed)  # noqa: S311
    some = [one.key for one in lot.sample(everybody, len(everybody) // 3)]
    groups = [some[start : start + 9] for start in range(0, len(some), 9)]
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def by_lot(everybody: list[Person], seed: int) -> list[list[Person]]:
    """Sets of the same sizes, drawn at random."""
    lot = random.Random(seed)  # noqa: S311
    drawn = lot.sample(everybody, len(everybody))
    return [[drawn.pop() for _ in range(size)] for size in suggesting.sizes(len(everybody))]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (6, (6,)),
        (9, (9,)),
        (12, (12,)),
        (13, (7, 6)),
        (18, (9, 9)),
        (23, (8, 8, 7)),
        (25, (9, 8, 8)),
        (100, (10,) + (9,) * 10),
    ],
)
def test_sets_are_as_near_to_nine_and_as_equal_as_can_be(
    number: int, expected: tuple[int, ...]
) -> None:
    assert suggesting.sizes(number) == expected


def test_another_size_may_be_aimed_at_between_six_and_twelve() -> None:
    assert suggesting.sizes(36, 6) == (6,) * 6
    assert suggesting.sizes(36, 12) == (12,) * 3
    for size in (5, 13):
        with pytest.raises(BadSize):
            suggesting.sizes(36, size)


@pytest.mark.parametrize("number", [0, 1, 5])
def test_too_few_for_a_set_are_told_so(number: int) -> None:
    with pytest.raises(TooFewPeople) as refused:
        suggesting.suggest(people(number))
    assert str(number) in refused.value.sentence
    assert "at least 6" in refused.value.sentence


@settings(max_examples=40, deadline=None)
@given(number=st.integers(6, 70), size=st.integers(6, 12), seed=st.integers(0, 99))
def test_everybody_sits_in_one_set_of_a_sound_size(number: int, size: int, seed: int) -> None:
    everybody = people(number, seed)
    groups = suggesting.suggest(everybody, size=size, seed=seed)
    assert sorted(one.key for group in groups for one in group) == [one.key for one in everybody]
    each = [len(group) for group in groups]
    assert 6 <= min(each) <= max(each) <= 12
    assert max(each) - min(each) <= 1


def test_the_same_people_and_seed_make_the_same_sets_in_whatever_order_they_come() -> None:
    everybody = people(40)
    first = suggesting.suggest(everybody, seed=3)
    assert suggesting.suggest(reversed(everybody), seed=3) == first
    assert suggesting.suggest(everybody, seed=4) != first


@pytest.mark.parametrize("number", [13, 27, 40, 90])
def test_suggested_sets_are_better_than_sets_by_lot_for_every_seed(number: int) -> None:
    for seed in range(20):
        everybody = people(number, seed)
        met = acquainted(everybody, seed)
        suggested = suggesting.suggest(everybody, met=met, seed=seed)
        best = max(suggesting.score(by_lot(everybody, lot), met=met) for lot in range(20))
        assert suggesting.score(suggested, met=met) > best, seed


def test_a_theme_is_shared_within_a_set_and_those_who_met_are_kept_apart() -> None:
    for seed in range(10):
        everybody = people(45, seed)
        met = acquainted(everybody, seed)
        suggested = suggesting.suggest(everybody, met=met, seed=seed)
        facts = [suggesting.why(group, met=met) for group in suggested]
        drawn = [suggesting.why(group, met=met) for group in by_lot(everybody, seed)]
        # Nine who met, and six: over five sets that is four pairs and one at the least.
        assert sum(one.met for one in facts) == 5
        assert sum(one.sharing for one in facts) > sum(one.sharing for one in drawn)


def test_kinds_of_people_are_spread_over_the_sets() -> None:
    everybody = [Person(f"{n:02}", "head" if n < 4 else "officer") for n in range(36)]
    for seed in range(5):
        groups = suggesting.suggest(everybody, seed=seed)
        assert [sum(one.role == "head" for one in group) for group in groups] == [1, 1, 1, 1]


def test_a_line_says_why_these() -> None:
    group = (
        Person("A", "skills", "head", "ENG", frozenset({"Data", "Skills"})),
        Person("B", "grants", "head", "WLS", frozenset({"Data"})),
        Person("C", "grants"),
    )
    found = suggesting.why(group, met={frozenset({"A", "B"}), frozenset({"A", "X"})})
    assert found == suggesting.Why("Data", 2, 2, 1, 2, 1)
    said = words.why(3, "Data", 2, roles=2, seniorities=1, nations=2, met=1)
    assert said == (
        "2 of 3 follow Data; 2 roles, 1 level of seniority, 2 nations; "
        "1 pair has met in a set before"
    )
    nothing = words.why(6, "", 0, roles=0, seniorities=0, nations=0, met=0)
    assert nothing == "no theme in common; nobody has met in a set before"


def test_a_thousand_people_take_seconds() -> None:
    everybody = people(1_000)
    begun = time.perf_counter()
    groups = suggesting.suggest(everybody, met=acquainted(everybody))
    assert time.perf_counter() - begun < 20
    assert len(groups) == 111
