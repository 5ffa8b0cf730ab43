"""Commitments: what a member will try, when they will be asked, and how it went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.challenges.models import Reply
from bot.learning_sets import shown, trials
from bot.learning_sets.commitment import (
    LONGEST_LEARNING,
    LONGEST_WHAT,
    OPEN,
    Commitment,
    CommitmentError,
    CommitmentSet,
    CommitmentUnfit,
    FromEntry,
    FromReply,
    NoSuchCommitment,
    Outcome,
    Readers,
    Sharing,
)
from bot.messages import clean
from knowledge import evidence
from knowledge.text import normalise

__all__ = [
    "LONGEST_LEARNING",
    "LONGEST_WHAT",
    "OPEN",
    "Commitment",
    "CommitmentError",
    "CommitmentUnfit",
    "FromEntry",
    "FromReply",
    "NoSuchCommitment",
    "Outcome",
    "Readers",
    "Sharing",
]


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
    made = _open_one(session, member_id, what, source)
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
    what: str = "",
    learning: str = "",
    sharing: Sharing = Sharing.PRIVATE,
    set_id: int | None = None,
    check_back_on: date | None = None,
    now: datetime,
) -> Commitment:
    """How it went; the latest word counts, also on the card of what was tried.

    `set_id` says which set may read it, where it is shared with one; `what` puts other words to
    what was tried. Raises NoSuchCommitment, CommitmentUnfit.
    """
    commitment = _own(session, member_id, commitment_id)
    _let_read(session, commitment, Readers(sharing, set_id), what or commitment.what, learning)
    commitment.outcome, commitment.told_at = outcome, now
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


def let_read(
    session: Session,
    member_id: int,
    commitment_id: int,
    readers: Readers,
    *,
    what: str,
    learning: str,
    now: datetime,
) -> None:
    """From now on these may read it, in these words. What others were shown before is taken back.

    Raises NoSuchCommitment, CommitmentUnfit.
    """
    commitment = _own(session, member_id, commitment_id)
    _let_read(session, commitment, readers, what, learning)
    session.flush()
    if commitment.outcome is not None:
        tell(
            session,
            member_id,
            commitment_id,
            commitment.outcome,
            learning=learning,
            sharing=readers.sharing,
            set_id=readers.set_id,
            now=now,
        )


def _let_read(
    session: Session, commitment: Commitment, readers: Readers, what: str, learning: str
) -> None:
    what = _fitted(what, LONGEST_WHAT, needed=True)
    learning = _fitted(learning, LONGEST_LEARNING, needed=False)
    before = (commitment.what, commitment.learning, readers_of(session, commitment))
    if before != (what, learning, readers):
        shown.take_back(session, commitment.member_id, commitment.about)
    commitment.what, commitment.learning, commitment.sharing = what, learning, readers.sharing
    session.execute(delete(CommitmentSet).where(CommitmentSet.commitment_id == commitment.id))
    if readers.sharing is Sharing.SET and readers.set_id is not None:
        session.execute(
            insert(CommitmentSet).values(commitment_id=commitment.id, set_id=readers.set_id)
        )


def readers_of(session: Session, commitment: Commitment) -> Readers:
    """Who may read it now."""
    set_id = session.scalar(
        select(CommitmentSet.set_id).where(CommitmentSet.commitment_id == commitment.id)
    )
    return Readers(commitment.sharing, set_id)


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
        shown.take_back(session, member_id, commitment.about)
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
    session: Session, member_id: int, what: str, source: FromReply | FromEntry | None
) -> Commitment | None:
    """The member's commitment to the same thing, as long as nobody knows how it went.

    Without a source it is the same thing in the same words, as of a message that was sent twice.
    """
    mine = select(Commitment).where(Commitment.member_id == member_id, OPEN)
    match source:
        case FromReply(reply_id):
            mine = mine.where(Commitment.reply_id == reply_id)
        case FromEntry(entry_id, solution):
            mine = mine.where(Commitment.entry_id == entry_id, Commitment.solution == solution)
        case None:
            mine = mine.where(Commitment.what == what, Commitment.reply_id.is_(None))
            mine = mine.where(Commitment.entry_id.is_(None))
    return session.scalar(mine.limit(1))


def _fitted(text: str, limit: int, *, needed: bool) -> str:
    text = " ".join(clean(text).split())
    if len(text) > limit or (needed and not normalise(text)):
        raise CommitmentUnfit
    return text
