"""Who will be at a session, by first name, and who in the set has gone quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.learning_sets.commitment import Commitment
from bot.learning_sets.reflections import Reflection
from bot.learning_sets.seats import Rsvp, Seat
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.sets import SetMember
from bot.members import ChannelIdentity, Member

QUIET_AFTER = timedelta(weeks=4)


@dataclass(frozen=True)
class Guest:
    """A member of the set. `name` is "" where nobody knows it, `rsvp` None: nothing was said."""

    member_id: int
    name: str
    rsvp: Rsvp | None
    quiet: bool


def guests(session: Session, one: SetSession, *, now: datetime) -> tuple[Guest, ...]:
    """All members of the session's set, by name.

    Quiet is who has been in the set for four weeks, and in these weeks neither wrote, nor said
    whether they come, nor committed to anything or reflected. Nobody of them leaves the network
    before this transaction ends, so that it can be noted where their names are shown.
    """
    rows = session.execute(
        select(Member.id, Member.name, Seat.rsvp, SetMember.joined_at)
        .join(SetMember, SetMember.member_id == Member.id)
        .outerjoin(Seat, (Seat.member_id == Member.id) & (Seat.session_id == one.id))
        .where(SetMember.set_id == one.set_id)
        .order_by(Member.name.is_(None), Member.name, Member.id)
        .with_for_update(read=True, key_share=True, of=Member)
    ).all()
    names = first_names({member_id: name or "" for member_id, name, *_ in rows})
    heard, since = _heard(session, one.set_id), now - QUIET_AFTER
    return tuple(
        Guest(member_id, names[member_id], rsvp, max(joined, heard.get(member_id, joined)) < since)
        for member_id, _name, rsvp, joined in rows
    )


def first_names(names: Mapping[int, str]) -> Mapping[int, str]:
    """First names where one person has that, the whole names of those who share it."""
    first = {one: name.split()[0] if name.split() else "" for one, name in names.items()}
    times = Counter(first.values())
    return {one: short if times[short] == 1 else names[one] for one, short in first.items()}


def _heard(session: Session, set_id: int) -> Mapping[int, datetime]:
    """When each member of a set was last heard of."""
    inside = select(SetMember.member_id).where(SetMember.set_id == set_id)
    last: dict[int, datetime] = {}
    for question in _signs():
        for member_id, at in session.execute(
            question.where(question.selected_columns[0].in_(inside))
        ):
            if at is not None:
                last[member_id] = max(at, last.get(member_id, at))
    return last


def _signs() -> tuple[Select[int, datetime | None], ...]:
    """A member, and the last time that they did one kind of thing."""
    return (
        select(ChannelIdentity.member_id, func.max(ChannelIdentity.last_used_at)).group_by(
            ChannelIdentity.member_id
        ),
        select(Seat.member_id, func.max(Seat.answered_at)).group_by(Seat.member_id),
        select(Commitment.member_id, func.max(Commitment.made_at)).group_by(Commitment.member_id),
        select(Commitment.member_id, func.max(Commitment.told_at)).group_by(Commitment.member_id),
        select(Reflection.member_id, func.max(Reflection.written_at)).group_by(
            Reflection.member_id
        ),
    )
