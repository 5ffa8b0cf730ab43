"""A challenge that nobody replied to for a week: what a moderator does about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.challenges import errors, gate, telling
from bot.challenges.entry_notices import Pointed
from bot.challenges.gate import Viewer
from bot.challenges.models import Challenge, SettledGap
from knowledge import entries
from knowledge.database import insert_new


def link(session: Session, viewer: Viewer, code: str, entry_id: str, *, now: datetime) -> None:
    """That entry may answer it: its author is told, once. Nothing where somebody was quicker.

    Raises NoSuchChallenge, IsWithdrawn, NotYours.
    """
    challenge = _open(session, viewer, code)
    found = entries.entry(session, entry_id)
    if found is not None and _settle(session, challenge, found.id, now=now):
        telling.tell(session, challenge, Pointed(found.id, found.problem), now=now)


def let_be(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """Nothing is done about it; it is shown no more. Raises as `link` does."""
    _settle(session, _open(session, viewer, code), None, now=now)


def _open(session: Session, viewer: Viewer, code: str) -> Challenge:
    if not viewer.moderates:
        raise errors.NotYours
    return gate.joined(session, viewer, code)


def _settle(session: Session, challenge: Challenge, entry_id: str | None, *, now: datetime) -> bool:
    row = {"challenge_id": challenge.id, "entry_id": entry_id, "settled_at": now}
    return bool(insert_new(session, SettledGap, [row], SettledGap.challenge_id))
