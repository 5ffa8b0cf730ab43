"""Taking a decision back: the entry is again as it was before it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from knowledge import state
from knowledge.curation import merging, revisions
from knowledge.curation.changes import held, put
from knowledge.curation.revisions import Act, RevisionKind, RevisionView, Saved
from knowledge.errors import EntryUnknown, RevisionSuperseded

_ALONE = {RevisionKind.PROPOSED, RevisionKind.PARTED}
"""A draft's beginning (it is rejected instead), and the undoing of a merge (merge again)."""


def undo(session: Session, revision_id: int, *, by: str, now: datetime, why: str = "") -> Saved:
    """Take one change back. A merge comes apart whatever was edited since; any other change must be
    the entry's last (`changes.restore` goes further back).

    Raises RevisionUnknown and RevisionSuperseded.
    """
    state.hold(session)
    one = revisions.revision(session, revision_id)
    act = Act(by, why, now)
    if one.kind in (RevisionKind.MERGED, RevisionKind.JOINED):
        return _part(session, one, act)
    if one.before is None or one.kind in _ALONE or not revisions.is_latest(session, one):
        raise RevisionSuperseded(revision_id=revision_id)
    current = held(session, one.entry_id)
    return put(session, one.entry_id, RevisionKind.UNDONE, current, one.before, act)


def _part(session: Session, one: RevisionView, act: Act) -> Saved:
    gone, stayed = one.entry_id, str(one.other_id)
    if one.kind is RevisionKind.JOINED:
        gone, stayed = stayed, gone
    try:
        return merging.unmerge(session, gone, stayed, act)
    except EntryUnknown as error:
        raise RevisionSuperseded(revision_id=one.id) from error
