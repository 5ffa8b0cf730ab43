"""Drafts: forms that a member has begun, kept apart from where the conversation stands.

A draft outlives a pause, a restart and a change of channel: 72 hours from when it was last touched.
Its words go when it is handed in, dropped or lapsed. A row without words stays for as long as the
messages about it do, so that an old copy of the form can be told what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.database import one_of
from knowledge.models import Base, UtcDateTime

DRAFT_LASTS = timedelta(hours=72)
REMEMBERED = timedelta(days=30)
"""How long it is known that a form was handed in, dropped or lapsed: as long as what was sent."""


class DraftStatus(StrEnum):
    OPEN = "open"
    HANDED_IN = "handed in"
    DROPPED = "dropped"


class FormDraft(Base):
    """A draft as it is stored. `answers` is empty once it is closed."""

    __tablename__ = "form_draft"

    ref: Mapped[str] = mapped_column(String(32), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    form: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(String(100))
    at: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    status: Mapped[DraftStatus] = mapped_column(one_of(DraftStatus, "status"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True)
class Answers:
    """What is filled in so far: any number of values by field, none where a field was left out.

    `about` names what the form is about (a challenge's code, say); it holds no member's words.
    """

    about: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def one(self, name: str) -> str:
        """The only or first value; "" where there is none."""
        return next(iter(self.many(name)), "")

    def many(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def without(self, name: str) -> Answers:
        """The same with that question open again."""
        values = {key: given for key, given in self.values.items() if key != name}
        return replace(self, values=values)

    def filled(self, name: str, values: tuple[str, ...]) -> Answers:
        return replace(self, values={**self.values, name: values})


@dataclass(frozen=True)
class Draft:
    """A draft in hand. `form` is the plan's name, `at` the field that is asked now."""

    ref: str
    form: str
    title: str
    at: str
    answers: Answers = Answers()
    status: DraftStatus = DraftStatus.OPEN
    expires_at: datetime | None = None

    def open(self, now: datetime) -> bool:
        return self.status is DraftStatus.OPEN and not self.lapsed(now)

    def lapsed(self, now: datetime) -> bool:
        """Left alone for too long."""
        late = self.expires_at is not None and self.expires_at <= now
        return self.status is DraftStatus.OPEN and late


def keep(session: Session, member_id: int, draft: Draft, *, now: datetime) -> None:
    """Opens a draft, fills it or moves on in it; from now it is kept for another 72 hours.

    One that has been closed stays closed.
    """
    row = _row(session, member_id, draft.ref)
    if row is None:
        row = FormDraft(ref=draft.ref, member_id=member_id, started_at=now)
        row.status = DraftStatus.OPEN
        session.add(row)
    elif row.status is not DraftStatus.OPEN:
        return
    row.form, row.title, row.at = draft.form, draft.title, draft.at
    row.about = draft.answers.about
    row.answers = {name: list(values) for name, values in draft.answers.values.items()}
    row.touched_at, row.expires_at = now, now + DRAFT_LASTS


def close(session: Session, member_id: int, ref: str, status: DraftStatus) -> None:
    """Handed in or dropped: its words go."""
    row = _row(session, member_id, ref)
    if row is not None and row.status is DraftStatus.OPEN:
        row.status, row.answers = status, {}


def find(session: Session, member_id: int, ref: str) -> Draft | None:
    """This member's draft of that ref, open or not."""
    row = _row(session, member_id, ref)
    return _in_hand(row) if row is not None else None


def latest_about(session: Session, member_id: int, form: str, about: str) -> Draft | None:
    """This member's latest draft of a form about something, open or not."""
    row = session.scalar(
        select(FormDraft)
        .where(FormDraft.member_id == member_id, FormDraft.form == form, FormDraft.about == about)
        .order_by(FormDraft.started_at.desc(), FormDraft.ref)
        .limit(1)
    )
    return _in_hand(row) if row is not None else None


def open_drafts(session: Session, member_id: int, *, now: datetime) -> tuple[Draft, ...]:
    """This member's open drafts, the one last touched first."""
    rows = session.scalars(
        select(FormDraft)
        .where(
            FormDraft.member_id == member_id,
            FormDraft.status == DraftStatus.OPEN,
            FormDraft.expires_at > now,
        )
        .order_by(FormDraft.touched_at.desc(), FormDraft.ref)
    )
    return tuple(_in_hand(row) for row in rows)


def words(session: Session, member_id: int) -> tuple[Draft, ...]:
    """This member's drafts that still hold words, oldest first: also those about to be tidied."""
    rows = session.scalars(
        select(FormDraft)
        .where(FormDraft.member_id == member_id, FormDraft.status == DraftStatus.OPEN)
        .order_by(FormDraft.started_at, FormDraft.ref)
    )
    return tuple(draft for draft in map(_in_hand, rows) if draft.answers.values)


def tidy(session: Session, *, now: datetime) -> None:
    """Empties what has lapsed, and in the end forgets it."""
    session.execute(
        update(FormDraft)
        .where(FormDraft.expires_at <= now, FormDraft.status == DraftStatus.OPEN)
        .values(answers={})
    )
    session.execute(delete(FormDraft).where(FormDraft.expires_at <= now - REMEMBERED))


def _row(session: Session, member_id: int, ref: str) -> FormDraft | None:
    return session.scalar(
        select(FormDraft).where(FormDraft.ref == ref, FormDraft.member_id == member_id)
    )


def _in_hand(row: FormDraft) -> Draft:
    values = {name: tuple(given) for name, given in row.answers.items()}
    return Draft(
        ref=row.ref,
        form=row.form,
        title=row.title,
        at=row.at,
        answers=Answers(row.about, values),
        status=row.status,
        expires_at=row.expires_at,
    )
