"""The way from a good reply back into the knowledge.

A solved challenge, or one with a reply that helped two, is brought in as a draft entry, once. What
was said inside a set comes in only when everybody whose words are used agrees; they are asked.
Whoever brings in, agrees or takes back locks the challenge first and the knowledge after it;
whoever settles a draft holds the knowledge alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import attribution, entry_words
from bot.challenges import agreements, gate, marks, published, telling
from bot.challenges.entry_notices import WouldShare
from bot.challenges.gate import Viewer
from bot.challenges.marks import Ripe
from bot.challenges.models import Challenge, ChallengeTheme, ChallengeWords, Reply
from bot.entry_words import EntryWords
from bot.learning_sets import commitments
from bot.wording import harvest as wording
from knowledge.curation import drafts
from knowledge.curation.content import contents
from knowledge.entries import NewEntry
from knowledge.models import ENTRY_ID_LENGTH, Base, UtcDateTime

BY = "bot"
"""Who proposes, in the history of an entry."""
LOOK_AGAIN = timedelta(days=1)
"""When to look again at what a set has not agreed to."""


class Harvest(Base):
    """What became of a challenge that was worth an entry.

    Without an `entry_id` it has no draft: not yet, or not any more. `look_at` is when to try next,
    `rejected_at` when a moderator turned it down for good.
    """

    __tablename__ = "harvest"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    entry_id: Mapped[str | None] = mapped_column(
        String(ENTRY_ID_LENGTH), ForeignKey("entry.id", ondelete="SET NULL"), index=True
    )
    look_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rejected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def due(session: Session, *, now: datetime) -> tuple[int, ...]:
    """The challenges to bring in now."""
    return tuple(one.challenge_id for one in marks.ripe(session, _not_in(now)))


def bring_in(session: Session, challenge_id: int, *, now: datetime) -> None:
    """Makes the draft of one challenge, or asks those who have to agree first.

    Nothing where another worker is at it, or there is nothing to do any more.
    """
    challenge = session.scalar(
        select(Challenge)
        .where(Challenge.id == challenge_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if challenge is None:
        return
    found = marks.ripe(session, _not_in(now), Challenge.id == challenge_id)
    if not found:
        return
    (ripe,) = found
    if agreements.all_agreed(session, ripe.challenge_id, ripe.reply_ids):
        entry_id = _propose(session, ripe, now=now)
        session.merge(Harvest(challenge_id=challenge_id, entry_id=entry_id, look_at=now))
    else:
        _ask(session, challenge, ripe, now=now)
        later = now + LOOK_AGAIN
        session.merge(Harvest(challenge_id=challenge_id, entry_id=None, look_at=later))
    session.flush()


def agree(session: Session, viewer: Viewer, code: str, *, agreed: bool, now: datetime) -> str:
    """A member lets their words leave their set without names, or no longer. The challenge's code.

    Raises NoSuchChallenge, IsWithdrawn, NotYours.
    """
    challenge = gate.joined(session, viewer, code)
    agreements.agree(session, viewer, code, agreed=agreed, now=now)
    if agreed:
        session.execute(
            update(Harvest).where(Harvest.challenge_id == challenge.id).values(look_at=now)
        )
    elif challenge.set_only:
        one = attribution.participant(session, challenge.id, viewer.member_id)
        entry_words.take_out(session, EntryWords.participant_id == one.id)
    return challenge.code


def _not_in(now: datetime) -> ColumnElement[bool]:
    settled = (
        Harvest.entry_id.is_not(None) | Harvest.rejected_at.is_not(None) | (Harvest.look_at > now)
    )
    return ~exists().where(Harvest.challenge_id == Challenge.id, settled)


def _ask(session: Session, challenge: Challenge, ripe: Ripe, *, now: datetime) -> None:
    """Each is asked once, and once more for words that they changed after they had agreed."""
    missing = agreements.open_ones(session, challenge.id, ripe.reply_ids)
    telling.tell(session, challenge, WouldShare(missing.never), now=now)
    if missing.outdated:
        again = WouldShare(missing.outdated, challenge.changes)
        telling.tell(session, challenge, again, now=now)


def _propose(session: Session, ripe: Ripe, *, now: datetime) -> str:
    """The challenge being locked, so that nobody takes a word back meanwhile."""
    words = session.get_one(ChallengeWords, ripe.challenge_id, populate_existing=True)
    said = {
        reply.id: reply
        for reply in session.scalars(
            select(Reply)
            .where(Reply.id.in_(ripe.reply_ids))
            .execution_options(populate_existing=True)
        )
    }
    replies = [said[one] for one in ripe.reply_ids]
    themes = session.scalars(
        select(ChallengeTheme.theme_id)
        .where(ChallengeTheme.challenge_id == ripe.challenge_id)
        .order_by(ChallengeTheme.theme_id)
    )
    new = NewEntry(
        words.problem,
        tuple(reply.text for reply in replies),
        tuple(themes),
        source=wording.SOURCE,
        source_date=now.date(),
    )
    made = drafts.propose_draft(session, new, origin=_origin(ripe.code), by=BY, now=now)
    if made.new:
        _note_whose(session, made.entry_id, words, replies)
        published.drafted(session, made.entry_id, ripe.challenge_id, ripe.reply_ids)
        commitments.count_told(session, entry_words.replies_in(session, made.entry_id))
    return made.entry_id


def _note_whose(
    session: Session, entry_id: str, words: ChallengeWords, replies: list[Reply]
) -> None:
    entry_words.problem(session, entry_id, words.participant_id)
    solutions = contents(session, (entry_id,))[entry_id].solutions
    for reply, solution in zip(replies, solutions, strict=True):
        if solution.id is not None:
            entry_words.solution(session, entry_id, reply.participant_id, reply.id, solution.id)


def _origin(code: str) -> str:
    return f"challenge:{code}"
