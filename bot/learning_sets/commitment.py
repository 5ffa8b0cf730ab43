"""A commitment as it is kept: a practical step, how it went, and who may read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import ENTRY_ID_LENGTH, Base, UtcDateTime

LONGEST_WHAT = 300
LONGEST_LEARNING = 300


class Outcome(StrEnum):
    WORKED = "worked"
    PARTLY = "partly"
    DID_NOT = "did not"
    NOT_YET = "not yet"


class Sharing(StrEnum):
    """Who may read what a member learnt."""

    PRIVATE = "private"
    SET = "set"
    NETWORK = "network"


class CommitmentError(Exception):
    """What was asked of a commitment cannot be done.

    CommitmentError
      NoSuchCommitment
      CommitmentUnfit
    """


class NoSuchCommitment(CommitmentError):
    """The member has no such commitment."""


class CommitmentUnfit(CommitmentError):
    """A commitment says what will be tried, and its texts have at most 300 characters."""


class Commitment(Base):
    """A practical step that a member will try. `solution` is its number on the entry's card."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("(entry_id IS NULL) = (solution IS NULL)", name="whole_source"),
        NEVER_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(Text)
    reply_id: Mapped[int | None] = mapped_column(
        ForeignKey("reply.id", ondelete="SET NULL"), index=True
    )
    challenge_id: Mapped[int | None] = mapped_column(
        ForeignKey("challenge.id", ondelete="SET NULL"), index=True
    )
    entry_id: Mapped[str | None] = mapped_column(
        String(ENTRY_ID_LENGTH), ForeignKey("entry.id", ondelete="CASCADE"), index=True
    )
    solution: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    check_back_on: Mapped[date] = mapped_column(Date, index=True)
    outcome: Mapped[Outcome | None] = mapped_column(one_of(Outcome, "outcome"))
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    learning: Mapped[str] = mapped_column(Text, default="")
    sharing: Mapped[Sharing] = mapped_column(one_of(Sharing, "sharing"), default=Sharing.PRIVATE)

    @property
    def open(self) -> bool:
        """Whether nobody knows yet how it went."""
        return self.outcome in (None, Outcome.NOT_YET)

    @property
    def about(self) -> str:
        """What its words are called in `shown`."""
        return f"commitment:{self.id}"


class CommitmentSet(Base):
    """Which set may read a commitment that its member shares with their set."""

    __tablename__ = "commitment_set"

    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), primary_key=True
    )
    set_id: Mapped[int] = mapped_column(
        ForeignKey("learning_set.id", ondelete="CASCADE"), index=True
    )


OPEN = Commitment.outcome.is_(None) | (Commitment.outcome == Outcome.NOT_YET)


@dataclass(frozen=True)
class Readers:
    """Who may read a member's words, and of which set where it is a set."""

    sharing: Sharing = Sharing.PRIVATE
    set_id: int | None = None


@dataclass(frozen=True)
class FromReply:
    """What a peer wrote is tried."""

    reply_id: int


@dataclass(frozen=True)
class FromEntry:
    """A solution of the knowledge base is tried: its number on the card, from 1."""

    entry_id: str
    solution: int
