"""What the network learns from use: wordings that helped, wordings that did not, and the gaps.

"This helped" proposes the question as another wording of the entry; a moderator confirms it, or,
where the setting allows, a third member does. "Not my question" counts against that wording alone.
A moderator who links a missed question to an entry teaches it at once.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.questions import Question, Rating, Verdict
from knowledge import phrases, redirects
from knowledge.errors import EntryUnfit, EntryUnknown, ProposalUnknown
from knowledge.phrases import Proposal
from knowledge.search import Decision

MEMBERS_TO_LEARN = 3
"""Different members whose word is as good as a moderator's, where LEARN_FROM_MEMBERS is on."""


@dataclass(frozen=True)
class Gap:
    """A question that nobody could answer, in the words of the last who asked it.

    `members` counts who asked, `matches` are the entry ids that came nearest.
    """

    ref: str
    text: str
    members: int
    asked_at: datetime
    matches: tuple[str, ...]


def rated(session: Session, ref: str, entry_id: str, *, now: datetime, from_members: bool) -> None:
    """Learns from the rating that was just given to an entry as the answer to a question."""
    question = session.scalar(select(Question).where(Question.ref == ref))
    rating = session.get(Rating, (question.id, entry_id)) if question is not None else None
    if question is None or rating is None:
        return
    # A long story, or an entry that was retired meanwhile, teaches nothing.
    with suppress(EntryUnfit, EntryUnknown):
        if rating.verdict is Verdict.NOT_MINE:
            phrases.lower(session, entry_id, question.text)
        else:
            _propose(session, question, entry_id, now=now, from_members=from_members)


def _propose(
    session: Session, question: Question, entry_id: str, *, now: datetime, from_members: bool
) -> None:
    members = supporters(session, question.wording, entry_id)
    proposal = phrases.propose(session, entry_id, question.text, now=now, supporters=members)
    if proposal is not None and from_members and members >= MEMBERS_TO_LEARN:
        phrases.accept(session, proposal, now=now)


def supporters(session: Session, wording: str, entry_id: str) -> int:
    """How many different members said that the entry helped with this wording.

    Whoever said it of an entry that has been merged into this one said it of this one.
    """
    current = redirects.current_id(session, entry_id)
    return session.scalars(
        select(func.count(Question.member_id.distinct()))
        .join(Rating, Rating.question_id == Question.id)
        .where(
            Question.wording == wording,
            Rating.entry_id.in_(redirects.ids_leading_to(session, current)),
            Rating.verdict == Verdict.HELPED,
        )
    ).one()


def waiting(session: Session) -> tuple[Proposal, ...]:
    """Wordings for a moderator to confirm, those with most behind them first."""
    return phrases.waiting(session)


def confirm(session: Session, proposal_id: int, *, same: bool, now: datetime) -> None:
    """A moderator's word on a wording. Nothing where somebody else was quicker."""
    with suppress(ProposalUnknown, EntryUnknown):
        if same:
            phrases.accept(session, proposal_id, now=now)
        else:
            phrases.reject(session, proposal_id, now=now)


def gaps(session: Session, *, limit: int = 50) -> tuple[Gap, ...]:
    """Questions that nobody could answer and no moderator has dealt with, most asked first."""
    asked = (
        select(
            func.max(Question.id).label("latest"),
            func.count(Question.member_id.distinct()).label("members"),
        )
        .where(Question.decision == Decision.MISS, Question.settled_at.is_(None))
        .group_by(Question.wording)
        .subquery()
    )
    rows = session.execute(
        select(Question, asked.c.members)
        .join(asked, asked.c.latest == Question.id)
        .order_by(asked.c.members.desc(), Question.id.desc())
        .limit(limit)
    )
    return tuple(
        Gap(question.ref, question.text, members, question.asked_at, tuple(question.matches))
        for question, members in rows
    )


def link(session: Session, ref: str, entry_id: str, *, now: datetime) -> None:
    """The entry answers that question: learnt at once, and the gap is closed."""
    question = session.scalar(select(Question).where(Question.ref == ref))
    if question is None:
        return
    with suppress(EntryUnfit, EntryUnknown):
        phrases.teach(session, entry_id, question.text, now=now)
    _settle(session, question, now=now)


def dismiss(session: Session, ref: str, *, now: datetime) -> None:
    """That question needs no answer here."""
    question = session.scalar(select(Question).where(Question.ref == ref))
    if question is not None:
        _settle(session, question, now=now)


def withdraw(session: Session, member_id: int) -> None:
    """Takes a member's voice back from all wordings that still wait; called before they go."""
    rows = session.execute(
        select(Question.wording, Question.text, Rating.entry_id)
        .join(Rating, Rating.question_id == Question.id)
        .where(Question.member_id == member_id, Rating.verdict == Verdict.HELPED)
    ).all()
    for wording, text, entry_id in {(row[0], row[2]): row for row in rows}.values():
        left = supporters(session, wording, entry_id) - 1
        phrases.support(session, entry_id, text, left)


def _settle(session: Session, question: Question, *, now: datetime) -> None:
    session.execute(
        update(Question)
        .where(Question.wording == question.wording, Question.settled_at.is_(None))
        .values(settled_at=now)
    )
