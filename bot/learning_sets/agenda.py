"""The agenda of a session: the challenges that members volunteered, and which were picked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.models import Base, UtcDateTime


class PresentingIssue(Base):
    """A member brings their own challenge to a session. Picked by the facilitator, or not yet."""

    __tablename__ = "presenting_issue"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("set_session.id", ondelete="CASCADE"), primary_key=True
    )
    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    volunteered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    picked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
