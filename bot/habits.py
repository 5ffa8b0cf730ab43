"""When a member may be disturbed, and how often: what each chose, and the network's own habits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Time, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.database import insert_new, one_of
from knowledge.models import Base

MOST_A_WEEK = 20
LONGEST_SENIORITY = 60
Value = TypeVar("Value")


class NudgesUnfit(Exception):
    """A member may be nudged between 0 and 20 times a week."""


class Nation(StrEnum):
    """Whose bank holidays a member keeps."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


class DigestEvery(StrEnum):
    """How often a member hears what is new in the themes they follow."""

    OFF = "off"
    DAY = "daily"
    WEEK = "weekly"


class HabitsRow(Base):
    """What a member chose; None where the network's own habit holds.

    `seniority` is in their own words and helps to balance sets. `calendar` is the random mark of
    their private calendar's address.
    """

    __tablename__ = "habits"
    __table_args__ = (CheckConstraint("nudges_a_week BETWEEN 0 AND 20", name="nudges_a_week"),)

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    nation: Mapped[Nation | None] = mapped_column(one_of(Nation, "nation"))
    quiet_from: Mapped[time | None] = mapped_column(Time)
    quiet_until: Mapped[time | None] = mapped_column(Time)
    nudges_a_week: Mapped[int | None]
    digest: Mapped[DigestEvery | None] = mapped_column(one_of(DigestEvery, "digest"))
    seniority: Mapped[str] = mapped_column(String(LONGEST_SENIORITY), default="")
    calendar: Mapped[str | None] = mapped_column(String(64), unique=True)


@dataclass(frozen=True)
class Habits:
    """The habits that hold for a member."""

    nation: Nation = Nation.ENGLAND
    quiet_from: time = time(19)
    quiet_until: time = time(8)
    nudges_a_week: int = 3
    digest: DigestEvery = DigestEvery.WEEK


USUAL = Habits()
"""The network's own habits."""


def of(session: Session, member_ids: Collection[int]) -> Mapping[int, Habits]:
    """The habits of each of these members: the network's own where they chose nothing."""
    rows = session.scalars(select(HabitsRow).where(HabitsRow.member_id.in_(member_ids)))
    chosen = {row.member_id: _chosen(row) for row in rows}
    return {member_id: chosen.get(member_id, USUAL) for member_id in member_ids}


def _chosen(row: HabitsRow) -> Habits:
    def either(chosen: Value | None, usual: Value) -> Value:
        return usual if chosen is None else chosen

    return Habits(
        either(row.nation, USUAL.nation),
        either(row.quiet_from, USUAL.quiet_from),
        either(row.quiet_until, USUAL.quiet_until),
        either(row.nudges_a_week, USUAL.nudges_a_week),
        either(row.digest, USUAL.digest),
    )


def choose_nation(session: Session, member_id: int, nation: Nation | None) -> None:
    """Whose bank holidays are kept; None means the network's own, here and below."""
    _own(session, member_id).nation = nation


def choose_quiet_hours(session: Session, member_id: int, hours: tuple[time, time] | None) -> None:
    """From when until when, in local time, over midnight too. The same twice: no quiet hours."""
    row = _own(session, member_id)
    row.quiet_from, row.quiet_until = hours or (None, None)


def choose_nudges_a_week(session: Session, member_id: int, a_week: int | None) -> None:
    """Raises NudgesUnfit."""
    if a_week is not None and not 0 <= a_week <= MOST_A_WEEK:
        raise NudgesUnfit
    _own(session, member_id).nudges_a_week = a_week


def choose_digest(session: Session, member_id: int, every: DigestEvery | None) -> None:
    _own(session, member_id).digest = every


def _own(session: Session, member_id: int) -> HabitsRow:
    insert_new(session, HabitsRow, [{"member_id": member_id}], HabitsRow.member_id)
    return session.get_one(HabitsRow, member_id)
