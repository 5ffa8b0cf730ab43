"""Learning sets: a few officers who meet, who facilitates them, and what only they may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.challenges import followers
from bot.challenges.gate import Viewer
from bot.learning_sets import needing, size
from bot.learning_sets.models import BadSetName as BadSetName
from bot.learning_sets.models import LearningSet as LearningSet
from bot.learning_sets.models import NoSuchSet as NoSuchSet
from bot.learning_sets.models import SetFacilitator as SetFacilitator
from bot.learning_sets.models import SetMember as SetMember
from bot.learning_sets.models import SetNameTaken as SetNameTaken
from bot.learning_sets.models import name_checked, note_checked, purpose_checked
from bot.learning_sets.size import SetError as SetError
from bot.members import Member, Role
from knowledge.database import insert_new

_MODERATES = (Role.MODERATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class SetView:
    """A set, how many are in it and how many facilitate it."""

    id: int
    name: str
    members: int
    purpose: str = ""
    size_note: str = ""
    edition: int = 1
    facilitators: int = 0

    @property
    def gathered(self) -> bool:
        """Too small still, and no note says why: no session can be planned for it."""
        return self.members < size.SMALLEST and not self.size_note


def create(
    session: Session,
    name: str,
    *,
    now: datetime,
    purpose: str = "",
    members: Collection[int] = (),
    facilitators: Collection[int] = (),
    note: str = "",
) -> LearningSet:
    """A new set; without members it is being gathered.

    Raises SetNameTaken, BadSetName, PurposeTooLong, NoteTooLong, TooFew, TooMany.
    """
    note = size.note_for(None, len(set(members)), kept="", given=note_checked(note))
    learning_set = LearningSet(
        name=name_checked(name), purpose=purpose_checked(purpose), size_note=note, created_at=now
    )
    try:
        with session.begin_nested():
            session.add(learning_set)
    except IntegrityError as error:
        raise SetNameTaken from error
    _insert(session, learning_set.id, members, now)
    for one in sorted(set(facilitators)):
        insert_facilitator(session, learning_set.id, one)
    return learning_set


def named(session: Session, name: str) -> LearningSet:
    """Raises NoSuchSet, BadSetName."""
    found = session.scalar(select(LearningSet).where(LearningSet.name == name_checked(name)))
    if found is None:
        raise NoSuchSet
    return found


def locked(session: Session, set_id: int) -> LearningSet:
    """The set, which nobody else changes before this transaction ends. Raises NoSuchSet.

    Whoever posts to it or plans for it meanwhile need not wait.
    """
    found = session.get(
        LearningSet, set_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if found is None:
        raise NoSuchSet
    return found


def add_member(session: Session, set_id: int, member_id: int, *, now: datetime) -> None:
    """Does nothing for whoever is in the set already. Raises NoSuchSet, TooMany."""
    change_members(session, set_id, add=(member_id,), now=now)


def remove_member(session: Session, set_id: int, member_id: int, *, note: str = "") -> None:
    """From now on the member sees and hears nothing of what was posted to the set.

    What they wrote in it stays theirs: they can correct and withdraw it for ever. Raises NoSuchSet,
    TooFew.
    """
    one = locked(session, set_id)
    _resize(session, one, members_of(session, set_id) - {member_id}, note)
    _remove(session, set_id, member_id)


def change_members(
    session: Session,
    set_id: int,
    *,
    add: Collection[int] = (),
    remove: Collection[int] = (),
    note: str = "",
    now: datetime,
) -> None:
    """Puts some into a set and takes others out. Raises NoSuchSet, NoteTooLong, TooFew, TooMany."""
    one = locked(session, set_id)
    inside = members_of(session, set_id)
    after = (inside - set(remove)) | set(add)
    _resize(session, one, after, note)
    _insert(session, set_id, after - inside, now)
    for gone in sorted(inside - after):
        _remove(session, set_id, gone)


def _resize(session: Session, one: LearningSet, after: frozenset[int], note: str) -> None:
    before = members_of(session, one.id)
    note = size.note_for(len(before), len(after), kept=one.size_note, given=note_checked(note))
    if (note, after) != (one.size_note, before):
        one.size_note = note
        one.edition += 1


def _insert(session: Session, set_id: int, members: Collection[int], now: datetime) -> None:
    rows = [{"set_id": set_id, "member_id": one, "joined_at": now} for one in sorted(set(members))]
    insert_new(session, SetMember, rows, SetMember.member_id)


def _remove(session: Session, set_id: int, member_id: int) -> None:
    session.execute(
        delete(SetMember).where(SetMember.set_id == set_id, SetMember.member_id == member_id)
    )
    if member_id not in facilitators_of(session, set_id):
        followers.leave_set(session, set_id, member_id)


def add_facilitator(session: Session, set_id: int, member_id: int) -> None:
    """From now on they may look after the set. Raises NoSuchSet."""
    one = locked(session, set_id)
    if insert_facilitator(session, set_id, member_id):
        one.edition += 1


def insert_facilitator(session: Session, set_id: int, member_id: int) -> bool:
    row = {"set_id": set_id, "member_id": member_id}
    return bool(insert_new(session, SetFacilitator, [row], SetFacilitator.member_id))


def remove_facilitator(session: Session, set_id: int, member_id: int, *, now: datetime) -> None:
    """Where nobody facilitates the set any more, its members and the administrators are told.

    Raises NoSuchSet.
    """
    one = locked(session, set_id)
    before = facilitators_of(session, set_id)
    if member_id not in before:
        return
    one.edition += 1
    delete_facilitator(session, set_id, member_id)
    if before == {member_id}:
        needing.tell(session, one.name, members_of(session, set_id), without=member_id, now=now)


def delete_facilitator(session: Session, set_id: int, member_id: int) -> None:
    session.execute(
        delete(SetFacilitator).where(
            SetFacilitator.set_id == set_id, SetFacilitator.member_id == member_id
        )
    )
    if member_id not in members_of(session, set_id):
        followers.leave_set(session, set_id, member_id)


def leave(session: Session, member_id: int, *, now: datetime) -> None:
    """Before a member is deleted: those sets that nobody facilitates then are told of.

    The sets stay, whatever their size is then. They are locked in the order of their ids, before
    any of what was posted to them.
    """
    leads = _ids(session, SetFacilitator, member_id)
    for set_id in sorted(leads | _ids(session, SetMember, member_id)):
        one = locked(session, set_id)
        one.edition += 1
        if facilitators_of(session, set_id) == {member_id}:
            inside = members_of(session, set_id)
            needing.tell(session, one.name, inside, without=member_id, now=now)
    session.flush()


def facilitates(session: Session, member_id: int, set_id: int) -> bool:
    """Whether they may look after that set: its facilitators, and administrators."""
    theirs = exists().where(SetFacilitator.set_id == set_id, SetFacilitator.member_id == member_id)
    runs = exists().where(Member.id == member_id, Member.role == Role.ADMINISTRATOR)
    there = exists().where(LearningSet.id == set_id)
    return session.scalar(select(there & (theirs | runs))) is True


def facilitators_of(session: Session, set_id: int) -> frozenset[int]:
    return frozenset(
        session.scalars(select(SetFacilitator.member_id).where(SetFacilitator.set_id == set_id))
    )


def facilitated_by(session: Session, member_id: int) -> tuple[SetView, ...]:
    """The sets that a member facilitates, by name."""
    inside = select(SetFacilitator.set_id).where(SetFacilitator.member_id == member_id)
    return _shown(session, _views().where(LearningSet.id.in_(inside)))


def listed(session: Session) -> tuple[SetView, ...]:
    """All sets by name."""
    return _shown(session, _views())


def sets_of(session: Session, member_id: int) -> tuple[SetView, ...]:
    """The sets that a member is in, by name."""
    inside = select(SetMember.set_id).where(SetMember.member_id == member_id)
    return _shown(session, _views().where(LearningSet.id.in_(inside)))


def view(session: Session, set_id: int) -> SetView | None:
    return next(iter(_shown(session, _views().where(LearningSet.id == set_id))), None)


def members_of(session: Session, set_id: int) -> frozenset[int]:
    return frozenset(session.scalars(select(SetMember.member_id).where(SetMember.set_id == set_id)))


def rooms_of(session: Session, member_id: int) -> frozenset[int]:
    """The sets in whose room a member is: those they are in and those they facilitate."""
    return _ids(session, SetMember, member_id) | _ids(session, SetFacilitator, member_id)


def viewer(session: Session, member: Member) -> Viewer:
    """A member as challenges know them, to be used in this transaction only.

    Whoever facilitates a set is in its room too. In a write, nobody can take them out of a set
    before it ends (PostgreSQL: their rows are locked for sharing; SQLite has one writer).
    """
    inside = _ids(session, SetMember, member.id, locking=True)
    theirs = _ids(session, SetFacilitator, member.id, locking=True)
    return Viewer(
        member.id, inside | theirs, moderates=member.role in _MODERATES, facilitates=theirs
    )


def _ids(
    session: Session,
    table: type[SetMember | SetFacilitator],
    member_id: int,
    *,
    locking: bool = False,
) -> frozenset[int]:
    ids = select(table.set_id).where(table.member_id == member_id)
    return frozenset(session.scalars(ids.with_for_update(read=True) if locking else ids))


def _views() -> Select[int, str, int, str, str, int, int]:
    """Sets by name, each with how many are in it and how many facilitate it."""
    inside, leading = (
        select(func.count())
        .where(table.set_id == LearningSet.id)
        .correlate(LearningSet)
        .scalar_subquery()
        for table in (SetMember, SetFacilitator)
    )
    return select(
        LearningSet.id,
        LearningSet.name,
        inside,
        LearningSet.purpose,
        LearningSet.size_note,
        LearningSet.edition,
        leading,
    ).order_by(LearningSet.name)


def _shown(
    session: Session, question: Select[int, str, int, str, str, int, int]
) -> tuple[SetView, ...]:
    return tuple(SetView(*row) for row in session.execute(question))
