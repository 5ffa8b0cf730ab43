"""Commitments: what a member will try, when they will be asked, and how it went."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, select, union
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.challenges.models import ChallengeTheme, Reply
from bot.learning_sets import trials
from bot.messages import clean
from knowledge import evidence
from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import ENTRY_ID_LENGTH, Base, UtcDateTime, entry_theme
from knowledge.text import normalise

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


OPEN = Commitment.outcome.is_(None) | (Commitment.outcome == Outcome.NOT_YET)


@dataclass(frozen=True)
class FromReply:
    """What a peer wrote is tried."""

    reply_id: int


@dataclass(frozen=True)
class FromEntry:
    """A solution of the knowledge base is tried: its number on the card, from 1."""

    entry_id: str
    solution: int


def commit(
    session: Session,
    member_id: int,
    what: str,
    *,
    source: FromReply | FromEntry | None = None,
    check_back_on: date,
    now: datetime,
) -> Commitment:
    """A member will try something; the same source again moves the date. Raises CommitmentUnfit."""
    what = _fitted(what, LONGEST_WHAT, needed=True)
    made = _open_one(session, member_id, source)
    if made is None:
        made = Commitment(member_id=member_id, made_at=now, what=what, learning="")
        made.sharing = Sharing.PRIVATE
        session.add(made)
    made.what, made.check_back_on = what, check_back_on
    match source:
        case FromReply(reply_id):
            made.reply_id = reply_id
            made.challenge_id = session.scalars(
                select(Reply.challenge_id).where(Reply.id == reply_id)
            ).one()
        case FromEntry(entry_id, solution):
            made.entry_id, made.solution = entry_id, solution
    session.flush()
    return made


def tell(
    session: Session,
    member_id: int,
    commitment_id: int,
    outcome: Outcome,
    *,
    learning: str = "",
    sharing: Sharing = Sharing.PRIVATE,
    check_back_on: date | None = None,
    now: datetime,
) -> Commitment:
    """How it went; the latest word counts, also on the card of what was tried.

    Raises NoSuchCommitment, CommitmentUnfit.
    """
    commitment = _own(session, member_id, commitment_id)
    commitment.learning = _fitted(learning, LONGEST_LEARNING, needed=False)
    commitment.outcome, commitment.sharing, commitment.told_at = outcome, sharing, now
    if check_back_on is not None:
        commitment.check_back_on = check_back_on
    session.flush()
    solution_id = trials.solution_tried(
        session,
        reply_id=commitment.reply_id,
        entry_id=commitment.entry_id,
        number=commitment.solution,
    )
    if solution_id is not None:
        trials.count(session, solution_id, _report(commitment, outcome, now))
    return commitment


def count_told(session: Session, solution_of: Mapping[int, int]) -> None:
    """Counts what members reported of these replies before they became those solutions."""
    rows = session.scalars(
        select(Commitment)
        .where(Commitment.reply_id.in_(solution_of), Commitment.outcome.is_not(None))
        .order_by(Commitment.told_at, Commitment.id)
    )
    for one in rows.all():
        if one.reply_id is not None and one.outcome is not None and one.told_at is not None:
            report = _report(one, one.outcome, one.told_at)
            trials.count(session, solution_of[one.reply_id], report)


def _report(commitment: Commitment, outcome: Outcome, told_at: datetime) -> trials.Report:
    shared = commitment.learning if commitment.sharing is Sharing.NETWORK else ""
    return trials.Report(commitment.member_id, evidence.Outcome(outcome.value), shared, told_at)


def postpone(session: Session, member_id: int, commitment_id: int, day: date) -> None:
    """The member is asked on another day. Raises NoSuchCommitment."""
    _own(session, member_id, commitment_id).check_back_on = day
    session.flush()


def let_go(session: Session, member_id: int, commitment_id: int) -> None:
    """The member will not try it after all. What has an outcome stays: it was tried.

    Raises NoSuchCommitment.
    """
    commitment = _own(session, member_id, commitment_id)
    if commitment.open:
        session.delete(commitment)
        session.flush()


def own(session: Session, member_id: int, commitment_id: int) -> Commitment | None:
    return session.scalar(
        select(Commitment).where(Commitment.id == commitment_id, Commitment.member_id == member_id)
    )


def of(session: Session, member_id: int) -> tuple[Commitment, ...]:
    """A member's commitments, soonest to be asked about first."""
    return tuple(
        session.scalars(
            select(Commitment)
            .where(Commitment.member_id == member_id)
            .order_by(Commitment.check_back_on, Commitment.id)
        )
    )


def due(session: Session, day: date) -> tuple[Commitment, ...]:
    """Those to be asked about by then, whose outcome is not known yet."""
    return tuple(
        session.scalars(
            select(Commitment)
            .where(Commitment.check_back_on <= day, OPEN)
            .order_by(Commitment.check_back_on, Commitment.id)
        )
    )


def progressed(session: Session, themes: Collection[str]) -> frozenset[int]:
    """Who reported that something worked, fully or partly, in any of these themes."""
    did = Commitment.outcome.in_((Outcome.WORKED, Outcome.PARTLY))
    tried_replies = (
        select(Commitment.member_id)
        .join(ChallengeTheme, ChallengeTheme.challenge_id == Commitment.challenge_id)
        .where(did, ChallengeTheme.theme_id.in_(themes))
    )
    tried_solutions = (
        select(Commitment.member_id)
        .join(entry_theme, entry_theme.c.entry_id == Commitment.entry_id)
        .where(did, entry_theme.c.theme_id.in_(themes))
    )
    return frozenset(session.scalars(union(tried_replies, tried_solutions)))


def _own(session: Session, member_id: int, commitment_id: int) -> Commitment:
    """Locked."""
    commitment = session.scalar(
        select(Commitment)
        .where(Commitment.id == commitment_id, Commitment.member_id == member_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if commitment is None:
        raise NoSuchCommitment
    return commitment


def _open_one(
    session: Session, member_id: int, source: FromReply | FromEntry | None
) -> Commitment | None:
    """The member's commitment to the same thing, as long as nobody knows how it went."""
    mine = select(Commitment).where(Commitment.member_id == member_id, OPEN)
    match source:
        case FromReply(reply_id):
            mine = mine.where(Commitment.reply_id == reply_id)
        case FromEntry(entry_id, solution):
            mine = mine.where(Commitment.entry_id == entry_id, Commitment.solution == solution)
        case None:
            return None
    return session.scalar(mine.limit(1))


def _fitted(text: str, limit: int, *, needed: bool) -> str:
    text = " ".join(clean(text).split())
    if len(text) > limit or (needed and not normalise(text)):
        raise CommitmentUnfit
    return text
