"""Suggests sets: of about nine, with a theme in common, mixed otherwise, and of people new to each
other. Rules over facts, without a database or a clock.

The account of 2023 says why sets worked: clarity and commonality, and ideas from people who stand
somewhere else. So within a set a theme is shared; roles, seniority and nations are spread evenly
over the sets; and those who sat together before are kept apart where it can be.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.learning_sets.size import BEST, LARGEST, SMALLEST, SetError
from bot.wording import suggesting as wording

MET_COSTS = 3.0
"""What a pair who met before costs, where a person who shares the set's theme is worth up to 1."""
UNEVEN_COSTS = 0.5
"""What each person costs who is one too many, or too few, of their kind."""
_ALL_PAIRS_UP_TO = 60
"""People up to which every swap is tried; with more, so many for each person, drawn by lot."""
_SWAPS_EACH, _MOST_SWAPS, _MOST_ROUNDS = 40, 60_000, 20
_FEW, _OTHER_STARTS = 24, 5


class TooFewPeople(SetError):
    """A set takes at least 6 people."""

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self.people = people

    @property
    def sentence(self) -> str:
        return wording.too_few_people(self.people)


class BadSize(SetError):
    """The size to aim at is between 6 and 12."""


@dataclass(frozen=True)
class Person:
    """Somebody to put into a set. `key` tells them apart; what is not known of them is empty."""

    key: str
    role: str = ""
    seniority: str = ""
    nation: str = ""
    themes: frozenset[str] = frozenset()

    @property
    def kinds(self) -> Iterator[tuple[str, str]]:
        """What is to be spread over the sets."""
        if self.role:
            yield "role", self.role
        if self.seniority:
            yield "seniority", self.seniority
        if self.nation:
            yield "nation", self.nation


Group = tuple[Person, ...]
Pairs = Collection[frozenset[str]]


@dataclass(frozen=True)
class Why:
    """Why these: so many share the theme, and how many different kinds they are.

    `met` counts pairs who were in a set together before.
    """

    theme: str
    sharing: int
    roles: int
    seniorities: int
    nations: int
    met: int


