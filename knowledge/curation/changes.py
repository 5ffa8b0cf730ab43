"""Changing an entry: edit, retire, bring back, restore what it said once. Each is a revision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import redirects, state
from knowledge.curation import revisions
from knowledge.curation.content import Content, Edit, SolutionText, content, edited, write
from knowledge.curation.revisions import Act, Clash, RevisionKind, Saved, record
from knowledge.errors import EntryUnknown, SolutionUnknown
from knowledge.models import EntryStatus, Solution


def edit(
    session: Session,
    entry_id: str,
    wanted: Edit,
    *,
    seen: str,
    by: str,
    now: datetime,
    why: str = "",
) -> Saved | Clash:
    """Let the entry, live or draft, say what is wanted; `seen` is the version it was made from.

    Raises EntryUnfit, EntryUnknown and ThemeUnknown.
    """
    state.hold(session)
    before = held(session, entry_id)
    if before.version != seen or redirects.current_id(session, entry_id) != entry_id:
        return clash(session, entry_id, before, wanted)
    if before.status is EntryStatus.RETIRED:
        raise EntryUnknown(entry_id=entry_id)
    after = edited(session, before, wanted)
    return put(session, entry_id, RevisionKind.EDITED, before, after, Act(by, why, now))


def retire(session: Session, entry_id: str, *, by: str, why: str, now: datetime) -> Saved:
    """Take a live entry out of what is found. Raises EntryUnknown."""
    state.hold(session)
    before = _with_status(session, entry_id, EntryStatus.LIVE)
    after = replace(before, status=EntryStatus.RETIRED)
    return put(session, entry_id, RevisionKind.RETIRED, before, after, Act(by, why, now))


def bring_back(session: Session, entry_id: str, *, by: str, now: datetime, why: str = "") -> Saved:
    """Make an entry live again that a moderator retired.

    Raises EntryUnknown, also for a merged entry and for a rejected draft: those are undone.
    """
    state.hold(session)
    before = _with_status(session, entry_id, EntryStatus.RETIRED)
    _check_apart(session, entry_id)
    if revisions.last_of(session, entry_id, RevisionKind.RETIRED, RevisionKind.REJECTED) is (
        RevisionKind.REJECTED
    ):
        raise EntryUnknown(entry_id=entry_id)
    after = replace(before, status=EntryStatus.LIVE)
    return put(session, entry_id, RevisionKind.BROUGHT_BACK, before, after, Act(by, why, now))


def retire_solution(
    session: Session, solution_id: int, *, by: str, why: str, now: datetime
) -> Saved:
    """Show a solution no more; the rest of the entry stays. Raises SolutionUnknown."""
    return _mark(session, solution_id, Act(by, why, now), retired=True)


def bring_back_solution(
    session: Session, solution_id: int, *, by: str, now: datetime, why: str = ""
) -> Saved:
    """Show a retired solution again. Raises SolutionUnknown."""
    return _mark(session, solution_id, Act(by, why, now), retired=False)


def set_review(
    session: Session, entry_id: str, on: date | None, *, by: str, now: datetime, why: str = ""
) -> Saved:
    """When to ask next whether a live entry is still true; None is never. Raises EntryUnknown."""
    state.hold(session)
    before = _with_status(session, entry_id, EntryStatus.LIVE)
    after = replace(before, review_by=on)
    return put(session, entry_id, RevisionKind.EDITED, before, after, Act(by, why, now))


def restore(session: Session, revision_id: int, *, by: str, now: datetime, why: str = "") -> Saved:
    """Let the entry say again what it said after that change. Whether it is live stays as it is.

    Raises RevisionUnknown, and EntryUnknown for one that was merged: that is undone first.
    """
    state.hold(session)
    then = revisions.revision(session, revision_id)
    before = held(session, then.entry_id)
    _check_apart(session, then.entry_id)
    after = replace(then.after, status=before.status)
    return put(session, then.entry_id, RevisionKind.RESTORED, before, after, Act(by, why, now))


def held(session: Session, entry_id: str) -> Content:
    """What the entry says, with any status. Raises EntryUnknown."""
    found = content(session, entry_id)
    if found is None:
        raise EntryUnknown(entry_id=entry_id)
    return found


def put(
    session: Session, entry_id: str, kind: RevisionKind, before: Content, after: Content, act: Act
) -> Saved:
    """Write a change with its revision; nothing where it changes nothing."""
    if after == before:
        return Saved(entry_id, before.version, None)
    after = write(session, entry_id, after, now=act.now)
    return Saved(entry_id, after.version, record(session, entry_id, kind, before, after, act))


def clash(session: Session, entry_id: str, now_says: Content, wanted: Edit) -> Saved | Clash:
    """Somebody was quicker. No clash where they wrote the same: that was a double tap."""
    current = redirects.current_id(session, entry_id)
    if current != entry_id:
        return Clash(current, held(session, current), wanted)
    if Edit.of(now_says).says_the_same(wanted):
        return Saved(entry_id, now_says.version, None)
    return Clash(entry_id, now_says, wanted)


def _check_apart(session: Session, entry_id: str) -> None:
    """A merged entry's solutions are with the other: it comes back by undoing the merge."""
    if redirects.current_id(session, entry_id) != entry_id:
        raise EntryUnknown(entry_id=entry_id)


def _with_status(session: Session, entry_id: str, status: EntryStatus) -> Content:
    found = held(session, entry_id)
    if found.status is not status:
        raise EntryUnknown(entry_id=entry_id)
    return found


def _mark(session: Session, solution_id: int, act: Act, *, retired: bool) -> Saved:
    state.hold(session)
    entry_id = session.scalar(select(Solution.entry_id).where(Solution.id == solution_id))
    if entry_id is None:
        raise SolutionUnknown(solution_id=solution_id)
    before = held(session, entry_id)
    marked = (_marked(one, solution_id, retired=retired) for one in before.solutions)
    after = replace(before, solutions=tuple(marked))
    return put(session, entry_id, RevisionKind.EDITED, before, after, act)


def _marked(one: SolutionText, solution_id: int, *, retired: bool) -> SolutionText:
    return replace(one, retired=retired) if one.id == solution_id else one
