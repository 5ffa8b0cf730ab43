"""Whose words an entry carries, so that they leave a draft when they are taken back.

What is public by then is the network's; a draft goes whole, with its history, and is made anew of
what is left (`bot.harvest`).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.messages import Whose
from knowledge.curation import drafts
from knowledge.curation.drafts import Draft
from knowledge.database import insert_new
from knowledge.models import ENTRY_ID_LENGTH, Base

THE_PROBLEM = 0
"""What is carried: the challenge's own words, or the reply of that id."""


class EntryWords(Base):
    """A participant's words in an entry. `said` is a reply's id, which became that solution."""

    __tablename__ = "entry_words"

    entry_id: Mapped[str] = mapped_column(
        String(ENTRY_ID_LENGTH), ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    said: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    solution_id: Mapped[int | None] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), index=True
    )


def problem(session: Session, entry_id: str, participant_id: int) -> None:
    """The entry's problem is this participant's."""
    _keep(session, entry_id, participant_id, THE_PROBLEM, None)


def solution(
    session: Session, entry_id: str, participant_id: int, reply_id: int, solution_id: int
) -> None:
    """This solution is what a participant replied."""
    _keep(session, entry_id, participant_id, reply_id, solution_id)


def _keep(
    session: Session, entry_id: str, participant_id: int, said: int, solution_id: int | None
) -> None:
    row = {
        "entry_id": entry_id,
        "participant_id": participant_id,
        "said": said,
        "solution_id": solution_id,
    }
    insert_new(session, EntryWords, [row], EntryWords.said)


def take_out(session: Session, which: ColumnElement[bool]) -> None:
    """These words leave every draft that was never published."""
    origins = session.scalars(
        select(Draft.origin)
        .join(EntryWords, EntryWords.entry_id == Draft.entry_id)
        .where(which, Draft.published_at.is_(None))
        .distinct()
        .order_by(Draft.origin)
    ).all()
    for origin in origins:
        drafts.withdraw_draft(session, origin)


def solution_of(session: Session, reply_id: int) -> int | None:
    """The solution that a reply became, in a draft or in an entry."""
    return session.scalar(
        select(EntryWords.solution_id)
        .where(EntryWords.said == reply_id, EntryWords.solution_id.is_not(None))
        .limit(1)
    )


def whose(session: Session, entry_id: str) -> tuple[Whose, ...]:
    """Whose words an entry carries."""
    rows = session.execute(
        select(EntryWords.participant_id, EntryWords.said)
        .where(EntryWords.entry_id == entry_id)
        .order_by(EntryWords.participant_id, EntryWords.said)
    )
    return tuple(Whose(participant_id, said) for participant_id, said in rows)


def replies_in(session: Session, entry_id: str) -> Mapping[int, int]:
    """The replies that an entry carries, each with the solution that it became."""
    rows = session.execute(
        select(EntryWords.said, EntryWords.solution_id).where(
            EntryWords.entry_id == entry_id, EntryWords.solution_id.is_not(None)
        )
    )
    return {said: one for said, one in rows if one is not None}
