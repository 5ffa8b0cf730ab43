"""The only link between a member and what they wrote, and the names that others see instead.

A challenge and a reply point at a participant of a thread, never at a member. When a member goes,
their participants go with them, and with those their words; the thread stays for the others.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.entry_words import EntryWords
from bot.members import Member
from bot.wording import challenges as wording
from knowledge.database import NEVER_TWICE, insert_new
from knowledge.models import ENTRY_ID_LENGTH, Base, UtcDateTime

AUTHOR = 1
"""The number of whoever opened the thread."""
THE_CHALLENGE = 0
"""What a quote is of: the challenge itself, or the reply of that id."""


class Thread(Base):
    """A conversation in which members are known by pseudonyms. `voices` counts those given."""

    __tablename__ = "thread"
    __table_args__ = NEVER_TWICE

    id: Mapped[int] = mapped_column(primary_key=True)
    voices: Mapped[int] = mapped_column(default=0)


class Participant(Base):
    """A member in one thread, who may only be listening: then there is no `number` yet.

    Numbers are given in the order in which people first speak, and never to another person.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("thread_id", "member_id"),
        UniqueConstraint("thread_id", "number"),
        NEVER_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    number: Mapped[int | None]
    named: Mapped[bool] = mapped_column(default=False)


class Voice(Base):
    """A random token by which the knowledge counts a member once without knowing whom."""

    __tablename__ = "voice"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    token: Mapped[str] = mapped_column(String(32), unique=True)


class Credit(Base):
    """A member who took part in what became an entry, and whether they wish to be named for it."""

    __tablename__ = "credit"

    entry_id: Mapped[str] = mapped_column(
        String(ENTRY_ID_LENGTH), ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    credited: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def open_thread(session: Session) -> Thread:
    thread = Thread(voices=0)
    session.add(thread)
    session.flush()
    return thread


def participants(
    session: Session, thread_id: int, member_ids: Collection[int]
) -> Mapping[int, Participant]:
    """These members in this thread, each once however many ask at the same moment."""
    rows = [
        {"thread_id": thread_id, "member_id": member_id, "named": False}
        for member_id in sorted(member_ids)
    ]
    insert_new(session, Participant, rows, Participant.id)
    found = session.scalars(
        select(Participant).where(
            Participant.thread_id == thread_id, Participant.member_id.in_(member_ids)
        )
    )
    return {one.member_id: one for one in found}


def participant(session: Session, thread_id: int, member_id: int) -> Participant:
    """A member in a thread, as they are or as one who listens."""
    return participants(session, thread_id, (member_id,))[member_id]


def speaker(
    session: Session, thread_id: int, member_id: int, *, named: bool = False
) -> Participant:
    """A member who speaks in a thread, numbered at their first word.

    `named` counts at the first word only: a pseudonym that others have met is never lifted.
    """
    thread = session.scalars(
        select(Thread)
        .where(Thread.id == thread_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    one = participant(session, thread_id, member_id)
    session.refresh(one)
    if one.number is None:
        thread.voices += 1
        one.number, one.named = thread.voices, named
        session.flush()
    return one


def letters(number: int) -> str:
    """A to Z, then AA, AB and so on, for 1, 2, 3 ..."""
    found = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        found = chr(ord("A") + place) + found
    return found


def label(number: int | None, name: str | None) -> str:
    """What others see: the name where the member chose so, else the pseudonym of the thread."""
    if number is None:
        return wording.A_COLLEAGUE
    return name or wording.pseudonym(letters(number))


def labels(session: Session, thread_id: int) -> Mapping[int, str]:
    """What each participant of a thread is called there, by their ids."""
    rows = session.execute(
        select(Participant.id, Participant.number, Participant.named, Member.name)
        .join(Member, Member.id == Participant.member_id)
        .where(Participant.thread_id == thread_id)
    )
    return {one: label(number, name if named else None) for one, number, named, name in rows}


def voice(session: Session, member_id: int) -> str:
    """The token under which the knowledge counts this member: always the same, and tells nobody."""
    rows = [{"member_id": member_id, "token": secrets.token_hex(16)}]
    insert_new(session, Voice, rows, Voice.member_id)
    return session.scalars(select(Voice.token).where(Voice.member_id == member_id)).one()


def has_voice(session: Session, member_id: int) -> bool:
    return session.get(Voice, member_id) is not None


def took_part(session: Session, entry_id: str, member_ids: Collection[int]) -> None:
    """These members' words are in that entry; none is named for it unless they choose so."""
    rows = [{"entry_id": entry_id, "member_id": one, "credited": False} for one in member_ids]
    insert_new(session, Credit, rows, Credit.member_id)


def choose_credit(session: Session, entry_id: str, member_id: int, *, credited: bool) -> bool:
    """Keeps a member's choice. False where they took no part in that entry."""
    credit = session.get(Credit, (entry_id, member_id))
    if credit is None:
        return False
    credit.credited = credited
    return True


def in_entry(session: Session, entry_id: str) -> tuple[int, ...]:
    """The members whose words an entry carries."""
    return tuple(
        session.scalars(
            select(Participant.member_id)
            .join(EntryWords, EntryWords.participant_id == Participant.id)
            .where(EntryWords.entry_id == entry_id)
            .distinct()
            .order_by(Participant.member_id)
        )
    )


def credited(session: Session, entry_id: str) -> tuple[str, ...]:
    """The names of those who chose to be named for an entry."""
    names = session.scalars(
        select(Member.name)
        .join(Credit, Credit.member_id == Member.id)
        .where(Credit.entry_id == entry_id, Credit.credited, Member.name.is_not(None))
        .order_by(Member.name)
    )
    return tuple(name for name in names if name is not None)


def credits(session: Session, member_id: int) -> Mapping[str, bool]:
    """The entries that a member took part in, and whether they are named for each."""
    mine = select(Credit).where(Credit.member_id == member_id)
    return {credit.entry_id: credit.credited for credit in session.scalars(mine)}


def told_last(session: Session, member_id: int) -> str | None:
    """The entry that a member was last told to have taken part in."""
    return session.scalar(
        select(Credit.entry_id)
        .where(Credit.member_id == member_id, Credit.told_at.is_not(None))
        .order_by(Credit.told_at.desc(), Credit.entry_id)
        .limit(1)
    )


def to_be_told(session: Session, entry_id: str, *, now: datetime) -> tuple[int, ...]:
    """Who took part in an entry and has not heard that it is published; from now on they have."""
    credits = session.scalars(
        select(Credit)
        .where(Credit.entry_id == entry_id, Credit.told_at.is_(None))
        .order_by(Credit.member_id)
        .with_for_update()
    ).all()
    for credit in credits:
        credit.told_at = now
    return tuple(credit.member_id for credit in credits)
