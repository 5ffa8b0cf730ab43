"""What was asked, what was answered, what was missed and what helped.

A question nobody could answer stays here for the moderators. No other member sees a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import wording
from bot.messages import Channel
from knowledge import phrases
from knowledge.database import one_of
from knowledge.models import ENTRY_ID_LENGTH, Base, UtcDateTime
from knowledge.search import Decision, Finding


class Verdict(StrEnum):
    HELPED = "helped"
    NOT_MINE = "not mine"


class Question(Base):
    """`ref` is random and travels in buttons; `matches` are entry ids, best first.

    `wording` is one key for all spellings of the same words, `why` a sentence for each match, and
    `settled_at` when a moderator dealt with a question that nobody could answer.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    text: Mapped[str] = mapped_column(Text)
    understood: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    decision: Mapped[Decision] = mapped_column(one_of(Decision, "decision"), index=True)
    matches: Mapped[list[str]] = mapped_column(JSON)
    wording: Mapped[str] = mapped_column(String(64), index=True)
    why: Mapped[dict[str, str]] = mapped_column(JSON)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wants_peers: Mapped[bool] = mapped_column(default=False)


class Rating(Base):
    """What the asker said of one entry as an answer to one question. The latest word counts."""

    __tablename__ = "rating"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), primary_key=True
    )
    entry_id: Mapped[str] = mapped_column(
        String(ENTRY_ID_LENGTH),
        ForeignKey("entry.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict, "verdict"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class QuestionView:
    """A member's own question; `refused` are the entries that the member turned down."""

    ref: str
    text: str
    decision: Decision
    matches: tuple[str, ...]
    refused: frozenset[str]
    why: dict[str, str]


def record(
    session: Session,
    member_id: int,
    finding: Finding,
    *,
    ref: str,
    channel: Channel,
    now: datetime,
) -> None:
    session.add(
        Question(
            ref=ref,
            member_id=member_id,
            channel=channel,
            asked_at=now,
            text=finding.text,
            understood=finding.understood,
            language=finding.language,
            decision=finding.decision,
            matches=[match.entry_id for match in finding.matches],
            wording=phrases.key(finding.text),
            why={match.entry_id: wording.why(match.why) for match in finding.matches},
        )
    )


def own(session: Session, member_id: int, ref: str) -> QuestionView | None:
    """The member's question with that ref; nobody else's."""
    question = _own(session, member_id, ref)
    if question is None:
        return None
    refused = session.scalars(
        select(Rating.entry_id).where(
            Rating.question_id == question.id, Rating.verdict == Verdict.NOT_MINE
        )
    )
    return QuestionView(
        question.ref,
        question.text,
        question.decision,
        tuple(question.matches),
        frozenset(refused),
        dict(question.why),
    )


def latest(session: Session, member_id: int) -> QuestionView | None:
    """What this member asked last."""
    ref = session.scalar(
        select(Question.ref)
        .where(Question.member_id == member_id)
        .order_by(Question.id.desc())
        .limit(1)
    )
    return own(session, member_id, ref) if ref is not None else None


def rate(
    session: Session, member_id: int, ref: str, entry_id: str, verdict: Verdict, *, now: datetime
) -> None:
    """Keeps the latest word on an entry. Nothing for a question that is not this member's."""
    question = _own(session, member_id, ref)
    if question is None:
        return
    session.merge(Rating(question_id=question.id, entry_id=entry_id, verdict=verdict, given_at=now))


def ask_peers(session: Session, member_id: int, ref: str) -> None:
    """Marks that the asker would put this question to peers."""
    question = _own(session, member_id, ref)
    if question is not None:
        question.wants_peers = True


def _own(session: Session, member_id: int, ref: str) -> Question | None:
    return session.scalar(
        select(Question).where(Question.ref == ref, Question.member_id == member_id)
    )
