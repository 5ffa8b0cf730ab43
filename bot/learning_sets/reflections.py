"""Reflections: what a member learnt since the last session, shared as they chose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.learning_sets.commitments import Sharing
from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import Base, UtcDateTime

LONGEST_REFLECTION = 1_000


class Reflection(Base):
    """A member's words before a session; `make_up` where they were written after missing it."""

    __tablename__ = "reflection"
    __table_args__ = (UniqueConstraint("member_id", "session_id"), NEVER_TWICE)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("set_session.id", ondelete="SET NULL"), index=True
    )
    set_id: Mapped[int | None] = mapped_column(
        ForeignKey("learning_set.id", ondelete="SET NULL"), index=True
    )
    words: Mapped[str] = mapped_column(Text)
    sharing: Mapped[Sharing] = mapped_column(one_of(Sharing, "sharing"), default=Sharing.PRIVATE)
    make_up: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ShownWords(Base):
    """This delivery shows words of that member, so that they can be taken back.

    `about` names them: `reflection:7`, `commitment:4`.
    """

    __tablename__ = "shown_words"

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    about: Mapped[str] = mapped_column(String(40), primary_key=True)
