"""Whose words a message shows, so that they can be taken out of it again.

`about` names the words: `commitment:4`, `reflection:7`, or NAME for a member's name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import delivery
from bot.messages import Text
from bot.wording import reflecting as wording
from knowledge.curation import drafts
from knowledge.curation.drafts import Draft
from knowledge.database import insert_new
from knowledge.models import Base

NAME = "name"
"""Not words of theirs, but their name: it goes when they do."""


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


@dataclass(frozen=True, order=True)
class Whose:
    """Words in a message, and the member they belong to. It is never part of what is sent."""

    member_id: int
    about: str


def note(session: Session, deliveries: Collection[int], member_id: int, about: str) -> None:
    """These messages show that member's words."""
    note_all(session, deliveries, (Whose(member_id, about),))


def note_all(session: Session, deliveries: Collection[int], shown: Collection[Whose]) -> None:
    """These messages show all of these words. In one order, so that no two wait for each other."""
    rows = [
        {"delivery_id": delivery_id, "member_id": one.member_id, "about": one.about}
        for one in sorted(set(shown))
        for delivery_id in sorted(deliveries)
    ]
    insert_new(session, ShownWords, rows, ShownWords.delivery_id)


def origin(about: str) -> str:
    """Where the draft of an entry came from that was made of such words."""
    return f"learnt:{about}"


def take_back(session: Session, member_id: int, about: str | None = None) -> None:
    """These words, or all of this member, leave no more and are shown no more.

    What was made of these words and waits for a moderator goes, too; whoever takes back all of a
    member names what they wrote to `undrafted`.
    """
    if about is not None:
        undrafted(session, (about,))
    which = ShownWords.member_id == member_id
    if about is not None:
        which &= ShownWords.about == about
    found = select(ShownWords.delivery_id).where(which).distinct()
    deliveries = session.scalars(found.order_by(ShownWords.delivery_id)).all()
    delivery.take_back(session, deliveries, Text(wording.WORDS_GONE), reason="taken back")


def undrafted(session: Session, abouts: Collection[str]) -> None:
    """The drafts of entries that were made of these words go, unless they were published before."""
    origins = session.scalars(
        select(Draft.origin)
        .where(Draft.origin.in_([origin(about) for about in abouts]), Draft.published_at.is_(None))
        .order_by(Draft.origin)
    ).all()
    for one in origins:
        drafts.withdraw_draft(session, one)
