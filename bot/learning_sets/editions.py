"""A set as somebody has it before them, and how it is changed: the second of two is told.

Whoever edits says which edition they saw. If the set has changed since, nothing is overwritten:
both versions are shown, and the editor decides.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.learning_sets import needing, sets, size
from bot.learning_sets.models import (
    LearningSet,
    NoSuchSet,
    SetNameTaken,
    name_checked,
    note_checked,
    purpose_checked,
)
from bot.learning_sets.size import SetError
from bot.members import Member
from bot.wording import sets as wording


@dataclass(frozen=True)
class Version:
    """All that can be said of a set; members by their ids."""

    name: str
    purpose: str = ""
    members: frozenset[int] = frozenset()
    facilitators: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """A set as it is now, and the count of its changes."""

    set_id: int
    version: Version
    edition: int


class EditedMeanwhile(SetError):
    """Somebody else has changed the set meanwhile."""

    def __init__(self, stands: Standing, yours: Version) -> None:
        super().__init__(stands.set_id)
        self.stands = stands
        self.yours = yours

    @property
    def sentence(self) -> str:
        return wording.edited_meanwhile(self.stands.version.name)


def standing(session: Session, set_id: int) -> Standing:
    """Raises NoSuchSet."""
    one = session.get(LearningSet, set_id)
    if one is None:
        raise NoSuchSet
    return _standing(session, one)


def _standing(session: Session, one: LearningSet) -> Standing:
    inside, leads = sets.members_of(session, one.id), sets.facilitators_of(session, one.id)
    version = Version(one.name, one.purpose, inside, leads, one.size_note)
    return Standing(one.id, version, one.edition)


def make(session: Session, wanted: Version, *, now: datetime) -> int:
    """A new set; its id. Members who left meanwhile are left out. Raises SetError as `create`."""
    made = sets.create(
        session,
        wanted.name,
        purpose=wanted.purpose,
        members=_still_here(session, wanted.members),
        facilitators=_still_here(session, wanted.facilitators),
        note=wanted.note,
        now=now,
    )
    return made.id


def edit(session: Session, set_id: int, wanted: Version, *, edition: int, now: datetime) -> None:
    """Makes the set so. Raises NoSuchSet, EditedMeanwhile, and SetError as `create`.

    Its name is written last: that waits for whoever is posting to the set, who must not wait for
    what is changed here.
    """
    one = sets.locked(session, set_id)
    stands = _standing(session, one)
    wanted = _fitted(session, wanted)
    if wanted == stands.version:
        return
    if one.edition != edition:
        raise EditedMeanwhile(stands, wanted)
    before = stands.version
    add, gone = wanted.members - before.members, before.members - wanted.members
    note = "" if wanted.note == before.note else wanted.note
    sets.change_members(session, set_id, add=add, remove=gone, note=note, now=now)
    for each in sorted(wanted.facilitators - before.facilitators):
        sets.insert_facilitator(session, set_id, each)
    for each in sorted(before.facilitators - wanted.facilitators):
        sets.delete_facilitator(session, set_id, each)
    if before.facilitators and not wanted.facilitators:
        (first, *_) = sorted(before.facilitators)
        needing.tell(session, one.name, wanted.members, without=first, now=now)
    _rename(session, one, wanted)
    one.edition = edition + 1


def _rename(session: Session, one: LearningSet, wanted: Version) -> None:
    try:
        with session.begin_nested():
            one.name, one.purpose = wanted.name, wanted.purpose
    except IntegrityError as error:
        raise SetNameTaken from error


def _fitted(session: Session, wanted: Version) -> Version:
    inside = _still_here(session, wanted.members)
    return replace(
        wanted,
        name=name_checked(wanted.name),
        purpose=purpose_checked(wanted.purpose),
        members=inside,
        facilitators=_still_here(session, wanted.facilitators),
        note="" if size.usual(len(inside)) else note_checked(wanted.note),
    )


def _still_here(session: Session, member_ids: Collection[int]) -> frozenset[int]:
    return frozenset(session.scalars(select(Member.id).where(Member.id.in_(member_ids))))
