"""The history of entries: what each change was before and after, when, by whose token, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.curation.content import Content, Edit
from knowledge.database import NEVER_TWICE, one_of
from knowledge.errors import RevisionUnknown
from knowledge.models import ENTRY_ID_LENGTH, TOKEN_LENGTH, AsJson, Base, UtcDateTime
from knowledge.text import normalise


class RevisionKind(StrEnum):
    """`MERGED` went into another entry, `JOINED` took another in, `PARTED` undid either."""

    PROPOSED = "proposed"
    EDITED = "edited"
    PUBLISHED = "published"
    REJECTED = "rejected"
    RETIRED = "retired"
    BROUGHT_BACK = "brought back"
    MERGED = "merged"
    JOINED = "joined"
    PARTED = "parted"
    RESTORED = "restored"
    UNDONE = "undone"


class Revision(Base):
    """One change of one entry. `other_id` is the other entry of a merge."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_history", "entry_id", "id"), NEVER_TWICE)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    kind: Mapped[RevisionKind] = mapped_column(one_of(RevisionKind, "kind"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(TOKEN_LENGTH), index=True)
    why: Mapped[str] = mapped_column(Text)
    before: Mapped[Content | None] = mapped_column(AsJson(Content))
    after: Mapped[Content] = mapped_column(AsJson(Content))
    other_id: Mapped[str | None] = mapped_column(String(ENTRY_ID_LENGTH))


@dataclass(frozen=True)
class RevisionView:
    """A change as it is read. `before` is None for the first of a draft."""

    id: int
    entry_id: str
    kind: RevisionKind
    at: datetime
    by: str
    why: str
    before: Content | None
    after: Content
    other_id: str | None

    @property
    def in_substance(self) -> bool:
        """Whether it changed what an officer would do: the problem, or what is advised."""
        return self.before is None or _substance(self.before) != _substance(self.after)


@dataclass(frozen=True)
class Act:
    """Who acts, why, and when: told to every verb that changes something."""

    by: str
    why: str
    now: datetime


@dataclass(frozen=True)
class Saved:
    """It is done. `revision_id` is None where there was nothing to change."""

    entry_id: str
    version: str
    revision_id: int | None


@dataclass(frozen=True)
class Clash:
    """Somebody was quicker, and nothing was changed: both versions, to make one of them.

    `entry_id` is where the entry is now, should it have been merged meanwhile. To go on, send
    `yours` again with the version of `theirs`. `yours` is None where nothing was written, only
    agreed to.
    """

    entry_id: str
    theirs: Content
    yours: Edit | None


def record(
    session: Session,
    entry_id: str,
    kind: RevisionKind,
    before: Content | None,
    after: Content,
    act: Act,
    *,
    other_id: str | None = None,
) -> int:
    row = Revision(
        entry_id=entry_id,
        kind=kind,
        at=act.now,
        by=act.by,
        why=act.why,
        before=before,
        after=after,
        other_id=other_id,
    )
    session.add(row)
    session.flush()
    return row.id


def history(session: Session, entry_id: str) -> tuple[RevisionView, ...]:
    """All changes of an entry, the latest first."""
    rows = session.scalars(
        select(Revision).where(Revision.entry_id == entry_id).order_by(Revision.id.desc())
    )
    return tuple(map(_view, rows))


def latest(
    session: Session, *, limit: int = 50, before: int | None = None
) -> tuple[RevisionView, ...]:
    """The latest changes of all entries; `before` a revision's id, to leaf back."""
    query = select(Revision).order_by(Revision.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Revision.id < before)
    return tuple(map(_view, session.scalars(query)))


def revision(session: Session, revision_id: int) -> RevisionView:
    """Raises RevisionUnknown."""
    row = session.get(Revision, revision_id)
    if row is None:
        raise RevisionUnknown(revision_id=revision_id)
    return _view(row)


def is_latest(session: Session, one: RevisionView) -> bool:
    """Whether the entry has not changed since."""
    later = select(Revision.id).where(Revision.entry_id == one.entry_id, Revision.id > one.id)
    return session.scalar(later.limit(1)) is None


def last_of(session: Session, entry_id: str, *kinds: RevisionKind) -> RevisionKind | None:
    """The kind of the latest of the entry's changes that are of one of these kinds."""
    return session.scalar(
        select(Revision.kind)
        .where(Revision.entry_id == entry_id, Revision.kind.in_(kinds))
        .order_by(Revision.id.desc())
        .limit(1)
    )


def unname(session: Session, by: str) -> None:
    """The changes stay; who made them is forgotten."""
    session.execute(update(Revision).where(Revision.by == by).values(by=""))


def _view(row: Revision) -> RevisionView:
    return RevisionView(
        row.id,
        row.entry_id,
        row.kind,
        row.at,
        row.by,
        row.why,
        row.before,
        row.after,
        row.other_id,
    )


def _substance(content: Content) -> tuple[str, frozenset[str]]:
    advised = frozenset(normalise(solution.text) for solution in content.shown)
    return normalise(content.problem), advised
