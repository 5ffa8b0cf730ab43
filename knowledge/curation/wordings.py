"""The wordings of a merged entry, brought to the other and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, delete, select, update
from sqlalchemy.orm import Session

from knowledge.models import Entry, LoweredWording, Phrase, PhraseOrigin, PhraseProposal
from knowledge.phrases import key
from knowledge.redirects import Moved
from knowledge.text import normalise, words


@dataclass(frozen=True)
class Brought:
    """As in `redirects.Moved`."""

    phrases: tuple[int, ...]
    proposals: tuple[int, ...]
    lowered: tuple[str, ...]
    raised: tuple[str, ...]


def bring(session: Session, entry_id: str, into: str) -> Brought:
    """Teach the other entry all that this one is called; the problem becomes a phrase."""
    phrases = _bring_phrases(session, entry_id, into)
    known = _keys(session, into)
    return Brought(
        phrases,
        _bring_proposals(session, entry_id, into, known),
        _bring_lowered(session, entry_id, into, known),
        _raise(session, into, known),
    )


def take_back(
    session: Session, entry_id: str, moved: Moved, hops: Sequence[tuple[str, Moved]]
) -> None:
    """Undo `bring`, at each entry that the wordings have been brought to since."""
    brought = [number for _, hop in hops for number in hop.phrases]
    phrases = session.scalars(select(Phrase).where(Phrase.id.in_(brought))).all()
    through_it = {key(phrase.text) for phrase in phrases if phrase.id in moved.phrases}
    for phrase in phrases:  # the others on the way had those wordings through this entry alone
        if key(phrase.text) in through_it:
            session.delete(phrase)
    for other_id, hop in hops:
        lowered = set(hop.lowered) & set(moved.lowered)
        session.execute(delete(LoweredWording).where(_wordings(other_id, lowered)))
    first = hops[0][0]
    session.add_all(LoweredWording(entry_id=first, key=one) for one in moved.raised)
    session.execute(
        update(PhraseProposal)
        .where(PhraseProposal.id.in_(moved.proposals))
        .values(entry_id=entry_id)
    )
    session.flush()


def _bring_phrases(session: Session, entry_id: str, into: str) -> tuple[int, ...]:
    known = _keys(session, into)
    said = [(session.scalar(_problem(entry_id)) or "", PhraseOrigin.MODERATOR)]
    said += [(row.text, row.origin) for row in session.execute(_phrases(entry_id))]
    added: list[Phrase] = []
    for text, origin in said:
        if words(normalise(text)) and key(text) not in known:
            known.add(key(text))
            added.append(Phrase(entry_id=into, text=text, origin=origin))
    session.add_all(added)
    session.flush()
    return tuple(phrase.id for phrase in added)


def _bring_proposals(
    session: Session, entry_id: str, into: str, known: set[str]
) -> tuple[int, ...]:
    there = set(session.scalars(select(PhraseProposal.key).where(PhraseProposal.entry_id == into)))
    ids = session.scalars(
        select(PhraseProposal.id).where(
            PhraseProposal.entry_id == entry_id,
            PhraseProposal.rejected_at.is_(None),
            PhraseProposal.key.not_in(known | there),
        )
    ).all()
    session.execute(update(PhraseProposal).where(PhraseProposal.id.in_(ids)).values(entry_id=into))
    return tuple(ids)


def _bring_lowered(session: Session, entry_id: str, into: str, known: set[str]) -> tuple[str, ...]:
    """What the one does not answer, the other does not: unless it is called that."""
    new = _lowered(session, entry_id) - _lowered(session, into) - known
    session.add_all(LoweredWording(entry_id=into, key=one) for one in new)
    session.flush()
    return tuple(sorted(new))


def _raise(session: Session, into: str, known: set[str]) -> tuple[str, ...]:
    """What the entry is called now, it is no longer held back for."""
    held_back = _lowered(session, into) & known
    session.execute(delete(LoweredWording).where(_wordings(into, held_back)))
    return tuple(sorted(held_back))


def _keys(session: Session, entry_id: str) -> set[str]:
    said = [row.text for row in session.execute(_phrases(entry_id))]
    return {key(text) for text in (session.scalar(_problem(entry_id)) or "", *said)}


def _lowered(session: Session, entry_id: str) -> set[str]:
    return set(
        session.scalars(select(LoweredWording.key).where(LoweredWording.entry_id == entry_id))
    )


def _wordings(entry_id: str, keys: set[str]) -> ColumnElement[bool]:
    return and_(LoweredWording.entry_id == entry_id, LoweredWording.key.in_(keys))


def _problem(entry_id: str) -> Select[str]:
    return select(Entry.problem).where(Entry.id == entry_id)


def _phrases(entry_id: str) -> Select[str, PhraseOrigin]:
    return select(Phrase.text, Phrase.origin).where(Phrase.entry_id == entry_id).order_by(Phrase.id)
