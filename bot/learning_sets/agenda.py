"""The agenda of a session: the challenges that members volunteered, and which were picked.

Nobody is named: an agenda shows a challenge by its code and words, as its thread does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.challenges import gate
from bot.challenges.errors import ChallengeError
from bot.challenges.gate import Viewer
from bot.challenges.models import Challenge, ChallengeState, ChallengeWords
from bot.learning_sets import session_errors as errors
from bot.learning_sets import session_gate
from bot.learning_sets.sessions import SetSession
from knowledge.database import insert_new
from knowledge.models import Base, UtcDateTime


class PresentingIssue(Base):
    """A member brings their own challenge to a session. Picked by the facilitator, or not yet."""

    __tablename__ = "presenting_issue"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("set_session.id", ondelete="CASCADE"), primary_key=True
    )
    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    volunteered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    picked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Issue:
    """A challenge brought to a session; `member_id` for the question whose it is, never shown."""

    code: str
    problem: str
    picked: bool
    member_id: int


def issues(session: Session, session_ids: Collection[int]) -> Mapping[int, tuple[Issue, ...]]:
    """What is brought to each session, in the order of volunteering; nothing that was withdrawn."""
    found: dict[int, tuple[Issue, ...]] = {}
    rows = session.execute(
        select(PresentingIssue, Challenge.code, ChallengeWords.problem)
        .join(Challenge, Challenge.id == PresentingIssue.challenge_id)
        .join(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .where(
            PresentingIssue.session_id.in_(session_ids),
            Challenge.state != ChallengeState.WITHDRAWN,
        )
        .order_by(PresentingIssue.volunteered_at, PresentingIssue.challenge_id)
        .execution_options(populate_existing=True)
    )
    for row, code, problem in rows:
        one = Issue(code, problem, row.picked_at is not None, row.member_id)
        found[row.session_id] = (*found.get(row.session_id, ()), one)
    return found


def volunteer(
    session: Session, viewer: Viewer, code: str, challenge_code: str, *, now: datetime
) -> None:
    """A member brings an open challenge of their own, of this set or of the network.

    Raises NoSuchSession, IsCancelled, IsOver, NotYourChallenge.
    """
    one = _ahead(session, viewer, code, now)
    try:
        challenge = gate.own(session, viewer, challenge_code)
    except ChallengeError as error:
        raise errors.NotYourChallenge from error
    elsewhere = challenge.set_only and challenge.set_id != one.set_id
    if elsewhere or challenge.state is not ChallengeState.OPEN:
        raise errors.NotYourChallenge
    row = {
        "session_id": one.id,
        "challenge_id": challenge.id,
        "member_id": viewer.member_id,
        "volunteered_at": now,
    }
    insert_new(session, PresentingIssue, [row], PresentingIssue.challenge_id)


def take_off(
    session: Session, viewer: Viewer, code: str, challenge_code: str, *, now: datetime
) -> None:
    """The member brings it no more. Raises NoSuchSession, IsCancelled, IsOver."""
    one = _ahead(session, viewer, code, now)
    mine = select(Challenge.id).where(Challenge.code == challenge_code)
    session.execute(
        delete(PresentingIssue).where(
            PresentingIssue.session_id == one.id,
            PresentingIssue.member_id == viewer.member_id,
            PresentingIssue.challenge_id.in_(mine),
        )
    )


def pick(
    session: Session,
    by: int | None,
    code: str,
    picked: Collection[str],
    *,
    seen: Collection[str],
    now: datetime,
) -> tuple[Issue, ...]:
    """The facilitator picks these codes for the agenda, and no other; `seen` were picked before.

    Raises NoSuchSession, NotYourSet, ChangedMeanwhile.
    """
    one = session_gate.facilitated(session, by, code)
    brought = issues(session, (one.id,)).get(one.id, ())
    stands = {issue.code for issue in brought if issue.picked}
    wanted = {issue.code for issue in brought} & set(picked)
    if stands not in (set(seen), wanted):
        raise errors.ChangedMeanwhile(code=one.code, theirs=_said(stands), mine=_said(wanted))
    rows = update(PresentingIssue).where(PresentingIssue.session_id == one.id)
    chosen = select(Challenge.id).where(Challenge.code.in_(wanted))
    here = PresentingIssue.challenge_id.in_(chosen)
    session.execute(rows.where(~here).values(picked_at=None))
    session.execute(rows.where(here, PresentingIssue.picked_at.is_(None)).values(picked_at=now))
    return tuple(issue for issue in brought if issue.code in wanted)


def _said(codes: Collection[str]) -> str:
    return f"{', '.join(sorted(codes)) or 'nothing'} on the agenda."


def _ahead(session: Session, viewer: Viewer, code: str, now: datetime) -> SetSession:
    one = session_gate.seen(session, viewer.member_id, code)
    if not one.planned:
        raise errors.IsCancelled(code=one.code)
    if one.ends <= now:
        raise errors.IsOver(code=one.code)
    return one
