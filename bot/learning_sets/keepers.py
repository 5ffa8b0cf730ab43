"""Who looks after something: the network, or a set."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.learning_sets.models import SetFacilitator
from bot.members import Member, Role


def looks_after(session: Session, member: Member) -> bool:
    """Whether there is anything in the console for this member."""
    if member.role is not Role.OFFICER:
        return True
    theirs = exists().where(SetFacilitator.member_id == member.id)
    return session.scalar(select(theirs)) is True
