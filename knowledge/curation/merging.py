"""Two entries become one, and can be parted again.

The one that goes is retired and leads to the other (`knowledge.redirects`). Its wordings are
copied; its solutions move with their ids and their evidence, and get numbers of their own in the
other. One that the other entry has already stays behind as its twin: the voices count together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge import redirects, solutions, state
from knowledge.curation.changes import held
from knowledge.curation.content import Content, content, contents, shelve
from knowledge.curation.revisions import Act, RevisionKind, Saved, record
from knowledge.curation.wordings import Brought, bring, take_back
from knowledge.errors import EntriesAreOne, EntryUnknown
from knowledge.evidence import SolutionTwin
from knowledge.models import Entry, EntryStatus, Solution
from knowledge.phrases import key
from knowledge.redirects import EntryRedirect, Moved


def merge(
    session: Session, entry_id: str, into: str, *, by: str, now: datetime, why: str = ""
) -> Saved:
    """Merge a live entry into another, and return the other. Old ids go on working.

    `into` may itself have been merged since: then it is where that leads. Raises EntriesAreOne and
    EntryUnknown.
    """
    return join(session, entry_id, into, Act(by, why, now), status=EntryStatus.LIVE)


def join(session: Session, entry_id: str, into: str, act: Act, *, status: EntryStatus) -> Saved:
    """`merge`, for an entry of that status."""
    state.hold(session)
    into = redirects.current_id(session, into)
    if redirects.current_id(session, entry_id) == into:
        raise EntriesAreOne(entry_id=entry_id, other_id=into)
    gone, stays = held(session, entry_id), held(session, into)
    if gone.status is not status:
        raise EntryUnknown(entry_id=entry_id)
    if stays.status is not EntryStatus.LIVE:
        raise EntryUnknown(entry_id=into)
    moved = _move(session, entry_id, into, gone, stays)
    session.add(EntryRedirect(entry_id=entry_id, leads_to=into, moved=moved))
    _set_status(session, entry_id, EntryStatus.RETIRED)
    _touch(session, (entry_id, into), act)
    _record(session, entry_id, RevisionKind.MERGED, gone, act, other_id=into)
    revision_id = _record(session, into, RevisionKind.JOINED, stays, act, other_id=entry_id)
    return Saved(into, held(session, into).version, revision_id)


def unmerge(session: Session, entry_id: str, into: str, act: Act) -> Saved:
    """Part an entry from the one it was merged into, whatever has become of that one since.

    What was edited or said of a solution meanwhile goes with it. Raises EntryUnknown where they are
    not merged.
    """
    state.hold(session)
    redirect = session.get(EntryRedirect, entry_id, populate_existing=True)
    if redirect is None or redirect.leads_to != into:
        raise EntryUnknown(entry_id=entry_id)
    hops = _way(session, redirect)
    end = hops[-1].leads_to
    before = contents(session, {entry_id, end})
    moved = redirect.moved
    take_back(session, entry_id, moved, [(hop.leads_to, hop.moved) for hop in hops])
    _move_back(session, entry_id, end, moved)
    for hop in hops:
        _unshelve(session, hop.leads_to, set(hop.moved.themes) & set(moved.themes))
    session.delete(redirect)
    session.flush()
    _set_status(session, entry_id, moved.status)
    _touch(session, {entry_id, *(hop.leads_to for hop in hops)}, act)
    _record(session, end, RevisionKind.PARTED, before[end], act, other_id=entry_id)
    revision_id = _record(
        session, entry_id, RevisionKind.PARTED, before[entry_id], act, other_id=into
    )
    return Saved(entry_id, held(session, entry_id).version, revision_id)


@dataclass(frozen=True)
class _Settled:
    """Which solutions move, in order, and which stay as twins of which."""

    moving: tuple[int, ...]
    twins: dict[int, int]


def _settled(gone: Content, stays: Content) -> _Settled:
    there = {key(one.text): one.id for one in stays.shown if one.id is not None}
    moving, twins = [], {}
    for one in gone.shown:
        if one.id is None:
            continue
        twin = there.setdefault(key(one.text), one.id)
        if twin == one.id:
            moving.append(one.id)
        else:
            twins[one.id] = twin
    return _Settled(tuple(moving), twins)


def _move(session: Session, entry_id: str, into: str, gone: Content, stays: Content) -> Moved:
    settled = _settled(gone, stays)
    last = len(stays.solutions)
    _place(session, into, settled.moving, first=last)
    solutions.number_more(session, into, settled.moving)
    twins = [{"solution_id": one, "counts_for": twin} for one, twin in settled.twins.items()]
    if twins:
        session.execute(insert(SolutionTwin), twins)
    themes = tuple(theme for theme in gone.themes if theme not in stays.themes)
    shelve(session, into, (*stays.themes, *themes))
    brought: Brought = bring(session, entry_id, into)
    return Moved(
        status=gone.status,
        order=tuple(one.id for one in gone.solutions if one.id is not None),
        solutions=settled.moving,
        twins=tuple(settled.twins),
        phrases=brought.phrases,
        proposals=brought.proposals,
        lowered=brought.lowered,
        raised=brought.raised,
        themes=themes,
    )


def _move_back(session: Session, entry_id: str, end: str, moved: Moved) -> None:
    still_there = session.scalars(
        select(Solution.id).where(Solution.id.in_(moved.solutions), Solution.entry_id == end)
    ).all()
    session.execute(delete(SolutionTwin).where(SolutionTwin.solution_id.in_(moved.twins)))
    stayed = session.scalars(select(Solution.id).where(Solution.entry_id == entry_id)).all()
    mine = {*still_there, *stayed}
    _place(session, entry_id, [one for one in moved.order if one in mine], first=0)


def _place(
    session: Session, entry_id: str, ids: list[int] | tuple[int, ...], *, first: int
) -> None:
    rows = [
        {"id": one, "entry_id": entry_id, "position": position}
        for position, one in enumerate(ids, start=first)
    ]
    if rows:
        session.execute(update(Solution), rows)


def _way(session: Session, first: EntryRedirect) -> list[EntryRedirect]:
    """The steps from a merged entry to where it is now."""
    hops = [first]
    while (after := session.get(EntryRedirect, hops[-1].leads_to)) is not None:
        hops.append(after)
    return hops


def _unshelve(session: Session, entry_id: str, themes: set[str]) -> None:
    there = content(session, entry_id)
    if there is not None and themes:
        shelve(session, entry_id, [theme for theme in there.themes if theme not in themes])


def _set_status(session: Session, entry_id: str, status: EntryStatus) -> None:
    session.execute(update(Entry).where(Entry.id == entry_id).values(status=status))


def _touch(session: Session, ids: set[str] | tuple[str, ...], act: Act) -> None:
    changed = state.next_version(session)
    session.execute(
        update(Entry).where(Entry.id.in_(ids)).values(changed=changed, updated_at=act.now)
    )


def _record(
    session: Session,
    entry_id: str,
    kind: RevisionKind,
    before: Content,
    act: Act,
    *,
    other_id: str,
) -> int:
    after = held(session, entry_id)
    return record(session, entry_id, kind, before, after, act, other_id=other_id)
