"""The kinds of nudge that a member wants no more of."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.nudges.kinds import Kind
from knowledge.database import insert_new
from knowledge.models import Base


class StoppedKind(Base):
    """A member wants no more nudges of a kind."""

    __tablename__ = "stopped_kind"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)


def stop_kinds(session: Session, member_id: int, kinds: Collection[Kind]) -> None:
    """No more of these, whatever else was stopped before."""
    rows = [{"member_id": member_id, "kind": kind.value} for kind in kinds]
    insert_new(session, StoppedKind, rows, StoppedKind.kind)


def choose_stopped(session: Session, member_id: int, kinds: Collection[Kind]) -> None:
    """From now on exactly these are stopped."""
    session.execute(delete(StoppedKind).where(StoppedKind.member_id == member_id))
    stop_kinds(session, member_id, kinds)


def stopped_kinds(session: Session, member_ids: Collection[int]) -> Mapping[int, frozenset[Kind]]:
    """By member; whoever stopped none is not among them."""
    found: dict[int, frozenset[Kind]] = {}
    for row in session.scalars(select(StoppedKind).where(StoppedKind.member_id.in_(member_ids))):
        if row.kind in _KNOWN:  # a kind that an older version had
            found[row.member_id] = found.get(row.member_id, frozenset()) | {Kind(row.kind)}
    return found


_KNOWN = frozenset(kind.value for kind in Kind)
