"""Whose words a message carries, so that they can be taken back wherever they were shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import delivery, entry_words
from bot.attribution import THE_CHALLENGE, Participant
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.entry_words import EntryWords
from bot.messages import Text, Whose
from bot.wording import challenges as wording
from knowledge.database import insert_new
from knowledge.models import Base


class Quote(Base):
    """Whose words a delivery carries, so that they can be taken back. `said` is a reply's id."""

    __tablename__ = "quote"

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    said: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


def quote(
    session: Session, deliveries: Collection[int], participant_id: int, said: int = THE_CHALLENGE
) -> None:
    """These messages carry that participant's words."""
    carried(session, ((one, Whose(participant_id, said)) for one in deliveries))


def carried(session: Session, pairs: Iterable[tuple[int, Whose]]) -> None:
    """Each of these messages carries those words."""
    found = {(one, whose.participant_id, whose.said) for one, whose in pairs}
    rows = [
        {"delivery_id": one, "participant_id": participant_id, "said": said}
        for one, participant_id, said in sorted(found)
    ]
    insert_new(session, Quote, rows, Quote.delivery_id)


def take_back(session: Session, participant_id: int, said: int | None = None) -> None:
    """These words, or all of this participant, leave no more and are shown no more.

    They leave the drafts of entries as well.
    """
    quoted, drawn = (
        Quote.participant_id == participant_id,
        EntryWords.participant_id == participant_id,
    )
    if said is not None:
        quoted, drawn = quoted & (Quote.said == said), drawn & (EntryWords.said == said)
    _take_back(session, quoted)
    entry_words.take_out(session, drawn)


def take_all_back(session: Session, member_id: int) -> None:
    """A member goes, and their words with them."""
    theirs = select(Participant.id).where(Participant.member_id == member_id)
    _take_back(session, Quote.participant_id.in_(theirs))
    entry_words.take_out(session, EntryWords.participant_id.in_(theirs))


def withhold(session: Session, thread_id: int, member_id: int) -> None:
    """What was meant for a member and has not left, does not leave.

    Answers to what they asked themselves do: they asked.
    """
    inside = select(Participant.id).where(Participant.thread_id == thread_id)
    waiting = select(DeliveryRow.id).where(
        DeliveryRow.member_id == member_id,
        DeliveryRow.status == DeliveryStatus.WAITING,
        DeliveryRow.inbox_id.is_(None),
    )
    _take_back(session, Quote.participant_id.in_(inside) & Quote.delivery_id.in_(waiting))


def _take_back(session: Session, which: ColumnElement[bool]) -> None:
    deliveries = session.scalars(select(Quote.delivery_id).where(which).distinct()).all()
    delivery.take_back(session, deliveries, Text(wording.WORDS_GONE), reason="taken back")
