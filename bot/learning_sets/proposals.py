"""Proposed sets of members: what is known of those to be seated, and the sets once agreed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.habits import HabitsRow
from bot.interests import FollowedTheme, Interests
from bot.learning_sets import editions, sets, suggesting
from bot.learning_sets.editions import Version
from bot.learning_sets.models import SetMember
from bot.learning_sets.suggesting import Group, Person
from bot.members import Member, Role
from bot.wording import suggesting as wording
from knowledge.models import Theme


def seatable(session: Session, *, without_set: bool) -> frozenset[int]:
    """Officers with a name who have not stopped; where asked, those who are in no set now."""
    who = select(Member.id).where(
        Member.role == Role.OFFICER, Member.name.is_not(None), Member.stopped_at.is_(None)
    )
    if without_set:
        who = who.where(Member.id.not_in(select(SetMember.member_id)))
    return frozenset(session.scalars(who))


def people(session: Session, member_ids: Collection[int]) -> tuple[Person, ...]:
    """What they said of themselves; the keys are their ids."""
    themes: dict[int, set[str]] = {}
    for member_id, name in session.execute(
        select(FollowedTheme.member_id, Theme.name)
        .join(Theme, Theme.id == FollowedTheme.theme_id)
        .where(FollowedTheme.member_id.in_(member_ids))
    ):
        themes.setdefault(member_id, set()).add(name)
    rows = session.execute(
        select(Member.id, Interests.job, HabitsRow.seniority, HabitsRow.nation)
        .outerjoin(Interests, Interests.member_id == Member.id)
        .outerjoin(HabitsRow, HabitsRow.member_id == Member.id)
        .where(Member.id.in_(member_ids))
        .order_by(Member.id)
    )
    return tuple(
        Person(
            str(number),
            (job or "").casefold(),
            (seniority or "").casefold(),
            nation.value if nation is not None else "",
            frozenset(themes.get(number, ())),
        )
        for number, job, seniority, nation in rows
    )


def met(session: Session, member_ids: Collection[int]) -> frozenset[frozenset[str]]:
    """Pairs of them who are in a set together, by their keys."""
    inside: dict[int, list[str]] = {}
    for set_id, member_id in session.execute(
        select(SetMember.set_id, SetMember.member_id).where(SetMember.member_id.in_(member_ids))
    ):
        inside.setdefault(set_id, []).append(str(member_id))
    return frozenset(
        frozenset(pair) for together in inside.values() for pair in combinations(together, 2)
    )


def line(group: Sequence[Person], pairs: Collection[frozenset[str]]) -> str:
    """Why these, in a line."""
    why = suggesting.why(group, met=pairs)
    return wording.why(
        len(group),
        why.theme,
        why.sharing,
        roles=why.roles,
        seniorities=why.seniorities,
        nations=why.nations,
        met=why.met,
    )


def ids(group: Group) -> frozenset[int]:
    return frozenset(int(one.key) for one in group)


def confirm(
    session: Session,
    groups: Mapping[str, Collection[int]],
    *,
    facilitators: Collection[int] = (),
    note: str = "",
    now: datetime,
) -> None:
    """Makes the sets, all of them or none. Raises SetError as `sets.create`."""
    with session.begin_nested():
        for name, inside in groups.items():
            wanted = Version(
                name, members=frozenset(inside), facilitators=frozenset(facilitators), note=note
            )
            editions.make(session, wanted, now=now)


def free_names(session: Session, number: int) -> tuple[str, ...]:
    """Names that no set has yet: Set 1, Set 2 and so on."""
    taken = {one.name.casefold() for one in sets.listed(session)}
    found: list[str] = []
    count = 0
    while len(found) < number:
        count += 1
        if f"set {count}" not in taken:
            found.append(f"Set {count}")
    return tuple(found)
