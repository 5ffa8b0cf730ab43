"""The tables of challenges. None points at a member: who is who is known to `attribution` alone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import ENTRY_ID_LENGTH, THEME_ID_LENGTH, Base, UtcDateTime

LONGEST_PROBLEM = 300
LONGEST_CONTEXT = 1_500
LONGEST_TRIED = 1_500
LONGEST_REPLY = 2_000
LONGEST_REASON = 500
MOST_THEMES = 5
LONGEST_KEY = 200


class ChallengeState(StrEnum):
    OPEN = "open"
    SOLVED = "solved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Visibility(StrEnum):
    SET = "set"
    NETWORK = "network"


class Circle(StrEnum):
    """How far a challenge has been carried."""

    NOBODY = "nobody"
    HANDFUL = "handful"
    WIDER = "wider"
    MODERATORS = "moderators"


class ReplyKind(StrEnum):
    QUESTION = "question"
    OFFER = "offer"
    AUTHOR = "author"


class ReplyState(StrEnum):
    GIVEN = "given"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class MarkKind(StrEnum):
    TRY = "try"
    HELPED = "helped"
    SOLVED = "solved"


class Challenge(Base):
    """What stays of a challenge whoever leaves: no words and nobody.

    `changes` counts what was changed since it was posted. `next_size` is how many peers the author
    was promised for `widen_at`, `asked_at` when the last ones were asked.
    """

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint("(visibility = 'set') = (set_id IS NOT NULL)", name="set_only"),
        Index("ix_challenge_widen", "state", "widen_at"),
        Index("ix_challenge_listed", "state", "visibility", "posted_at"),
    )

    id: Mapped[int] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    code: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[ChallengeState] = mapped_column(one_of(ChallengeState, "state"))
    visibility: Mapped[Visibility] = mapped_column(one_of(Visibility, "visibility"))
    set_id: Mapped[int | None] = mapped_column(ForeignKey("learning_set.id"), index=True)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changes: Mapped[int] = mapped_column(default=0)
    circle: Mapped[Circle] = mapped_column(one_of(Circle, "circle"), default=Circle.NOBODY)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    widen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_size: Mapped[int] = mapped_column(default=0)
    digest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def set_only(self) -> bool:
        return self.visibility is Visibility.SET


class ChallengeWords(Base):
    """The author's words. They go with the author; withdrawn ones are empty."""

    __tablename__ = "challenge_words"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(64), unique=True)
    problem: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    tried: Mapped[str] = mapped_column(Text)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ChallengeTheme(Base):
    __tablename__ = "challenge_theme"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    theme_id: Mapped[str] = mapped_column(
        String(THEME_ID_LENGTH),
        ForeignKey("theme.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )


class Reply(Base):
    """A peer's answer, a question back, or the author's own word in the thread.

    `public`: typed where all could see who wrote it, so it never carries a pseudonym. `ref` is
    random and travels in buttons; `key` is the same when the same message comes again.
    """

    __tablename__ = "reply"
    __table_args__ = (UniqueConstraint("participant_id", "key"), NEVER_TWICE)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    kind: Mapped[ReplyKind] = mapped_column(one_of(ReplyKind, "kind"))
    public: Mapped[bool]
    state: Mapped[ReplyState] = mapped_column(one_of(ReplyState, "state"))
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Follower(Base):
    """Who wants to hear of a thread, or wants to hear nothing of it."""

    __tablename__ = "follower"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    followed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    same_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    muted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Asking(Base):
    """Who was asked for help, and when."""

    __tablename__ = "asking"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Mark(Base):
    """What a participant said of a reply."""

    __tablename__ = "mark"

    reply_id: Mapped[int] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[MarkKind] = mapped_column(one_of(MarkKind, "kind"), primary_key=True)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Report(Base):
    """Something that a moderator should look at: a challenge, or one reply to it."""

    __tablename__ = "report"
    __table_args__ = (NEVER_TWICE,)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), index=True
    )
    reply_id: Mapped[int | None] = mapped_column(
        ForeignKey("reply.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class SettledGap(Base):
    """A moderator dealt with a challenge that nobody replied to; `entry_id` may answer it."""

    __tablename__ = "settled_gap"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    entry_id: Mapped[str | None] = mapped_column(
        String(ENTRY_ID_LENGTH), ForeignKey("entry.id", ondelete="SET NULL"), index=True
    )
    settled_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Agreement(Base):
    """A participant lets their words in a set's thread be used outside it."""

    __tablename__ = "agreement"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NoticeRow(Base):
    """What a participant has been told, so that nothing is told twice."""

    __tablename__ = "notice"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    about: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
