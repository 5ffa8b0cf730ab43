"""What became of each nudge that was due: the only thing about nudges that is stored."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import Base, UtcDateTime


class Fate(StrEnum):
    SENT = "sent"
    MERGED = "merged"
    DROPPED = "dropped"


class NudgeRow(Base):
    """A decided nudge. `key` is its natural key: however many processes look, one decides.

    `thing` is what it reminds of, so that nobody is reminded of one thing more than twice. `reason`
    says why it was dropped. `delivery_id` is the message that carried it, alone or with others.
    """

    __tablename__ = "nudge"
    __table_args__ = (
        Index("ix_nudge_member_decided", "member_id", "decided_at"),
        Index("ix_nudge_member_thing", "member_id", "thing"),
        NEVER_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(30))
    thing: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    useless_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fate: Mapped[Fate] = mapped_column(one_of(Fate, "fate"))
    reason: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivery_id: Mapped[int | None] = mapped_column(
        ForeignKey("delivery.id", ondelete="SET NULL"), index=True
    )
