"""A set that nobody facilitates any more: its members and the administrators are told, once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import days, habits, interests, members, outbox, quiet
from bot.delivery import Recipient
from bot.members import Member, Role
from bot.messages import Choice, Text
from bot.wording import sets as wording


def tell(
    session: Session, name: str, inside: Collection[int], *, without: int, now: datetime
) -> None:
    """In the transaction in which the last facilitator goes, and that is what makes it once.

    `inside` are the set's members, `without` is whoever went.
    """
    rows = session.execute(
        select(Member.id, Member.role).where(
            (Member.role == Role.ADMINISTRATOR) | Member.id.in_(inside),
            Member.stopped_at.is_(None),
            Member.id != without,
        )
    )
    told: dict[int, Role] = dict(rows.all())
    reached = members.addresses(session, told)
    rests, facts = habits.of(session, told), interests.facts(session, told)
    choice = Choice(wording.SHOW_SETS, "say:sets")
    for member_id, (channel, address) in sorted(reached.items()):
        runs = told[member_id] is Role.ADMINISTRATOR
        said = wording.needs_facilitator_found(name) if runs else wording.needs_facilitator(name)
        to = Recipient(channel, address, member_id=member_id)
        muted = facts.get(member_id, interests.NOTHING_SAID).muted_until
        due = quiet.notice_time(now, rests[member_id], days.HOME, muted_until=muted)
        outbox.enqueue(session, (Text(said, (choice,)),), to, now=now, due=due)
