"""What hangs on notice boards: at most one post for a challenge on a board, and what is due there.

A post holds no words: they are read from the challenge when they are shown. A lease that ran out
means that somebody may have crashed between pinning and recording: then the board is asked first.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Select, String, exists, func, literal, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.boards.board import Notice
from bot.boards.showing import shown
from bot.challenges.models import Challenge, ChallengeState, ChallengeWords, Visibility
from bot.challenges.notices import Subject
from bot.delivery import REASON_LENGTH, SendLater
from bot.messages import Text, to_json
from bot.wording import boards as wording
from knowledge.database import insert_new
from knowledge.models import Base, UtcDateTime

LEASE = timedelta(seconds=90)
MOST_NEW = 100
LONGEST_WAIT = timedelta(hours=1)
NEVER_SHOWN = -1


class BoardPost(Base):
    """A challenge on a board. `place` is where it hangs, None before it does.

    `shown` is the challenge's count of changes that the board has seen, `digest` what it read.
    """

    __tablename__ = "board_post"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    board: Mapped[str] = mapped_column(String(200), primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    place: Mapped[str | None] = mapped_column(String(200), unique=True)
    shown: Mapped[int] = mapped_column(default=NEVER_SHOWN)
    digest: Mapped[str] = mapped_column(String(64), default="")
    tries: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(REASON_LENGTH))


@dataclass(frozen=True)
class Due:
    """A post whose board is behind. `take_down`: nothing may hang; `pins`: it may be hung up new.

    `same`: the board reads so already. `unsettled`: an earlier try may have hung it up.
    """

    challenge_id: int
    board: str
    changes: int
    notice: Notice
    place: str | None
    take_down: bool
    pins: bool
    same: bool
    unsettled: bool


def any_due(session: Session, board: str, *, now: datetime) -> bool:
    """Whether a board is behind: a plain read."""
    return session.scalar(select(_new(board, now).exists() | _due(board, now).exists())) is True


def claim(session: Session, board: str, *, now: datetime) -> Due | None:
    """What is due first, leased; None where nothing is left for us."""
    _write_down(session, board, now=now)
    post = session.scalar(
        _due(board, now)
        .order_by(BoardPost.due_at, BoardPost.challenge_id)
        .limit(1)
        .with_for_update(skip_locked=True, of=BoardPost)
    )
    if post is None:
        return None
    unsettled = post.lease_until is not None
    post.lease_until = now + LEASE
    return _in_hand(session, post, unsettled=unsettled)


def _new(board: str, now: datetime) -> Select[int]:
    """Open challenges that everybody may see and that the board does not have, while it takes any.

    While a board asks us to wait, what is new waits with the rest.
    """
    there = exists().where(BoardPost.challenge_id == Challenge.id, BoardPost.board == board)
    waits = exists().where(BoardPost.board == board, BoardPost.due_at > now)
    return select(Challenge.id).where(
        Challenge.state == ChallengeState.OPEN,
        Challenge.visibility == Visibility.NETWORK,
        ~there,
        ~waits,
        literal(board != ""),
    )


def _due(board: str, now: datetime) -> Select[BoardPost]:
    hangs = BoardPost.place.is_not(None)
    return (
        select(BoardPost)
        .join(Challenge, Challenge.id == BoardPost.challenge_id)
        .where(
            BoardPost.shown != Challenge.changes,
            BoardPost.due_at <= now,
            BoardPost.lease_until.is_(None) | (BoardPost.lease_until <= now),
            hangs | (BoardPost.board == board),
        )
    )


def _write_down(session: Session, board: str, *, now: datetime) -> None:
    new = session.scalars(_new(board, now).order_by(Challenge.posted_at).limit(MOST_NEW)).all()
    rows = [
        {
            "challenge_id": one,
            "board": board,
            "ref": secrets.token_hex(12),
            "shown": NEVER_SHOWN,
            "digest": "",
            "tries": 0,
            "written_at": now,
            "due_at": now,
        }
        for one in new
    ]
    insert_new(session, BoardPost, rows, BoardPost.challenge_id)


def _in_hand(session: Session, post: BoardPost, *, unsettled: bool) -> Due:
    challenge = session.get_one(Challenge, post.challenge_id, populate_existing=True)
    content = shown(_subject(session, challenge), challenge.state)
    said = content or Text(wording.GONE)
    return Due(
        post.challenge_id,
        post.board,
        challenge.changes,
        Notice(post.ref, said, post.written_at),
        post.place,
        take_down=content is None,
        pins=challenge.state is ChallengeState.OPEN,
        same=post.digest == digest(said),
        unsettled=unsettled,
    )


def _subject(session: Session, challenge: Challenge) -> Subject:
    words = session.get(ChallengeWords, challenge.id)
    if words is None:
        return Subject(challenge.code, "", "", "")
    return Subject(challenge.code, words.problem, words.context, words.tried)


def digest(content: Text) -> str:
    return hashlib.sha256(to_json(content).encode()).hexdigest()


def settled(session: Session, due: Due, place: str | None, reason: str | None = None) -> None:
    """The board is as it should be, or (with a `reason`) will never be."""
    post = session.get(BoardPost, (due.challenge_id, due.board))
    if post is None:
        return
    post.place, post.shown, post.tries = place, due.changes, 0
    post.digest = digest(due.notice.content) if place is not None else ""
    post.lease_until = None
    post.reason = reason[:REASON_LENGTH] if reason else None


def postponed(session: Session, due: Due, error: SendLater, *, now: datetime) -> None:
    """The whole board waits: as long as it says, or twice as long as before."""
    post = session.get(BoardPost, (due.challenge_id, due.board))
    if post is None:
        return
    post.tries += 1
    until = now + min(error.after or timedelta(seconds=5 * 2 ** min(post.tries, 10)), LONGEST_WAIT)
    post.lease_until = until if error.unsure else None
    post.reason = str(error)[:REASON_LENGTH]
    session.flush()
    session.execute(
        update(BoardPost)
        .where(BoardPost.board == due.board, BoardPost.due_at < until)
        .values(due_at=until)
    )


def at(session: Session, place: str) -> Challenge | None:
    """The challenge that hangs there."""
    return session.scalar(
        select(Challenge)
        .join(BoardPost, BoardPost.challenge_id == Challenge.id)
        .where(BoardPost.place == place)
    )


def trouble(session: Session, board: str) -> str:
    """Why a board could not be brought up to date when it was last tried; empty where it could."""
    failed = select(func.max(BoardPost.reason)).where(
        BoardPost.board == board, BoardPost.reason.is_not(None)
    )
    return session.scalar(failed) or ""
