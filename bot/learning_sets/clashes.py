"""Clashes: a member of two sets that meet at the same hour. Everybody is warned, nobody refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.learning_sets.sessions import Arrangement, SessionStatus, SetSession
from bot.learning_sets.sets import LearningSet, SetMember

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Clash:
    """A member's other session that overlaps. The set's name is for the member alone."""

    member_id: int
    code: str
    set_name: str


def of(
    session: Session,
    set_id: int,
    wanted: Sequence[Arrangement],
    *,
    without: Collection[int] = (),
) -> tuple[tuple[Clash, ...], ...]:
    """For each arrangement, which members of the set meet elsewhere then; `without` sessions."""
    members = select(SetMember.member_id).where(SetMember.set_id == set_id)
    ids = frozenset(session.scalars(members))
    found = _others(session, ids, wanted, without)
    return tuple(
        tuple(
            Clash(member_id, other.code, name)
            for member_id, other, name in found
            if other.starts < one.ends and one.starts < other.ends
        )
        for one in wanted
    )


def for_members(
    session: Session, member_ids: Collection[int], sessions: Sequence[SetSession]
) -> Mapping[tuple[int, int], Clash]:
    """By session and member: the first other session of theirs that overlaps."""
    found = _others(session, member_ids, [one.arrangement for one in sessions], ())
    clashes: dict[tuple[int, int], Clash] = {}
    for one in sessions:
        for member_id, other, name in found:
            if other.id != one.id and other.starts < one.ends and one.starts < other.ends:
                clashes.setdefault((one.id, member_id), Clash(member_id, other.code, name))
    return clashes


def _others(
    session: Session,
    member_ids: Collection[int],
    wanted: Sequence[Arrangement],
    without: Collection[int],
) -> tuple[tuple[int, SetSession, str], ...]:
    """Sessions of theirs on those days or next to them: a zone may shift a day."""
    if not wanted or not member_ids:
        return ()
    days = {one.starts_on + shift for one in wanted for shift in (-_A_DAY, _A_DAY * 0, _A_DAY)}
    rows = session.execute(
        select(SetMember.member_id, SetSession, LearningSet.name)
        .join(SetMember, SetMember.set_id == SetSession.set_id)
        .join(LearningSet, LearningSet.id == SetSession.set_id)
        .where(
            SetMember.member_id.in_(member_ids),
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on.in_(days),
            SetSession.id.not_in(list(without)),
        )
        .order_by(SetSession.id, SetMember.member_id)
    )
    return tuple((member_id, one, name) for member_id, one, name in rows)
