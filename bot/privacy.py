"""What is kept about a member, and how it goes."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot import learning
from bot.delivery import DeliveryRow
from bot.members import ChannelIdentity, Consent, Member
from bot.messages import Channel
from bot.questions import Question, Rating


def kept(session: Session, member_id: int) -> tuple[str, ...]:
    """All that is kept about a member, a sentence a thing, for the member alone."""
    member = session.get_one(Member, member_id)
    identities = session.scalars(
        select(ChannelIdentity)
        .where(ChannelIdentity.member_id == member_id)
        .order_by(ChannelIdentity.id)
    )
    consents = session.scalars(
        select(Consent).where(Consent.member_id == member_id).order_by(Consent.id)
    )
    asked = session.scalar(
        select(func.count()).select_from(Question).where(Question.member_id == member_id)
    )
    rated = session.scalar(
        select(func.count())
        .select_from(Rating)
        .join(Question, Question.id == Rating.question_id)
        .where(Question.member_id == member_id)
    )
    return (
        f"Your name: {member.name or 'none'}. Your role: {member.role}.",
        *(f"Where you write from: {_where(one)}." for one in identities),
        *(f"{one.given_at:%-d %B %Y}, on {one.channel}: {one.kind}." for one in consents),
        f"Your questions: {asked}. Answers you rated: {rated}.",
        "What I sent you in the last 30 days, so that you can read it again.",
    )


def _where(identity: ChannelIdentity) -> str:
    """A member knows their own number; an address that we made up tells nobody anything."""
    if identity.channel in (Channel.WHATSAPP, Channel.SLACK):
        return f"{identity.channel}, {identity.address}"
    return f"the {identity.channel} chat"


def forget(session: Session, member: Member) -> None:
    """Deletes the member and all that hangs from it. Every link to a member cascades."""
    identities = session.scalars(
        select(ChannelIdentity).where(ChannelIdentity.member_id == member.id)
    ).all()
    for identity in identities:  # answers from before they joined hang from no member
        session.execute(
            delete(DeliveryRow).where(
                DeliveryRow.channel == identity.channel, DeliveryRow.address == identity.address
            )
        )
    learning.withdraw(session, member.id)
    session.delete(member)
    session.flush()
