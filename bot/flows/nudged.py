"""What a flow may look up of nudges: those that came to the member, and what they chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import habits
from bot.habits import Habits
from bot.nudges.kinds import Kind
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.stopped import stopped_kinds
from bot.questions import Question


@dataclass(frozen=True)
class Came:
    """A message with nudges that came to the member: the kinds in it, what matters most first."""

    kinds: tuple[Kind, ...]


class Nudged:
    """Bound to one transaction and one member."""

    def __init__(self, session: Session, member_id: int) -> None:
        self._session = session
        self._member_id = member_id

    def habits(self) -> Habits:
        return habits.of(self._session, (self._member_id,))[self._member_id]

    def stopped(self) -> frozenset[Kind]:
        """The kinds that the member wants no more of."""
        found = stopped_kinds(self._session, (self._member_id,))
        return found.get(self._member_id, frozenset())

    def with_nudge(self, nudge_id: int) -> Came | None:
        """The message that carried one of the member's nudges."""
        row = self._session.scalar(
            select(NudgeRow).where(NudgeRow.id == nudge_id, NudgeRow.member_id == self._member_id)
        )
        return self._beside(row) if row is not None else None

    def latest(self) -> Came | None:
        """The latest message with nudges, unless the member has asked something since."""
        row = self._session.scalar(
            select(NudgeRow)
            .where(NudgeRow.member_id == self._member_id, NudgeRow.fate == Fate.SENT)
            .order_by(NudgeRow.decided_at.desc(), NudgeRow.id.desc())
            .limit(1)
        )
        asked = self._session.scalar(
            select(func.max(Question.asked_at)).where(Question.member_id == self._member_id)
        )
        if row is None or (asked is not None and asked > row.decided_at):
            return None
        return self._beside(row)

    def _beside(self, row: NudgeRow) -> Came:
        rows: Sequence[NudgeRow] = (row,)
        if row.delivery_id is not None:
            rows = self._session.scalars(
                select(NudgeRow)
                .where(NudgeRow.delivery_id == row.delivery_id)
                .order_by(NudgeRow.id)
            ).all()
        known = {kind.value: kind for kind in Kind}
        return Came(tuple(dict.fromkeys(known[one.kind] for one in rows if one.kind in known)))
