"""Reflections: what a member learnt since the last session, shared as they chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.learning_sets import shown
from bot.learning_sets.commitment import Readers, Sharing
from bot.learning_sets.shown import Whose
from bot.messages import clean
from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import Base, UtcDateTime
from knowledge.text import normalise

LONGEST_REFLECTION = 1_000


class Reflection(Base):
    """A member's words before a session; `make_up` where they were written after missing it."""

    __tablename__ = "reflection"
    __table_args__ = (UniqueConstraint("member_id", "session_id"), NEVER_TWICE)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("set_session.id", ondelete="SET NULL"), index=True
    )
    set_id: Mapped[int | None] = mapped_column(
        ForeignKey("learning_set.id", ondelete="SET NULL"), index=True
    )
    words: Mapped[str] = mapped_column(Text)
    sharing: Mapped[Sharing] = mapped_column(one_of(Sharing, "sharing"), default=Sharing.PRIVATE)
    make_up: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def about(self) -> str:
        """What its words are called in `shown`."""
        return f"reflection:{self.id}"


class ReflectionError(Exception):
    """What was asked of a reflection cannot be done.

    ReflectionError
      NoSuchReflection
      ReflectionUnfit
    """


class NoSuchReflection(ReflectionError):
    """The member has no such reflection."""


class ReflectionUnfit(ReflectionError):
    """A reflection has words, at most 1,000 characters of them."""


@dataclass(frozen=True)
class NewReflection:
    """`session_id` is the session it is written for; `make_up`: it was missed."""

    words: str
    readers: Readers
    session_id: int | None = None
    make_up: bool = False


@dataclass(frozen=True)
class SharedReflection:
    """What one member lets others read, nameless. `session_id`: the session it was written for."""

    whose: Whose
    words: str
    session_id: int | None
    written_at: datetime


def write(session: Session, member_id: int, new: NewReflection, *, now: datetime) -> Reflection:
    """Keeps what a member learnt; for a session there is one, and the latest words count.

    Raises ReflectionUnfit.
    """
    row = _for_session(session, member_id, new.session_id)
    if row is not None:
        return _changed(session, row, new.words, new.readers, now=now)
    row = Reflection(
        member_id=member_id,
        session_id=new.session_id,
        set_id=new.readers.set_id,
        words=_fitted(new.words),
        sharing=new.readers.sharing,
        make_up=new.make_up,
        written_at=now,
    )
    session.add(row)
    session.flush()
    return row


def change(
    session: Session,
    member_id: int,
    reflection_id: int,
    *,
    words: str,
    readers: Readers,
    now: datetime,
) -> Reflection:
    """Other words, or other readers; what others were shown before is taken back.

    Raises NoSuchReflection, ReflectionUnfit.
    """
    return _changed(session, _own(session, member_id, reflection_id), words, readers, now=now)


def remove(session: Session, member_id: int, reflection_id: int) -> None:
    """It goes, also from where others were shown it. Raises NoSuchReflection."""
    row = _own(session, member_id, reflection_id)
    shown.take_back(session, member_id, row.about)
    session.delete(row)
    session.flush()


def of(session: Session, member_id: int) -> tuple[Reflection, ...]:
    """A member's own, the latest first."""
    return tuple(
        session.scalars(
            select(Reflection)
            .where(Reflection.member_id == member_id)
            .order_by(Reflection.written_at.desc(), Reflection.id.desc())
        )
    )


def with_set(
    session: Session,
    set_id: int,
    *,
    since: datetime | None = None,
    limit: int = 100,
    offset: int = 0,
) -> tuple[SharedReflection, ...]:
    """What members let this set read, or everybody in the network, the latest first.

    Locked for sharing: whoever takes words back waits until it is noted where they are shown.
    """
    which = (Reflection.set_id == set_id) & Reflection.sharing.in_((Sharing.SET, Sharing.NETWORK))
    if since is not None:
        which &= Reflection.written_at >= since
    return _shared(session, which, limit, offset)


def with_network(session: Session, *, limit: int = 100) -> tuple[SharedReflection, ...]:
    """What members let the whole network read, the latest first; locked in the same way."""
    return _shared(session, Reflection.sharing == Sharing.NETWORK, limit)


def _shared(
    session: Session, which: ColumnElement[bool], limit: int, offset: int = 0
) -> tuple[SharedReflection, ...]:
    rows = session.scalars(
        select(Reflection)
        .where(which)
        .order_by(Reflection.written_at.desc(), Reflection.id.desc())
        .limit(limit)
        .offset(offset)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    return tuple(
        SharedReflection(Whose(one.member_id, one.about), one.words, one.session_id, one.written_at)
        for one in rows
    )


def _changed(
    session: Session, row: Reflection, words: str, readers: Readers, *, now: datetime
) -> Reflection:
    words = _fitted(words)
    before = (row.words, Readers(row.sharing, row.set_id))
    if before != (words, readers):
        shown.take_back(session, row.member_id, row.about)
    if row.words != words:
        row.words, row.written_at = words, now
    row.sharing, row.set_id = readers.sharing, readers.set_id
    session.flush()
    return row


def _own(session: Session, member_id: int, reflection_id: int) -> Reflection:
    """Locked."""
    which = (Reflection.id == reflection_id) & (Reflection.member_id == member_id)
    row = _locked(session, which)
    if row is None:
        raise NoSuchReflection
    return row


def _for_session(session: Session, member_id: int, session_id: int | None) -> Reflection | None:
    """Locked."""
    if session_id is None:
        return None
    which = (Reflection.session_id == session_id) & (Reflection.member_id == member_id)
    return _locked(session, which)


def _locked(session: Session, which: ColumnElement[bool]) -> Reflection | None:
    return session.scalar(
        select(Reflection).where(which).with_for_update().execution_options(populate_existing=True)
    )


def _fitted(words: str) -> str:
    words = clean(words).strip()
    if not normalise(words) or len(words) > LONGEST_REFLECTION:
        raise ReflectionUnfit
    return words