def sizes(people: int, size: int = BEST) -> tuple[int, ...]:
    """How many each set has, larger ones first: as near to `size` as can be, at most one apart.

    Raises TooFewPeople, BadSize.
    """
    if not SMALLEST <= size <= LARGEST:
        raise BadSize
    if people < SMALLEST:
        raise TooFewPeople(people)
    possible = range(-(-people // LARGEST), people // SMALLEST + 1)
    number = min(possible, key=lambda sets: (abs(people / sets - size), sets))
    each, more = divmod(people, number)
    return tuple(each + (one < more) for one in range(number))


def suggest(
    people: Iterable[Person], *, met: Pairs = (), size: int = BEST, seed: int = 0
) -> tuple[Group, ...]:
    """Everybody in one set each; the same for the same seed, in whatever order they come.

    Raises TooFewPeople, BadSize.
    """
    ordered = sorted(people, key=lambda one: one.key)
    wanted = sizes(len(ordered), size)
    lot = random.Random(seed)  # noqa: S311 - to be repeatable, not to be secret
    lot.shuffle(ordered)
    scale = _Scale.of(ordered, met)
    groups = max(
        (_swapped(start, scale, lot) for start in _starts(ordered, wanted, lot)),
        key=lambda each: sum(map(scale.worth, each)),
    )
    return tuple(tuple(sorted(group, key=lambda one: one.key)) for group in groups)


def score(groups: Iterable[Sequence[Person]], *, met: Pairs = ()) -> float:
    """How good these sets are, to be compared with other sets of the same people."""
    kept = [list(group) for group in groups]
    scale = _Scale.of([one for group in kept for one in group], met)
    return sum(map(scale.worth, kept))


def why(group: Sequence[Person], *, met: Pairs = ()) -> Why:
    """What speaks for a set."""
    themes = Counter(theme for one in group for theme in one.themes)
    theme, sharing = min(themes.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    kinds = {kind for one in group for kind in one.kinds}
    count = Counter(what for what, _ in kinds)
    before = sum(frozenset((a.key, b.key)) in met for a, b in combinations(group, 2))
    return Why(theme, sharing, count["role"], count["seniority"], count["nation"], before)


@dataclass(frozen=True)
class _Scale:
    """Weighs a set: `shares` is how many of everybody are of a kind, `met` who met whom."""

    shares: Mapping[tuple[str, str], float]
    met: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Sequence[Person], met: Pairs) -> _Scale:
        kinds = Counter(kind for one in people for kind in one.kinds)
        knows: dict[str, set[str]] = {}
        for pair in met:
            for one in pair:
                knows.setdefault(one, set()).update(pair - {one})
        return cls(
            {kind: count / len(people) for kind, count in kinds.items()},
            {one: frozenset(others) for one, others in knows.items()},
        )

    def worth(self, group: Sequence[Person]) -> float:
        return (
            self._common(group) - UNEVEN_COSTS * self._uneven(group) - MET_COSTS * self._met(group)
        )

    def _common(self, group: Sequence[Person]) -> float:
        """Those who share the commonest theme; the square makes one whole set of it worth more
        than two halves."""
        themes = Counter(theme for one in group for theme in one.themes)
        return max(themes.values(), default=0) ** 2 / len(group)

    def _uneven(self, group: Sequence[Person]) -> float:
        kinds = Counter(kind for one in group for kind in one.kinds)
        return sum(abs(count - self.shares[kind] * len(group)) for kind, count in kinds.items())

    def _met(self, group: Sequence[Person]) -> float:
        if not self.met:
            return 0
        keys = {one.key for one in group}
        return sum(len(self.met[key] & keys) for key in keys if key in self.met) / 2


def _starts(
    people: Sequence[Person], wanted: Sequence[int], lot: random.Random
) -> Iterator[list[list[Person]]]:
    """Where swapping begins: the sets by theme, and for few people some drawn by lot as well."""
    yield _by_theme(people, wanted)
    if len(people) <= _FEW:
        for _ in range(_OTHER_STARTS):
            drawn = lot.sample(people, len(people))
            yield [[drawn.pop() for _ in range(size)] for size in wanted]


def _by_theme(people: Sequence[Person], wanted: Sequence[int]) -> list[list[Person]]:
    """Fills set after set from the theme that most of those who are left share.

    First come those who have no other; a set that its theme does not fill takes whoever has none.
    """
    left = dict.fromkeys(people)
    holders = Counter(theme for one in people for theme in one.themes)
    groups = []
    for size in wanted:
        theme = min(holders, key=lambda each: (-holders[each], each), default="")
        inside = sorted(
            (one for one in left if theme in one.themes), key=lambda one: len(one.themes)
        )
        others = sorted(
            (one for one in left if theme not in one.themes), key=lambda one: len(one.themes)
        )
        group = [*inside, *others][:size]
        for one in group:
            del left[one]
            holders.subtract(one.themes)
        groups.append(group)
    return groups


def _swapped(groups: list[list[Person]], scale: _Scale, lot: random.Random) -> list[list[Person]]:
    """Swaps two people of different sets wherever that makes both sets together better."""
    seats = [(group, seat) for group, inside in enumerate(groups) for seat in range(len(inside))]
    worth = [scale.worth(group) for group in groups]
    if len(seats) > _ALL_PAIRS_UP_TO:
        for _ in range(min(_SWAPS_EACH * len(seats), _MOST_SWAPS)):
            _try(groups, worth, scale, lot.choice(seats), lot.choice(seats))
        return groups
    for _ in range(_MOST_ROUNDS):
        if not sum(_try(groups, worth, scale, *pair) for pair in combinations(seats, 2)):
            break
    return groups


def _try(
    groups: list[list[Person]],
    worth: list[float],
    scale: _Scale,
    one: tuple[int, int],
    other: tuple[int, int],
) -> bool:
    (a, i), (b, j) = one, other
    if a == b:
        return False
    groups[a][i], groups[b][j] = groups[b][j], groups[a][i]
    new = scale.worth(groups[a]), scale.worth(groups[b])
    if sum(new) > worth[a] + worth[b] + 1e-9:
        worth[a], worth[b] = new
        return True
    groups[a][i], groups[b][j] = groups[b][j], groups[a][i]
    return False
