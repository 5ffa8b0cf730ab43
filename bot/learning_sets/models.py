"""The tables of sets, and what fits into them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.learning_sets.size import SetError
from bot.messages import clean
from knowledge.database import NEVER_TWICE
from knowledge.models import Base, UtcDateTime

LONGEST_NAME = 120
LONGEST_PURPOSE = 500
LONGEST_NOTE = 200


class NoSuchSet(SetError):
    """There is no set of that name."""


class SetNameTaken(SetError):
    """There is a set of that name already."""


class BadSetName(SetError):
    """A set's name has between 1 and 120 characters."""


class PurposeTooLong(SetError):
    """A set's purpose has at most 500 characters."""


class NoteTooLong(SetError):
    """A note on a set's size has at most 200 characters."""


class LearningSet(Base):
    """A set; its name is told to its members and to those who look after the network.

    `size_note` says why it may have fewer than 6 or more than 12 members. `edition` counts changes,
    so that of two people who edit at once the second is told.
    """

    __tablename__ = "learning_set"
    __table_args__ = NEVER_TWICE

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    purpose: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    size_note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SetMember(Base):
    __tablename__ = "set_member"

    set_id: Mapped[int] = mapped_column(
        ForeignKey("learning_set.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SetFacilitator(Base):
    """Who facilitates a set: they need not be one of its members."""

    __tablename__ = "set_facilitator"

    set_id: Mapped[int] = mapped_column(
        ForeignKey("learning_set.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )


def name_checked(name: str) -> str:
    """Raises BadSetName."""
    name = " ".join(clean(name).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadSetName
    return name


def purpose_checked(purpose: str) -> str:
    """Raises PurposeTooLong."""
    purpose = clean(purpose).strip()
    if len(purpose) > LONGEST_PURPOSE:
        raise PurposeTooLong
    return purpose


def note_checked(note: str) -> str:
    """Raises NoteTooLong."""
    note = " ".join(clean(note).split())
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong
    return note
