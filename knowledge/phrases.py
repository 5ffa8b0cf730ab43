"""Other wordings of a problem, learnt from use: proposed, confirmed, taught, and held against.

A wording is known by its key: case, blanks, punctuation and the shape of quotes do not count.
The id of an entry that was merged into another means the other here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge import redirects, state
from knowledge.errors import EntryUnfit, EntryUnknown, ProposalUnknown
from knowledge.models import (
    Entry,
    EntryStatus,
    LoweredWording,
    Phrase,
    PhraseOrigin,
    PhraseProposal,
)
from knowledge.text import normalise, words

LONGEST = 300
"""Characters of a phrase: a longer text is a story, and says more than one entry's problem."""


@dataclass(frozen=True)
class Proposal:
    """A wording in the review queue. `supporters` is how many members said that it helped."""

    id: int
    entry_id: str
    problem: str
    text: str
    supporters: int
    proposed_at: datetime


def key(text: str) -> str:
    """One name for all spellings of a wording that differ in nothing that counts."""
    return hashlib.sha256(" ".join(words(normalise(text))).encode("utf-8", "replace")).hexdigest()


def propose(
    session: Session, entry_id: str, text: str, *, now: datetime, supporters: int = 1
) -> int | None:
    """Put a wording in the review queue, or bring its `supporters` up to date; returns its id.

    None where there is nothing to review: the entry has the wording, or it was rejected.
    Raises EntryUnknown and EntryUnfit.
    """
    entry = _live(session, entry_id)
    entry_id = entry.id
    _check(text)
    wording = key(text)
    if _known(session, entry, wording):
        return None
    there = session.scalar(
        select(PhraseProposal).where(
            PhraseProposal.entry_id == entry_id, PhraseProposal.key == wording
        )
    )
    if there is None:
        there = PhraseProposal(
            entry_id=entry_id, key=wording, text=text, supporters=supporters, proposed_at=now
        )
        session.add(there)
    elif there.rejected_at is None:
        there.supporters = max(there.supporters, supporters)
    session.flush()
    return there.id if there.rejected_at is None else None


def support(session: Session, entry_id: str, text: str, supporters: int) -> None:
    """How many members stand behind a waiting wording now; with none left it is withdrawn."""
    proposal = session.scalar(
        select(PhraseProposal).where(
            PhraseProposal.entry_id == redirects.current_id(session, entry_id),
            PhraseProposal.key == key(text),
            PhraseProposal.rejected_at.is_(None),
        )
    )
    if proposal is None:
        return
    if supporters > 0:
        proposal.supporters = supporters
    else:
        session.delete(proposal)
    session.flush()


def waiting(session: Session) -> tuple[Proposal, ...]:
    """The review queue: those with the most supporters first, then the oldest."""
    rows = session.execute(
        select(PhraseProposal, Entry.problem)
        .join(Entry, Entry.id == PhraseProposal.entry_id)
        .where(PhraseProposal.rejected_at.is_(None), Entry.status == EntryStatus.LIVE)
        .order_by(PhraseProposal.supporters.desc(), PhraseProposal.proposed_at, PhraseProposal.id)
    )
    return tuple(
        Proposal(p.id, p.entry_id, problem, p.text, p.supporters, p.proposed_at)
        for p, problem in rows
    )


def accept(session: Session, proposal_id: int, *, now: datetime) -> None:
    """Make the wording a phrase of its entry. Raises ProposalUnknown and EntryUnknown."""
    proposal = _waiting(session, proposal_id)
    _learn(session, proposal.entry_id, proposal.text, PhraseOrigin.HELPED, now)


def reject(session: Session, proposal_id: int, *, now: datetime) -> None:
    """Take the wording out of the queue for good; its text is forgotten. Raises ProposalUnknown."""
    proposal = _waiting(session, proposal_id)
    proposal.rejected_at = now
    proposal.text = ""
    session.flush()


def teach(session: Session, entry_id: str, text: str, *, now: datetime) -> None:
    """A moderator says that this wording means the entry: learnt at once.

    Raises EntryUnknown and EntryUnfit.
    """
    _check(text)
    _learn(session, entry_id, text, PhraseOrigin.MODERATOR, now)


def lower(session: Session, entry_id: str, text: str) -> None:
    """The entry is not what this wording asks for; says nothing about any other wording.

    Raises EntryUnknown.
    """
    state.hold(session)  # so that no merge takes the entry away in between
    entry = _live(session, entry_id)
    wording = key(text)
    if session.get(LoweredWording, (entry.id, wording)) is None:
        entry.changed = state.next_version(session)
        session.add(LoweredWording(entry_id=entry.id, key=wording))
        session.flush()


def _learn(session: Session, entry_id: str, text: str, origin: PhraseOrigin, now: datetime) -> None:
    changed = state.next_version(session)
    entry = _live(session, entry_id)
    entry_id = entry.id
    wording = key(text)
    for table in (LoweredWording, PhraseProposal):
        session.execute(delete(table).where(table.entry_id == entry_id, table.key == wording))
    if not _known(session, entry, wording):
        session.add(Phrase(entry_id=entry_id, text=text.strip(), origin=origin))
    session.execute(
        update(Entry).where(Entry.id == entry_id).values(changed=changed, updated_at=now)
    )
    session.flush()


def _live(session: Session, entry_id: str) -> Entry:
    entry = session.get(Entry, redirects.current_id(session, entry_id))
    if entry is None or entry.status is not EntryStatus.LIVE:
        raise EntryUnknown(entry_id=entry_id)
    return entry


def _waiting(session: Session, proposal_id: int) -> PhraseProposal:
    proposal = session.get(PhraseProposal, proposal_id)
    if proposal is None or proposal.rejected_at is not None:
        raise ProposalUnknown(proposal_id=proposal_id)
    return proposal


def _check(text: str) -> None:
    if not words(normalise(text)):
        raise EntryUnfit(field="phrase", reason="has no words")
    if len(text) > LONGEST:
        raise EntryUnfit(field="phrase", reason=f"is longer than {LONGEST} characters")


def _known(session: Session, entry: Entry, wording: str) -> bool:
    phrases = session.scalars(select(Phrase.text).where(Phrase.entry_id == entry.id))
    return wording in {key(entry.problem), *map(key, phrases)}
