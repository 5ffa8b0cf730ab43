"""Members, the addresses they write from, what they agreed to, and how they get in."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, func, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.messages import Channel
from knowledge.database import NEVER_TWICE, one_of
from knowledge.models import Base, UtcDateTime

LONGEST_NAME = 120
_NEVER = literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime)


class Role(StrEnum):
    OFFICER = "officer"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class ConsentKind(StrEnum):
    JOINED = "joined"
    STOPPED = "stopped"
    STARTED = "started"


class MemberError(Exception):
    """What was asked of the members cannot be done.

    MemberError
      NoSuchMember
      NameTaken
      BadName
    """


class NoSuchMember(MemberError):
    """There is no member of that name."""


class NameTaken(MemberError):
    """There is a member of that name already."""


class BadName(MemberError):
    """A name has between 1 and 120 characters."""


class Member(Base):
    """A person of the network. The name is for administrators; no other member sees it."""

    __tablename__ = "member"
    __table_args__ = NEVER_TWICE

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(LONGEST_NAME), unique=True)
    role: Mapped[Role] = mapped_column(one_of(Role, "role"), default=Role.OFFICER)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    welcomed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ChannelIdentity(Base):
    """An address that a member writes from."""

    __tablename__ = "channel_identity"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    address: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Consent(Base):
    """What a member was told or asked for, when, where and in which words."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ConsentKind] = mapped_column(one_of(ConsentKind, "kind"))
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    wording: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class MemberRow:
    """One line of the members' list."""

    name: str | None
    role: Role
    channels: tuple[Channel, ...]
    stopped: bool


def checked(name: str) -> str:
    """The name as it is kept. Raises BadName."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise BadName
    return name


def named(session: Session, name: str) -> Member:
    """Raises NoSuchMember."""
    member = session.scalar(select(Member).where(Member.name == checked(name)))
    if member is None:
        raise NoSuchMember
    return member


def add(session: Session, name: str | None, role: Role, *, now: datetime) -> Member:
    """Raises NameTaken, BadName."""
    if name is not None:
        name = checked(name)
        if session.scalar(select(Member.id).where(Member.name == name)) is not None:
            raise NameTaken
    member = Member(name=name, role=role, created_at=now)
    try:
        with session.begin_nested():
            session.add(member)
    except IntegrityError as error:  # another process added the same one between our two looks
        raise NameTaken from error
    return member


def add_all(
    session: Session, people: Collection[tuple[str, Role]], *, now: datetime
) -> dict[str, int]:
    """Many at once, whose names are checked and differ: their ids by name. Raises NameTaken."""
    made = [Member(name=name, role=role, created_at=now) for name, role in people]
    try:
        with session.begin_nested():
            session.add_all(made)
    except IntegrityError as error:
        raise NameTaken from error
    return {str(one.name): one.id for one in made}


def named_or_new(session: Session, name: str, role: Role, *, now: datetime) -> Member:
    """The member of that name with the role they have, or a new one with `role`."""
    try:
        return named(session, name)
    except NoSuchMember:
        pass
    try:
        return add(session, name, role, now=now)
    except NameTaken:
        return named(session, name)


def at(session: Session, channel: Channel, address: str) -> Member | None:
    """Who writes from there."""
    return session.scalar(
        select(Member)
        .join(ChannelIdentity)
        .where(ChannelIdentity.channel == channel, ChannelIdentity.address == address)
    )


def connect(
    session: Session, member: Member, channel: Channel, address: str, *, now: datetime
) -> None:
    """From now on that address is this member's. Does nothing where it already is someone's."""
    if at(session, channel, address) is None:
        session.add(
            ChannelIdentity(member_id=member.id, channel=channel, address=address, created_at=now)
        )
        session.flush()


def used(session: Session, channel: Channel, address: str, *, now: datetime) -> None:
    """A member wrote from there: what the bot starts itself goes to where they wrote last."""
    session.execute(
        update(ChannelIdentity)
        .where(ChannelIdentity.channel == channel, ChannelIdentity.address == address)
        .values(last_used_at=now)
    )


def addresses(session: Session, member_ids: Collection[int]) -> Mapping[int, tuple[Channel, str]]:
    """Where each of these members wrote last; whoever never wrote, where they joined last."""
    rows = session.execute(
        select(ChannelIdentity.member_id, ChannelIdentity.channel, ChannelIdentity.address)
        .where(ChannelIdentity.member_id.in_(member_ids))
        .order_by(func.coalesce(ChannelIdentity.last_used_at, _NEVER), ChannelIdentity.id)
    )
    return {member_id: (channel, address) for member_id, channel, address in rows}


def last_said(session: Session, member_ids: Collection[int]) -> Mapping[int, datetime]:
    """When each of these members last wrote, anywhere; whoever never did is not among them."""
    rows = session.execute(
        select(ChannelIdentity.member_id, func.max(ChannelIdentity.last_used_at))
        .where(ChannelIdentity.member_id.in_(member_ids), ChannelIdentity.last_used_at.is_not(None))
        .group_by(ChannelIdentity.member_id)
    )
    return {member_id: at for member_id, at in rows if at is not None}


def moderators(session: Session) -> frozenset[int]:
    """Who looks after the network and wants to hear from it."""
    return _with_role(session, Role.MODERATOR, Role.ADMINISTRATOR)


def facilitators(session: Session) -> frozenset[int]:
    """Who looks after sets and wants to hear from the bot."""
    return _with_role(session, Role.FACILITATOR)


def name_of(session: Session, member_id: int) -> str | None:
    return session.scalar(select(Member.name).where(Member.id == member_id))


def count(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(Member)).one()


def names(session: Session) -> tuple[str, ...]:
    """The names of all members who have one, for the Chatham House check."""
    named = select(Member.name).where(Member.name.is_not(None)).order_by(Member.name)
    return tuple(name for name in session.scalars(named) if name is not None)


def ids_by_name(session: Session) -> Mapping[str, int]:
    """All members who have a name."""
    rows = session.execute(select(Member.name, Member.id).where(Member.name.is_not(None)))
    return {name: number for name, number in rows if name is not None}


def _with_role(session: Session, *roles: Role) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(Member.id).where(Member.role.in_(roles), Member.stopped_at.is_(None))
        )
    )


def all_names(session: Session) -> tuple[str, ...]:
    """Everybody's name, for the check that nothing shared gives anybody away."""
    names = session.scalars(
        select(Member.name).where(Member.name.is_not(None)).order_by(Member.name)
    )
    return tuple(name for name in names if name is not None)


def agree(
    session: Session,
    member: Member,
    kind: ConsentKind,
    *,
    channel: Channel,
    wording: str,
    now: datetime,
) -> None:
    """Keeps what a member was told or asked for, and makes it so."""
    session.add(
        Consent(member_id=member.id, kind=kind, channel=channel, wording=wording, given_at=now)
    )
    if kind is ConsentKind.JOINED:
        member.welcomed_at = now
    member.stopped_at = now if kind is ConsentKind.STOPPED else None


def listed(session: Session) -> tuple[MemberRow, ...]:
    """All members by name, those without one last."""
    channels: dict[int, list[Channel]] = {}
    for identity in session.scalars(select(ChannelIdentity).order_by(ChannelIdentity.id)):
        channels.setdefault(identity.member_id, []).append(identity.channel)
    members = session.scalars(select(Member).order_by(Member.name.is_(None), Member.name))
    return tuple(
        MemberRow(
            member.name,
            member.role,
            tuple(dict.fromkeys(channels.get(member.id, ()))),
            member.stopped_at is not None,
        )
        for member in members
    )
