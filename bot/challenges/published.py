"""When what peers worked out becomes an entry: everyone who took part hears of it once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import attribution, courtesy, members, outbox
from bot.attribution import Credit
from bot.challenges import agreements
from bot.delivery import Recipient
from bot.members import Member
from bot.messages import Choice, Text
from bot.wording import challenges as wording


def drafted(session: Session, entry_id: str, challenge_id: int, reply_ids: Collection[int]) -> None:
    """An entry is made of a challenge and these replies: those whose words they are took part."""
    took_part = agreements.to_be_asked(session, challenge_id, reply_ids)
    attribution.took_part(session, entry_id, took_part)


def tell(session: Session, entry_id: str, problem: str, *, now: datetime) -> None:
    """An entry is published. Nobody hears it twice; who stopped the bot does not hear it."""
    told = attribution.to_be_told(session, entry_id, now=now)
    reached = members.addresses(session, _listening(session, told))
    due = courtesy.notice_times(session, reached.keys(), now=now)
    named = dict(
        session.execute(
            select(Credit.member_id, Credit.credited).where(Credit.entry_id == entry_id)
        ).all()
    )
    for member_id, (channel, address) in reached.items():
        outbox.enqueue(
            session,
            (_message(entry_id, problem, credited=named[member_id]),),
            Recipient(channel, address, member_id=member_id),
            now=now,
            due=due[member_id],
        )


def _listening(session: Session, member_ids: Collection[int]) -> Collection[int]:
    return session.scalars(
        select(Member.id).where(Member.id.in_(member_ids), Member.stopped_at.is_(None))
    ).all()


def _message(entry_id: str, problem: str, *, credited: bool) -> Text:
    choice = (
        Choice(wording.DO_NOT_NAME_ME, f"credit:{entry_id}:no")
        if credited
        else Choice(wording.NAME_ME, f"credit:{entry_id}:yes")
    )
    see = Choice(wording.SEE_ENTRY, f"entry:{entry_id}")
    return Text(wording.entry_published(problem, credited=credited), (choice, see))
