"""How people get in: invitations by code, and one-time sign-in links for the web chat.

Both are told once; only their hashes stay.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.members import Member, MemberError, connect, used
from bot.messages import Channel
from knowledge.models import Base, UtcDateTime

INVITATION_LASTS = timedelta(days=14)
SIGN_IN_LASTS = timedelta(hours=24)
CONSOLE_LASTS = timedelta(minutes=15)
"""A link that stands in a conversation for as long as that is kept."""
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letter or digit that can be taken for another when read out or typed on a phone."""
CODE_LENGTH = 8


class NotUsable(MemberError):
    """That code or link has been used, has run out or never existed."""


class Invitation(Base):
    """A code, kept only as its hash, that lets one person in on WhatsApp."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInLink(Base):
    """A one-time link into the web chat, kept only as its hash."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def is_code(text: str) -> bool:
    """Whether this could be an invitation's code. It has a digit, so no plain word is one."""
    letters = _letters(text)
    return (
        len(letters) == CODE_LENGTH
        and set(letters) <= set(CODE_LETTERS)
        and any(letter.isdigit() for letter in letters)
    )


def _letters(code: str) -> str:
    """A code without the blanks and marks that people type around and inside it."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invite(session: Session, member: Member, *, now: datetime) -> str:
    """A new code for this member. It is told once; only its hash stays."""
    code = _new_code()
    session.add(
        Invitation(
            member_id=member.id,
            code_hash=_hash(code),
            created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
    )
    return code


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if is_code(code):
            return code


def invited_by(session: Session, code: str, *, now: datetime) -> Invitation:
    """The usable invitation with that code, in any case and spacing. Raises NotUsable."""
    invitation = session.scalar(
        select(Invitation).where(Invitation.code_hash == _hash(_letters(code))).with_for_update()
    )
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now:
        raise NotUsable
    return invitation


def accept(session: Session, code: str, channel: Channel, address: str, *, now: datetime) -> Member:
    """Spends an invitation: the address is the invited member's from now on. Raises NotUsable."""
    invitation = invited_by(session, code, now=now)
    invitation.used_at = now
    member = session.get_one(Member, invitation.member_id)
    connect(session, member, channel, address, now=now)
    used(session, channel, address, now=now)  # the code came in a message of theirs
    return member


def sign_in_link(
    session: Session, member: Member, *, lasts: timedelta = SIGN_IN_LASTS, now: datetime
) -> str:
    """A token for one sign-in. It is told once; only its hash stays."""
    token = secrets.token_urlsafe(24)
    session.add(SignInLink(member_id=member.id, token_hash=_hash(token), expires_at=now + lasts))
    return token


def console_path(token: str) -> str:
    """Where a link leads that stands in a message; it opens with its signature only."""
    return f"/console/sign-in/{token}"


def usable(session: Session, token: str, *, now: datetime) -> bool:
    """Whether a sign-in link still works; looking spends nothing."""
    link = session.scalar(select(SignInLink).where(SignInLink.token_hash == _hash(token)))
    return link is not None and link.used_at is None and link.expires_at > now


def sign_in(session: Session, token: str, *, now: datetime) -> Member:
    """Spends a sign-in link. Raises NotUsable."""
    link = session.scalar(
        select(SignInLink).where(SignInLink.token_hash == _hash(token)).with_for_update()
    )
    if link is None or link.used_at is not None or link.expires_at <= now:
        raise NotUsable
    link.used_at = now
    return session.get_one(Member, link.member_id)
