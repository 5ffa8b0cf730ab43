"""The one way to a session: whoever may not see it is told that there is none.

Its set's members and facilitators see it, and administrators; nobody else, moderators neither.
`by` None is whoever runs the network, at its command line.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from bot.challenges.codes import read_code
from bot.learning_sets import session_errors as errors
from bot.learning_sets import sets
from bot.learning_sets.sessions import SessionStatus, SetSession
from bot.learning_sets.sets import SetFacilitator, SetMember
from bot.members import Member, Role


def visible(member_id: int) -> ColumnElement[bool]:
    """Of all sessions, those that this member may see."""
    inside = exists().where(SetMember.set_id == SetSession.set_id, SetMember.member_id == member_id)
    return inside | looked_after(member_id)


def looked_after(member_id: int) -> ColumnElement[bool]:
    """Of all sessions, those of sets that this member may look after."""
    theirs = exists().where(
        SetFacilitator.set_id == SetSession.set_id, SetFacilitator.member_id == member_id
    )
    runs = exists().where(Member.id == member_id, Member.role == Role.ADMINISTRATOR)
    return theirs | runs


def seen(session: Session, member_id: int | None, code: str) -> SetSession:
    """For reading. Raises NoSuchSession."""
    question = select(SetSession).where(SetSession.code == (read_code(code) or ""))
    if member_id is not None:
        question = question.where(visible(member_id))
    found = session.scalar(question)
    if found is None:
        raise errors.NoSuchSession
    return found


def facilitated(session: Session, by: int | None, code: str) -> SetSession:
    """Locked, as it is now. Raises NoSuchSession, NotYourSet."""
    found = seen(session, by, code)
    if by is not None and not sets.facilitates(session, by, found.set_id):
        raise errors.NotYourSet
    return session.get_one(
        SetSession, found.id, with_for_update={"key_share": True}, populate_existing=True
    )


def and_following(session: Session, first: SetSession) -> Sequence[SetSession]:
    """A session and those after it in its series that still stand, in order, locked."""
    if first.series is None:
        return (first,)
    later = session.scalars(
        select(SetSession)
        .where(
            SetSession.series == first.series,
            SetSession.status == SessionStatus.PLANNED,
            SetSession.starts_on > first.starts_on,
        )
        .order_by(SetSession.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (first, *sorted(later, key=lambda one: one.starts))
