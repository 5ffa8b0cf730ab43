"""Enrols the people of a roster: all of it is looked at first, then those who may come in do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import invitations, members
from bot.habits import LONGEST_SENIORITY, HabitsRow, Nation
from bot.interests import LONGEST_JOB, FollowedTheme, Interests
from bot.learning_sets import sets
from bot.learning_sets.models import BadSetName, LearningSet, SetMember, name_checked
from bot.learning_sets.roster import Amiss, Column, Roster, Row, plain
from bot.learning_sets.size import LARGEST, SMALLEST
from bot.members import BadName, Member, Role
from bot.wording import roster as wording
from knowledge import themes
from knowledge.database import insert_new
from knowledge.errors import ThemeUnknown

_AT_ONCE = 500
"""Rows of one INSERT."""
_NATIONS = {nation.value.casefold(): nation for nation in Nation} | {
    "england": Nation.ENGLAND,
    "wales": Nation.WALES,
    "cymru": Nation.WALES,
    "scotland": Nation.SCOTLAND,
    "northern ireland": Nation.NORTHERN_IRELAND,
    "ni": Nation.NORTHERN_IRELAND,
}


@dataclass(frozen=True)
class Enrolled:
    """A person as they would be kept. `member_id`: in the network already. `set_name` or ""."""

    row: Row
    name: str
    role: Role = Role.OFFICER
    job: str = ""
    seniority: str = ""
    nation: Nation | None = None
    theme_ids: tuple[str, ...] = ()
    set_name: str = ""
    member_id: int | None = None


@dataclass(frozen=True)
class Judged:
    """Who may come in, and what is amiss with the others. `rows` counts all of them."""

    rows: int
    good: tuple[Enrolled, ...]
    amiss: tuple[Amiss, ...]

    @property
    def new(self) -> tuple[Enrolled, ...]:
        return tuple(one for one in self.good if one.member_id is None)

    @property
    def left_out(self) -> int:
        return self.rows - len(self.good)

    @property
    def clean(self) -> bool:
        return not any(one.stops for one in self.amiss)


@dataclass(frozen=True)
class Code:
    """A one-time invitation for somebody new. It is told once."""

    name: str
    code: str


def judge(session: Session, roster: Roster) -> Judged:
    """What would become of each row. It writes nothing."""
    if roster.unreadable:
        return Judged(len(roster.rows), (), roster.amiss)
    judging = _Judging(session)
    good, amiss = [], list(roster.amiss)
    spoilt = {one.row for one in roster.amiss if one.stops}
    for row in roster.rows:
        found, person = judging.row(row)
        amiss += found
        if person is not None and row.row not in spoilt:
            good.append(person)
    good, about_sets = _fitting(session, good)
    amiss = sorted([*amiss, *about_sets], key=lambda one: one.row)
    return Judged(len(roster.rows), tuple(good), tuple(amiss))


def enrol(session: Session, judged: Judged, *, invite: bool, now: datetime) -> tuple[Code, ...]:
    """Adds who is new and puts all good ones into their sets; where asked, a code for each new one.

    Raises NameTaken where one of them has joined since they were judged.
    """
    ids = _added(session, judged.new, now=now)
    ids |= {one.name: one.member_id for one in judged.good if one.member_id is not None}
    into: dict[str, list[int]] = {}
    for one in judged.good:
        if one.set_name:
            into.setdefault(one.set_name, []).append(ids[one.name])
    for name, inside in into.items():
        sets.change_members(session, _set(session, name, now=now), add=inside, now=now)
    if not invite:
        return ()
    return tuple(
        Code(one.name, invitations.invite(session, session.get_one(Member, ids[one.name]), now=now))
        for one in judged.new
    )


class _Judging:
    """What the rows so far have shown."""

    def __init__(self, session: Session) -> None:
        self._session = session
        known = session.execute(select(Member.name, Member.id).where(Member.name.is_not(None)))
        self._known = {plain(name): (name, number) for name, number in known if name is not None}
        self._seen: dict[str, int] = {}
        self._themes: dict[str, tuple[str, str]] = {}

    def row(self, row: Row) -> tuple[list[Amiss], Enrolled | None]:
        """What is amiss with a row, and the person where nothing of it stops them."""
        try:
            name = members.checked(row[Column.NAME])
        except BadName:
            said = wording.NAME_UNFIT if row[Column.NAME] else wording.NAME_MISSING
            return [row.amiss(Column.NAME, said)], None
        first = self._seen.setdefault(plain(name), row.row)
        if first != row.row:
            return [row.amiss(Column.NAME, wording.name_twice(first))], None
        amiss = [*self._lengths(row), *self._choices(row), *self._unknown_themes(row)]
        known_as, member_id = self._known.get(plain(name), (name, None))
        set_name = self._set_name(row, amiss)
        stops = any(one.stops for one in amiss)
        if member_id is not None:
            said = wording.member_already(known_as, joins=set_name)
            amiss.append(row.amiss(Column.NAME, said, stops=False))
        if stops:
            return amiss, None
        role = Role(plain(row[Column.ROLE]) or Role.OFFICER)
        nation = _NATIONS.get(plain(row[Column.NATION]))
        theme_ids = tuple(self._theme(one)[0] for one in row.themes)
        job, seniority = row[Column.JOB], row[Column.SENIORITY]
        return amiss, Enrolled(
            row, known_as, role, job, seniority, nation, theme_ids, set_name, member_id
        )

    def _lengths(self, row: Row) -> Iterator[Amiss]:
        if len(row[Column.JOB]) > LONGEST_JOB:
            yield row.amiss(Column.JOB, wording.JOB_TOO_LONG)
        if len(row[Column.SENIORITY]) > LONGEST_SENIORITY:
            yield row.amiss(Column.SENIORITY, wording.SENIORITY_TOO_LONG)

    def _choices(self, row: Row) -> Iterator[Amiss]:
        role, nation = row[Column.ROLE], row[Column.NATION]
        if role and plain(role) not in list(Role):
            yield row.amiss(Column.ROLE, wording.role_unknown(role))
        if nation and plain(nation) not in _NATIONS:
            yield row.amiss(Column.NATION, wording.nation_unknown(nation))

    def _unknown_themes(self, row: Row) -> Iterator[Amiss]:
        for one in row.themes:
            theme_id, likely = self._theme(one)
            if not theme_id:
                yield row.amiss(Column.THEMES, wording.theme_unknown(one, likely))

    def _theme(self, name: str) -> tuple[str, str]:
        """The theme's id, or else "" and the name of the one that may have been meant."""
        if name not in self._themes:
            try:
                self._themes[name] = themes.theme_ids(self._session, [name])[name], ""
            except ThemeUnknown:
                likely = themes.theme_named(self._session, name)
                self._themes[name] = "", likely.name if likely is not None else ""
        return self._themes[name]

    def _set_name(self, row: Row, amiss: list[Amiss]) -> str:
        try:
            return name_checked(row[Column.SET]) if row[Column.SET] else ""
        except BadSetName:
            amiss.append(row.amiss(Column.SET, wording.SET_NAME_UNFIT))
            return ""


