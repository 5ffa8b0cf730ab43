"""What moderators do with a draft: change it, publish it, merge it, turn it down.

Whoever took part hears once that it is published. Two moderators at once come one after the other:
the second is told that it is settled, or that it reads otherwise now.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot import attribution, entry_words, members
from bot.challenges import published
from bot.challenges.errors import ChallengeError
from bot.harvest import Harvest
from bot.learning_sets import commitments
from bot.wording import review as wording
from knowledge import entries, state
from knowledge.curation import drafts
from knowledge.curation.content import Content, Edit, SolutionText, content
from knowledge.curation.identities import MarkedText, in_neutral_words, marked
from knowledge.curation.revisions import Clash
from knowledge.errors import DraftUnknown, EntriesAreOne, EntryUnfit, EntryUnknown
from knowledge.models import EntryStatus
from knowledge.redaction import find_identifiers

PROBLEM = "problem"
"""The part of a draft that is no solution."""


class DraftSettled(ChallengeError):
    """The draft waits no more."""

    def __init__(self) -> None:
        super().__init__(wording.DRAFT_SETTLED)


class DraftChanged(ChallengeError):
    """The draft reads otherwise than what the moderator saw."""

    def __init__(self, wrote: str = "") -> None:
        super().__init__(wording.draft_changed(wrote))


class NothingToMergeInto(ChallengeError):
    """The entry that a draft was to join is gone."""

    def __init__(self) -> None:
        super().__init__(wording.NOTHING_TO_MERGE_INTO)


class DraftUnfit(ChallengeError):
    """A draft without words, or without a solution."""

    def __init__(self) -> None:
        super().__init__(wording.DRAFT_UNFIT)


@dataclass(frozen=True)
class Wish:
    """What a moderator saw, and who they are: `member_id` is known on this floor only."""

    entry_id: str
    seen: str
    member_id: int


def found_in(session: Session, said: Content) -> tuple[MarkedText, ...]:
    """What in a draft may give somebody away, members being known by their names."""
    return marked(said, members.all_names(session))


def publish(session: Session, wish: Wish, *, neutral: bool, now: datetime) -> None:
    """Makes a draft public as it was seen, or with all neutral wordings in it.

    Raises DraftSettled, DraftChanged.
    """
    by = attribution.voice(session, wish.member_id)
    seen = _neutral(session, wish, by, now=now) if neutral else wish.seen
    try:
        done = drafts.publish(session, wish.entry_id, seen=seen, by=by, now=now)
    except DraftUnknown as error:
        raise DraftSettled from error
    if isinstance(done, Clash):
        raise DraftChanged
    _tell(session, wish.entry_id, done.entry_id, now=now)


def merge(session: Session, wish: Wish, into: str, *, neutral: bool, now: datetime) -> None:
    """The draft's new solutions join an entry that says the same.

    Raises DraftSettled, DraftChanged, NothingToMergeInto.
    """
    by = attribution.voice(session, wish.member_id)
    if neutral:
        _neutral(session, wish, by, now=now)
    else:
        _seen(session, wish)
    try:
        done = drafts.merge_into(session, wish.entry_id, into, by=by, now=now)
    except DraftUnknown as error:
        raise DraftSettled from error
    except (EntryUnknown, EntriesAreOne) as error:
        raise NothingToMergeInto from error
    attribution.took_part(session, done.entry_id, attribution.in_entry(session, wish.entry_id))
    _tell(session, wish.entry_id, done.entry_id, now=now)


def reject(session: Session, wish: Wish, why: str, *, now: datetime) -> None:
    """Turns a draft down for good. Raises DraftSettled."""
    by = attribution.voice(session, wish.member_id)
    try:
        drafts.reject(session, wish.entry_id, by=by, why=why, now=now)
    except DraftUnknown as error:
        raise DraftSettled from error
    session.execute(
        update(Harvest).where(Harvest.entry_id == wish.entry_id).values(rejected_at=now)
    )


def reword(session: Session, wish: Wish, part: str, words: str, *, now: datetime) -> None:
    """Lets one part of a draft say something else: `PROBLEM`, or a solution by its id.

    Without words the solution is left out. Raises DraftSettled, DraftChanged, DraftUnfit.
    """
    before = _seen(session, wish, wrote=words)
    edit = Edit.of(before)
    if part == PROBLEM:
        edit = replace(edit, problem=words)
    else:
        edit = replace(edit, solutions=tuple(_reworded(edit.solutions, part, words)))
    _write(session, wish, edit, attribution.voice(session, wish.member_id), now=now)


def _reworded(solutions: Collection[SolutionText], part: str, words: str) -> list[SolutionText]:
    changed = (
        replace(one, text=words) if str(one.id) == part else one
        for one in solutions
        if words or str(one.id) != part
    )
    return list(changed)


def _neutral(session: Session, wish: Wish, by: str, *, now: datetime) -> str:
    """The draft's version with every neutral wording that was proposed."""
    before, names = _seen(session, wish), members.all_names(session)

    def neutral(text: str) -> str:
        return in_neutral_words(text, find_identifiers(text, names))

    edit = Edit.of(before)
    edit = replace(
        edit,
        problem=neutral(edit.problem),
        solutions=tuple(replace(one, text=neutral(one.text)) for one in edit.solutions),
        source=neutral(edit.source),
    )
    return _write(session, wish, edit, by, now=now)


def _write(session: Session, wish: Wish, edit: Edit, by: str, *, now: datetime) -> str:
    if not edit.solutions:
        raise DraftUnfit
    try:
        saved = drafts.edit_draft(session, wish.entry_id, edit, seen=wish.seen, by=by, now=now)
    except DraftUnknown as error:
        raise DraftSettled from error
    except EntryUnfit as error:
        raise DraftUnfit from error
    if isinstance(saved, Clash):
        raise DraftChanged
    return saved.version


def _seen(session: Session, wish: Wish, wrote: str = "") -> Content:
    """The draft as the moderator saw it, and as it stays until commit."""
    state.hold(session)
    found = content(session, wish.entry_id)
    if found is None or found.status is not EntryStatus.DRAFT:
        raise DraftSettled
    if found.version != wish.seen:
        raise DraftChanged(wrote)
    return found


def _tell(session: Session, draft_id: str, entry_id: str, *, now: datetime) -> None:
    """Counts what was reported meanwhile, and tells those who took part."""
    commitments.count_told(session, entry_words.replies_in(session, draft_id))
    view = entries.entry(session, entry_id)
    if view is not None:
        published.tell(session, entry_id, view.problem, now=now)
