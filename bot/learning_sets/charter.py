"""A set's charter: all that whoever makes or changes a set says of it, at once.

Its editor says which edition they saw. Where somebody else was quicker nothing is changed, and the
caller shows both versions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.learning_sets import sets, size
from bot.learning_sets.models import (
    LearningSet,
    SetFacilitator,
    SetMember,
    name_checked,
    note_checked,
    purpose_checked,
)
from bot.learning_sets.sets import NoSuchSet, SetNameTaken
from bot.learning_sets.size import SetError
from bot.members import Member


class NotYourSet(SetError):
    """Only those who facilitate the set can do that."""


class EditedMeanwhile(SetError):
    """Somebody else changed the set while you were at it, so I have changed nothing."""


class NobodyFacilitates(SetError):
    """A set needs at least one facilitator."""


@dataclass(frozen=True)
class Charter:
    """`note` says why the set is smaller or larger than usual."""

    name: str
    purpose: str = ""
    members: frozenset[int] = frozenset()
    facilitators: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Named:
    """Members found by their names. `unknown` are the lines, from 1, with what stands there."""

    ids: frozenset[int]
    unknown: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class People:
    """Those of a set by their whole names, for its form. `unnamed`: members without any name."""

    members: tuple[str, ...]
    facilitators: tuple[str, ...]
    unnamed: frozenset[int]


def found(session: Session, wanted: Charter, *, now: datetime) -> LearningSet:
    """A new set; the same charter handed in twice is one set.

    Raises NobodyFacilitates and what `sets.create` does.
    """
    wanted = _checked(wanted)
    try:
        return sets.create(
            session,
            wanted.name,
            purpose=wanted.purpose,
            members=wanted.members,
            facilitators=wanted.facilitators,
            note=wanted.note,
            now=now,
        )
    except SetNameTaken:
        there = sets.named(session, wanted.name)
        if there.edition == 1 and _of(session, there) == _fitting(wanted):
            return there
        raise


def of(session: Session, set_id: int) -> Charter:
    """As it stands. Raises NoSuchSet."""
    one = session.get(LearningSet, set_id)
    if one is None:
        raise NoSuchSet
    return _of(session, one)


def amend(
    session: Session, by: int, set_id: int, wanted: Charter, *, seen: int, now: datetime
) -> None:
    """From now on the set is like that; the same, handed in twice, is done once.

    Raises NoSuchSet, NotYourSet, EditedMeanwhile, SetNameTaken, BadSetName, PurposeTooLong,
    NoteTooLong, TooFew, TooMany, NobodyFacilitates.
    """
    one = sets.locked(session, set_id)
    if not sets.facilitates(session, by, set_id):
        raise NotYourSet
    wanted, stands = _checked(wanted), _of(session, one)
    edition, before, after = one.edition, len(stands.members), len(wanted.members)
    wanted = replace(
        wanted, note=size.note_for(before, after, kept=one.size_note, given=wanted.note)
    )
    if edition == seen + 1 and stands == wanted:
        return
    if edition != seen:
        raise EditedMeanwhile
    if stands == wanted:
        return
    _rename(session, one, wanted)
    _staff(session, one, stands, wanted, now=now)
    one.edition = edition + 1  # one change, however much is in it
    session.flush()


def _rename(session: Session, one: LearningSet, wanted: Charter) -> None:
    if one.name != wanted.name:
        taken = select(LearningSet.id).where(LearningSet.name == wanted.name)
        if session.scalar(taken) is not None:
            raise SetNameTaken
    try:
        with session.begin_nested():
            one.name, one.purpose = wanted.name, wanted.purpose
    except IntegrityError as error:  # somebody else took the name between our two looks
        raise SetNameTaken from error


def _staff(
    session: Session, one: LearningSet, stands: Charter, wanted: Charter, *, now: datetime
) -> None:
    sets.change_members(
        session,
        one.id,
        add=wanted.members - stands.members,
        remove=stands.members - wanted.members,
        note=wanted.note,
        now=now,
    )
    # Whoever comes does so before anybody goes: the set is never without.
    for new in sorted(wanted.facilitators - stands.facilitators):
        sets.add_facilitator(session, one.id, new)
    for gone in sorted(stands.facilitators - wanted.facilitators):
        sets.remove_facilitator(session, one.id, gone, now=now)


def _checked(wanted: Charter) -> Charter:
    if not wanted.facilitators:
        raise NobodyFacilitates
    return replace(
        wanted,
        name=name_checked(wanted.name),
        purpose=purpose_checked(wanted.purpose),
        note=note_checked(wanted.note),
    )


def _fitting(wanted: Charter) -> Charter:
    """As it is kept: a set of the usual size needs no note."""
    note = size.note_for(None, len(wanted.members), kept="", given=wanted.note)
    return replace(wanted, note=note)


def _of(session: Session, one: LearningSet) -> Charter:
    return Charter(
        one.name,
        one.purpose,
        sets.members_of(session, one.id),
        sets.facilitators_of(session, one.id),
        one.size_note,
    )


def people(session: Session, set_id: int) -> People:
    """Who is in a set and who facilitates it, by name."""
    inside, leading = (
        session.execute(
            select(Member.id, Member.name)
            .join(table, table.member_id == Member.id)
            .where(table.set_id == set_id)
            .order_by(Member.name, Member.id)
        ).all()
        for table in (SetMember, SetFacilitator)
    )
    return People(
        tuple(name for _, name in inside if name),
        tuple(name for _, name in leading if name),
        frozenset(member_id for member_id, name in inside if not name),
    )


def named(session: Session, lines: Sequence[str]) -> Named:
    """The members whose names stand there, one a line, in any case; empty lines are none."""
    wanted = {number: _plain(line) for number, line in enumerate(lines, 1) if line.split()}
    rows = session.execute(
        select(Member.id, Member.name).where(
            or_(
                Member.name.in_(set(wanted.values())),
                func.lower(Member.name).in_({one.lower() for one in wanted.values()}),
            )
        )
    )
    known = {_plain(name or "").casefold(): member_id for member_id, name in rows}
    return Named(
        frozenset(known[one.casefold()] for one in wanted.values() if one.casefold() in known),
        tuple((at, one) for at, one in wanted.items() if one.casefold() not in known),
    )


def _plain(line: str) -> str:
    return unicodedata.normalize("NFC", " ".join(line.split()))
