"""When a member may be disturbed, and how often: what each chose, and the network's own habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Time
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import one_of
from knowledge.models import Base

MOST_A_WEEK = 20
LONGEST_SENIORITY = 60


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
