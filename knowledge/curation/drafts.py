"""Drafts: what peers worked out, on its way into the knowledge.

A draft is an entry that nobody finds yet, with where it came from. It is published, rejected with a
reason, or merged into an entry that is there already; each can be undone (`curation.undo`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge import duplicates, entries, redirects, state
from knowledge.curation import changes, merging
from knowledge.curation.changes import held, put
from knowledge.curation.content import Content, Edit
from knowledge.curation.revisions import Act, Clash, RevisionKind, Saved, record
from knowledge.entries import EntryView, NewEntry
from knowledge.errors import DraftUnknown
from knowledge.models import Base, Entry, EntryStatus, UtcDateTime
from knowledge.search import Engine

ORIGIN_LENGTH = 200


class Draft(Base):
    """Where a draft came from, for good. `published_at` is of the first time.

    Whether it waits still is its entry's status.
    """

    __tablename__ = "draft"

    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
    )
    origin: Mapped[str] = mapped_column(String(ORIGIN_LENGTH), unique=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Proposed:
    """`new` is False where this origin had made its draft before, whatever became of that."""

    entry_id: str
    new: bool


@dataclass(frozen=True)
class WaitingDraft:
    entry_id: str
    origin: str
    problem: str
    proposed_at: datetime


@dataclass(frozen=True)
class DraftView:
    """A draft as it is edited. `duplicates` are live entries that say nearly the same."""

    entry_id: str
    origin: str
    content: Content
    duplicates: tuple[EntryView, ...]


@dataclass(frozen=True)
class Published:
    """What the participants are told, those of `origin`. Only when `first`: they hear it once."""

    entry_id: str
    origin: str
    problem: str
    first: bool


@dataclass(frozen=True)
class Traced:
    """What became of an origin's draft: where it is now, and whether it waits, lives or is gone."""

    entry_id: str
    status: EntryStatus


def propose_draft(
    session: Session, new: NewEntry, *, origin: str, by: str, now: datetime, why: str = ""
) -> Proposed:
    """Put an entry into the moderators' queue; the same origin makes one draft, ever.

    Raises EntryUnfit and ThemeUnknown.
    """
    state.hold(session)
    known = session.scalar(select(Draft.entry_id).where(Draft.origin == origin))
    if known is not None:
        return Proposed(known, new=False)
    entry_id = entries.add(session, replace(new, status=EntryStatus.DRAFT), now=now)
    session.add(Draft(entry_id=entry_id, origin=origin, proposed_at=now))
    after = held(session, entry_id)
    record(session, entry_id, RevisionKind.PROPOSED, None, after, Act(by, why, now))
    return Proposed(entry_id, new=True)


def waiting(session: Session) -> tuple[WaitingDraft, ...]:
    """The moderators' queue, the oldest first."""
    rows = session.execute(
        select(Draft.entry_id, Draft.origin, Entry.problem, Draft.proposed_at)
        .join(Entry, Entry.id == Draft.entry_id)
        .where(Entry.status == EntryStatus.DRAFT)
        .order_by(Draft.proposed_at, Draft.entry_id)
    )
    return tuple(WaitingDraft(*row) for row in rows)


def draft(session: Session, engine: Engine, entry_id: str) -> DraftView:
    """A draft that waits, with what may say the same. Raises DraftUnknown."""
    content, origin = _waiting(session, entry_id)
    near = duplicates.near_duplicates(session, engine, content.problem)
    return DraftView(entry_id, origin, content, near)


def traced(session: Session, origin: str) -> Traced | None:
    """What became of the draft from there; None where there never was one."""
    entry_id = session.scalar(select(Draft.entry_id).where(Draft.origin == origin))
    if entry_id is None:
        return None
    current = redirects.current_id(session, entry_id)
    return Traced(current, held(session, current).status)


def edit_draft(
    session: Session,
    entry_id: str,
    wanted: Edit,
    *,
    seen: str,
    by: str,
    now: datetime,
    why: str = "",
) -> Saved | Clash:
    """Let a draft say what is wanted; `seen` is the version that the edit was made from.

    A draft that was published meanwhile is a clash as well: nothing of the edit is lost. Raises
    DraftUnknown, EntryUnfit and ThemeUnknown.
    """
    state.hold(session)
    _origin(session, entry_id)
    return changes.edit(session, entry_id, wanted, seen=seen, by=by, now=now, why=why)


def publish(
    session: Session,
    entry_id: str,
    *,
    seen: str,
    by: str,
    now: datetime,
    why: str = "",
) -> Published | Clash:
    """Make the draft live, as it was when its version was `seen`. Engines take it up by themselves.

    Raises DraftUnknown, also for the second of two who publish it at once.
    """
    state.hold(session)
    before, origin = _waiting(session, entry_id)
    if before.version != seen:
        return Clash(entry_id, before, None)
    after = replace(before, status=EntryStatus.LIVE)
    put(session, entry_id, RevisionKind.PUBLISHED, before, after, Act(by, why, now))
    first = update(Draft).where(Draft.entry_id == entry_id, Draft.published_at.is_(None))
    told = session.execute(first.values(published_at=now).returning(Draft.entry_id)).all()
    return Published(entry_id, origin, before.problem, first=bool(told))


def reject(session: Session, entry_id: str, *, by: str, why: str, now: datetime) -> Saved:
    """Take a draft out of the queue, with the reason. Raises DraftUnknown."""
    state.hold(session)
    before, _ = _waiting(session, entry_id)
    after = replace(before, status=EntryStatus.RETIRED)
    return put(session, entry_id, RevisionKind.REJECTED, before, after, Act(by, why, now))


def merge_into(
    session: Session, entry_id: str, into: str, *, by: str, now: datetime, why: str = ""
) -> Saved:
    """The draft's problem becomes a phrase of a live entry, its new solutions join it.

    Returns the entry. Raises DraftUnknown and EntryUnknown (for `into`).
    """
    state.hold(session)
    _waiting(session, entry_id)
    return merging.join(session, entry_id, into, Act(by, why, now), status=EntryStatus.DRAFT)


def withdraw_draft(session: Session, origin: str) -> bool:
    """Its authors take back what was never published: nothing of it stays. Whether there was any.

    What is public by then is the network's; a moderator may still retire it.
    """
    state.hold(session)
    found = session.execute(
        select(Draft.entry_id, Entry.status)
        .join(Entry, Entry.id == Draft.entry_id)
        .where(Draft.origin == origin, Draft.published_at.is_(None))
    ).one_or_none()
    if found is None or redirects.current_id(session, found.entry_id) != found.entry_id:
        return False
    session.execute(delete(Entry).where(Entry.id == found.entry_id))
    return True


def _waiting(session: Session, entry_id: str) -> tuple[Content, str]:
    origin = _origin(session, entry_id)
    content = held(session, entry_id)
    if content.status is not EntryStatus.DRAFT:
        raise DraftUnknown(entry_id=entry_id)
    return content, origin


def _origin(session: Session, entry_id: str) -> str:
    origin = session.scalar(select(Draft.origin).where(Draft.entry_id == entry_id))
    if origin is None:
        raise DraftUnknown(entry_id=entry_id)
    return origin
