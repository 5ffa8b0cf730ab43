"""Learning sets: a few officers who meet, and what only they may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, delete, exists, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.challenges import followers
from bot.challenges.gate import Viewer
from bot.members import Member, Role
from bot.messages import clean
from knowledge.database import NEVER_TWICE, insert_new
from knowledge.models import Base, UtcDateTime

LONGEST_NAME = 120


class SetError(Exception):
    """What was asked of the sets cannot be done.

    SetError
      NoSuchSet
      SetNameTaken
      BadSetName
    """


class NoSuchSet(SetError):
    """There is no set of that name."""


class SetNameTaken(SetError):
    """There is a set of that name already."""


class BadSetName(SetError):
    """A set's name has between 1 and 120 characters."""


class LearningSet(Base):
    """A set; its name is told to its members and to those who look after the network.

    `size_note` says why it may have fewer than 6 or more than 12 members. `edition` counts changes,
    so that of two people who edit at once the second is told.
    """

    __tablename__ = "learning_set"
    __table_args__ = NEVER_TWICE

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    purpose: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    size_note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SetMember(Base):
    __tablename__ = "set_member"

    set_id: Mapped[int] = mapped_column(
        ForeignKey("learning_set.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SetFacilitator(Base):
    """Who facilitates a set: they need not be one of its members."""

    __tablename__ = "set_facilitator"

    set_id: Mapped[int] = mapped_column(
        ForeignKey("learning_set.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )


@dataclass(frozen=True)
class SetView:
    """A set and how many are in it."""

    id: int
    name: str
    members: int


def create(session: Session, name: str, *, now: datetime) -> LearningSet:
    """Raises SetNameTaken, BadSetName."""
    name = _checked(name)
    learning_set = LearningSet(name=name, created_at=now)
    try:
        with session.begin_nested():
            session.add(learning_set)
    except IntegrityError as error:
        raise SetNameTaken from error
    return learning_set


def named(session: Session, name: str) -> LearningSet:
    """Raises NoSuchSet, BadSetName."""
    found = session.scalar(select(LearningSet).where(LearningSet.name == _checked(name)))
    if found is None:
        raise NoSuchSet
    return found


def add_member(session: Session, set_id: int, member_id: int, *, now: datetime) -> None:
    """Does nothing for whoever is in the set already."""
    row = {"set_id": set_id, "member_id": member_id, "joined_at": now}
    insert_new(session, SetMember, [row], SetMember.member_id)


def remove_member(session: Session, set_id: int, member_id: int) -> None:
    """From now on the member sees and hears nothing of what was posted to the set.

    What they wrote in it stays theirs: they can correct and withdraw it for ever.
    """
    session.execute(
        delete(SetMember).where(SetMember.set_id == set_id, SetMember.member_id == member_id)
    )
    followers.leave_set(session, set_id, member_id)


def listed(session: Session) -> tuple[SetView, ...]:
    """All sets by name."""
    rows = session.execute(
        select(LearningSet.id, LearningSet.name, func.count(SetMember.member_id))
        .outerjoin(SetMember, SetMember.set_id == LearningSet.id)
        .group_by(LearningSet.id, LearningSet.name)
        .order_by(LearningSet.name)
    )
    return tuple(SetView(*row) for row in rows)


def sets_of(session: Session, member_id: int) -> tuple[SetView, ...]:
    """The sets that a member is in, by name."""
    sizes = (
        select(SetMember.set_id, func.count().label("members"))
        .group_by(SetMember.set_id)
        .subquery()
    )
    rows = session.execute(
        select(LearningSet.id, LearningSet.name, sizes.c.members)
        .join(SetMember, SetMember.set_id == LearningSet.id)
        .join(sizes, sizes.c.set_id == LearningSet.id)
        .where(SetMember.member_id == member_id)
        .order_by(LearningSet.name)
    )
    return tuple(SetView(*row) for row in rows)


def facilitates(session: Session, member_id: int, set_id: int) -> bool:
    """Whether they may look after that set: its facilitators, and administrators."""
    theirs = exists().where(SetFacilitator.set_id == set_id, SetFacilitator.member_id == member_id)
    runs = exists().where(Member.id == member_id, Member.role == Role.ADMINISTRATOR)
    there = exists().where(LearningSet.id == set_id)
    return session.scalar(select(there & (theirs | runs))) is True


def facilitated_by(session: Session, member_id: int) -> tuple[SetView, ...]:
    """The sets that a member facilitates, by name."""
    theirs = select(SetFacilitator.set_id).where(SetFacilitator.member_id == member_id)
    ids = frozenset(session.scalars(theirs))
    return tuple(one for one in listed(session) if one.id in ids)


def members_of(session: Session, set_id: int) -> frozenset[int]:
    return frozenset(session.scalars(select(SetMember.member_id).where(SetMember.set_id == set_id)))


_MODERATES: Mapping[Role, bool] = {Role.MODERATOR: True, Role.ADMINISTRATOR: True}


def viewer(session: Session, member: Member) -> Viewer:
    """A member as challenges know them, to be used in this transaction only.

    In a write, nobody can take them out of a set before it ends (PostgreSQL: their rows are
    locked for sharing; SQLite has one writer).
    """
    inside = session.scalars(
        select(SetMember.set_id).where(SetMember.member_id == member.id).with_for_update(read=True)
    )
    return Viewer(
        member.id,
        frozenset(inside),
        moderates=_MODERATES.get(member.role, False),
        facilitates=member.role is Role.FACILITATOR,
    )


def _checked(name: str) -> str:
    name = " ".join(clean(name).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadSetName
    return name