def _fitting(session: Session, people: Sequence[Enrolled]) -> tuple[list[Enrolled], list[Amiss]]:
    """Those whose set would not be too large; sets that stay small are told of."""
    inside = _inside(session)
    coming = Counter(
        one.set_name
        for one in people
        if one.set_name and one.member_id not in inside.get(one.set_name, ())
    )
    amiss, good = [], []
    told: set[str] = set()
    for one in people:
        size = coming[one.set_name] + len(inside.get(one.set_name, ()))
        if one.set_name and size > LARGEST:
            amiss.append(one.row.amiss(Column.SET, wording.set_too_large(one.set_name, size)))
            continue
        if one.set_name and size < SMALLEST and one.set_name not in told:
            said = wording.set_small(one.set_name, size)
            amiss.append(one.row.amiss(Column.SET, said, stops=False))
            told.add(one.set_name)
        good.append(one)
    return good, amiss


def _inside(session: Session) -> Mapping[str, frozenset[int]]:
    """Who is in each set, by its name."""
    found: dict[str, set[int]] = {}
    for name, member_id in session.execute(
        select(LearningSet.name, SetMember.member_id).join(
            SetMember, SetMember.set_id == LearningSet.id
        )
    ):
        found.setdefault(name, set()).add(member_id)
    return {name: frozenset(inside) for name, inside in found.items()}


def _added(session: Session, people: Sequence[Enrolled], *, now: datetime) -> dict[str, int]:
    """Adds them all. Raises NameTaken."""
    made = members.add_all(session, [(one.name, one.role) for one in people], now=now)
    jobs = [{"member_id": made[one.name], "job": one.job} for one in people if one.job]
    habits = [
        {"member_id": made[one.name], "nation": one.nation, "seniority": one.seniority}
        for one in people
        if one.nation or one.seniority
    ]
    follows = [
        {"member_id": made[one.name], "theme_id": theme_id}
        for one in people
        for theme_id in one.theme_ids
    ]
    for start in range(0, max(len(jobs), len(habits), len(follows)), _AT_ONCE):
        end = start + _AT_ONCE
        insert_new(session, Interests, jobs[start:end], Interests.member_id)
        insert_new(session, HabitsRow, habits[start:end], HabitsRow.member_id)
        insert_new(session, FollowedTheme, follows[start:end], FollowedTheme.member_id)
    return made


def _set(session: Session, name: str, *, now: datetime) -> int:
    try:
        return sets.named(session, name).id
    except sets.NoSuchSet:
        return sets.create(session, name, now=now).id
