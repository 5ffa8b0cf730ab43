"""Which commitments were made after which session, and what a set may read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.learning_sets.commitment import OPEN, Commitment, CommitmentSet, Outcome, Sharing
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetMember
from bot.learning_sets.shown import Whose
from knowledge.models import Base


class Committed(Base):
    """A commitment that a member made after a session of their set."""

    __tablename__ = "committed"

    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), primary_key=True
    )
    session_id: Mapped[int] = mapped_column(
        ForeignKey("set_session.id", ondelete="CASCADE"), index=True
    )


@dataclass(frozen=True)
class SharedCommitment:
    """What one member of a set lets it read, nameless. `outcome` None: it is still being tried."""

    whose: Whose
    what: str
    outcome: Outcome | None
    learning: str
    to_network: bool
    told_at: datetime | None


def made_after(session: Session, commitment: Commitment, session_id: int) -> None:
    """The commitment was made after that session; the latest word counts."""
    session.merge(Committed(commitment_id=commitment.id, session_id=session_id))
    session.flush()


def sessions_of(session: Session, member_id: int) -> dict[int, SetSession]:
    """The sessions after which a member's commitments were made, by the commitments' ids."""
    rows = session.execute(
        select(Committed.commitment_id, SetSession)
        .join(SetSession, SetSession.id == Committed.session_id)
        .join(Commitment, Commitment.id == Committed.commitment_id)
        .where(Commitment.member_id == member_id)
    )
    return {row[0]: row[1] for row in rows}


def with_set(session: Session, set_id: int, *, since: datetime) -> tuple[SharedCommitment, ...]:
    """What a set's members let it read of what they try: what is open, and what was told since.

    That is what they shared with this set, and what they shared with the whole network of what they
    committed to after its sessions. The rows are locked for sharing: whoever takes words back waits
    until it is noted where they are shown.
    """
    to_network = Commitment.sharing == Sharing.NETWORK
    found = session.execute(
        select(Commitment, to_network)
        .join(SetMember, SetMember.member_id == Commitment.member_id)
        .outerjoin(CommitmentSet, CommitmentSet.commitment_id == Commitment.id)
        .outerjoin(Committed, Committed.commitment_id == Commitment.id)
        .outerjoin(SetSession, SetSession.id == Committed.session_id)
        .where(
            SetMember.set_id == set_id,
            ((Commitment.sharing == Sharing.SET) & (CommitmentSet.set_id == set_id))
            | (to_network & (SetSession.set_id == set_id)),
            OPEN | (Commitment.told_at >= since),
        )
        .order_by(Commitment.id)
        .with_for_update(read=True, of=Commitment)
        .execution_options(populate_existing=True)
    )
    return tuple(_shared(one, networks=bool(networks)) for one, networks in found)


def _shared(one: Commitment, *, networks: bool) -> SharedCommitment:
    outcome = None if one.open else one.outcome
    whose = Whose(one.member_id, one.about)
    return SharedCommitment(whose, one.what, outcome, one.learning, networks, one.told_at)
