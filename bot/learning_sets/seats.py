"""Seats: what each member of a set said about coming to a session, and whether they were there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import one_of
from knowledge.models import Base, UtcDateTime


class Rsvp(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Seat(Base):
    """A member and a session they are invited to.

    `told` is the session's `sequence` that they were last told of; None where they were told
    nothing yet. `attended` None: attendance was not taken.
    """

    __tablename__ = "seat"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("set_session.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    rsvp: Mapped[Rsvp | None] = mapped_column(one_of(Rsvp, "rsvp"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attended: Mapped[bool | None]
    told: Mapped[int | None]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
