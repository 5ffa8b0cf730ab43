"""What a member said of themselves so that the right questions reach them, and how many."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.messages import clean
from knowledge.database import insert_new
from knowledge.models import THEME_ID_LENGTH, Base, Theme, UtcDateTime
from knowledge.text import normalise, terms

LONGEST_JOB = 120
MOST_A_WEEK = 20
_IN_EVERY_JOB = frozenset(
    terms("officer manager lead senior head assistant principal council team service")
)


class InterestsUnfit(Exception):
    """What a member would have kept of themselves does not fit.

    InterestsUnfit
      JobTooLong
      LimitUnfit
    """


class JobTooLong(InterestsUnfit):
    """A job is told in at most 120 characters."""


class LimitUnfit(InterestsUnfit):
    """A member may be asked between 0 and 20 times a week."""


class Interests(Base):
    """A member's own facts; whoever said nothing has no row.

    `weekly_limit` None means the network's own limit.
    """

    __tablename__ = "interests"
    __table_args__ = (CheckConstraint("weekly_limit BETWEEN 0 AND 20", name="weekly_limit"),)

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    job: Mapped[str] = mapped_column(String(LONGEST_JOB), default="")
    muted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    weekly_limit: Mapped[int | None]


class FollowedTheme(Base):
    """A theme that a member wants to hear of."""

    __tablename__ = "followed_theme"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    theme_id: Mapped[str] = mapped_column(
        String(THEME_ID_LENGTH),
        ForeignKey("theme.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )


@dataclass(frozen=True)
class Facts:
    """What is known of a member. `themes` are ids, in the themes' own order."""

    job: str = ""
    themes: tuple[str, ...] = ()
    muted_until: datetime | None = None
    weekly_limit: int | None = None

    def muted(self, now: datetime) -> bool:
        return self.muted_until is not None and self.muted_until > now


NOTHING_SAID = Facts()


def facts(session: Session, member_ids: Collection[int]) -> dict[int, Facts]:
    """The facts of those members who said anything."""
    followed: dict[int, list[str]] = {}
    for member_id, theme_id in session.execute(
        select(FollowedTheme.member_id, FollowedTheme.theme_id)
        .join(Theme, Theme.id == FollowedTheme.theme_id)
        .where(FollowedTheme.member_id.in_(member_ids))
        .order_by(Theme.position, Theme.id)
    ):
        followed.setdefault(member_id, []).append(theme_id)
    rows = session.scalars(select(Interests).where(Interests.member_id.in_(member_ids)))
    said = {row.member_id: row for row in rows}
    return {
        member_id: _facts(said.get(member_id), followed.get(member_id, ()))
        for member_id in said.keys() | followed.keys()
    }


def _facts(row: Interests | None, themes: Iterable[str]) -> Facts:
    if row is None:
        return Facts(themes=tuple(themes))
    return Facts(row.job, tuple(themes), row.muted_until, row.weekly_limit)


def of(session: Session, member_id: int) -> Facts:
    """What this member said."""
    return facts(session, (member_id,)).get(member_id, NOTHING_SAID)


def theme_names(session: Session, member_id: int) -> tuple[str, ...]:
    """The themes that a member follows, by their names."""
    return tuple(
        session.scalars(
            select(Theme.name)
            .join(FollowedTheme, FollowedTheme.theme_id == Theme.id)
            .where(FollowedTheme.member_id == member_id)
            .order_by(Theme.position, Theme.id)
        )
    )


def followers(session: Session, theme_ids: Collection[str], *, without: int) -> dict[str, int]:
    """How many members follow each of these themes, one member not counted."""
    rows = session.execute(
        select(FollowedTheme.theme_id, func.count())
        .where(FollowedTheme.theme_id.in_(theme_ids), FollowedTheme.member_id != without)
        .group_by(FollowedTheme.theme_id)
    )
    counted = dict(row._tuple() for row in rows)
    return {theme_id: counted.get(theme_id, 0) for theme_id in theme_ids}


def follow_themes(session: Session, member_id: int, theme_ids: Collection[str]) -> None:
    """From now on the member follows exactly these; ids of no theme are left out."""
    session.execute(delete(FollowedTheme).where(FollowedTheme.member_id == member_id))
    known = session.scalars(select(Theme.id).where(Theme.id.in_(theme_ids)))
    rows = [{"member_id": member_id, "theme_id": theme_id} for theme_id in known]
    insert_new(session, FollowedTheme, rows, FollowedTheme.theme_id)


def work_as(session: Session, member_id: int, job: str) -> None:
    """The member's job in their own words; empty takes it back. Raises JobTooLong."""
    job = " ".join(clean(job).split())
    if len(job) > LONGEST_JOB:
        raise JobTooLong
    _own(session, member_id).job = job


def mute(session: Session, member_id: int, until: datetime | None) -> None:
    """Nothing is started with the member before then; None ends it."""
    _own(session, member_id).muted_until = until


def limit(session: Session, member_id: int, a_week: int | None) -> None:
    """At most so many challenges a week; None means the network's own limit. Raises LimitUnfit."""
    if a_week is not None and not 0 <= a_week <= MOST_A_WEEK:
        raise LimitUnfit
    _own(session, member_id).weekly_limit = a_week


def job_words(job: str) -> frozenset[str]:
    """What two jobs are compared by."""
    return frozenset(terms(normalise(job))) - _IN_EVERY_JOB


def _own(session: Session, member_id: int) -> Interests:
    insert_new(session, Interests, [{"member_id": member_id}], Interests.member_id)
    return session.get_one(Interests, member_id)
