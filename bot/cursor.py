"""Where each member's conversation stands, kept between messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.flows.turn import State
from knowledge.models import Base, UtcDateTime

CURSOR_LASTS = timedelta(hours=1)
"""After that a half-finished exchange is dropped, and words start something new."""


class Cursor(Base):
    """Where a member's conversation stands: at most one for a member."""

    __tablename__ = "cursor"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    flow: Mapped[str] = mapped_column(String(40))
    step: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, str]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


def read(session: Session, member_id: int, *, now: datetime) -> State | None:
    cursor = session.get(Cursor, member_id)
    if cursor is None or cursor.expires_at <= now:
        return None
    return State(cursor.flow, cursor.step, dict(cursor.data))


def store(session: Session, member_id: int, state: State | None, *, now: datetime) -> None:
    cursor = session.get(Cursor, member_id)
    if state is None:
        if cursor is not None:
            session.delete(cursor)
        return
    session.merge(
        Cursor(
            member_id=member_id,
            flow=state.flow,
            step=state.step,
            data=state.data,
            expires_at=now + CURSOR_LASTS,
        )
    )
