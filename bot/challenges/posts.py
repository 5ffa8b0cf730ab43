"""Posting a challenge, and editing it: the author's own words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from bot import attribution, quotes
from bot.challenges import circle, errors, fit, gate, telling
from bot.challenges.codes import new_code
from bot.challenges.gate import Viewer
from bot.challenges.models import (
    LONGEST_CONTEXT,
    LONGEST_PROBLEM,
    LONGEST_TRIED,
    Challenge,
    ChallengeState,
    ChallengeTheme,
    ChallengeWords,
    Visibility,
)
from bot.challenges.notices import Edited
from bot.challenges.routing import Routing
from knowledge.database import insert_new


@dataclass(frozen=True)
class NewChallenge:
    """What an author would post. `set_id` None: the whole network may see it."""

    problem: str
    context: str = ""
    tried: str = ""
    themes: tuple[str, ...] = ()
    set_id: int | None = None
    named: bool = False


@dataclass(frozen=True)
class _Told:
    problem: str
    context: str
    tried: str
    themes: tuple[str, ...]


def post(
    session: Session,
    viewer: Viewer,
    new: NewChallenge,
    *,
    key: str,
    routing: Routing,
    now: datetime,
) -> str:
    """Posts a challenge and asks the first peers. Its code.

    `key` is the same when the same message comes again; then nothing happens twice. Raises Unfit,
    NotInSet.
    """
    digest = hashlib.sha256(f"{viewer.member_id}:{key}".encode()).hexdigest()
    _one_at_a_time(session, digest)
    known = _posted(session, digest)
    if known is not None:
        return known
    told = _fitted(session, new)
    if new.set_id is not None and new.set_id not in viewer.sets:
        raise errors.NotInSet
    challenge = _kept(session, new, now=now)
    author = attribution.speaker(session, challenge.id, viewer.member_id, named=new.named)
    session.add(
        ChallengeWords(
            challenge_id=challenge.id,
            participant_id=author.id,
            key=digest,
            problem=told.problem,
            context=told.context,
            tried=told.tried,
        )
    )
    session.flush()
    _stand_under(session, challenge.id, told.themes)
    circle.begin(session, challenge, routing, now=now)
    return challenge.code


def edit(session: Session, viewer: Viewer, code: str, new: NewChallenge, *, now: datetime) -> None:
    """Changes the words and themes of an open challenge; who may see it, and its author's name in
    it, stay. Whoever follows it is told, where anything changed.

    Raises NoSuchChallenge, NotYours, WrongState, Unfit.
    """
    challenge = gate.own(session, viewer, code)
    if challenge.state is not ChallengeState.OPEN:
        raise errors.state_of(challenge)
    told = _fitted(session, new)
    words = session.get_one(ChallengeWords, challenge.id, populate_existing=True)
    if told == _told(session, words):
        return
    words.problem, words.context, words.tried = told.problem, told.context, told.tried
    words.edited_at = now
    challenge.changes += 1
    session.execute(delete(ChallengeTheme).where(ChallengeTheme.challenge_id == challenge.id))
    _stand_under(session, challenge.id, told.themes)
    # What still waits to be sent would show the old words.
    quotes.take_back(session, words.participant_id, attribution.THE_CHALLENGE)
    telling.tell(session, challenge, Edited(challenge.changes, words.participant_id), now=now)


def _one_at_a_time(session: Session, digest: str) -> None:
    """A second process with the same message waits here for the first."""
    if session.get_bind().dialect.name == "postgresql":
        key = int(digest[:15], 16)
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _posted(session: Session, digest: str) -> str | None:
    return session.scalar(
        select(Challenge.code)
        .join(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .where(ChallengeWords.key == digest)
    )


def _fitted(session: Session, new: NewChallenge) -> _Told:
    return _Told(
        fit.needed(new.problem, "problem", LONGEST_PROBLEM),
        fit.optional(new.context, "context", LONGEST_CONTEXT),
        fit.optional(new.tried, "tried", LONGEST_TRIED),
        tuple(sorted(fit.themes(session, new.themes))),
    )


def _told(session: Session, words: ChallengeWords) -> _Told:
    themes = session.scalars(
        select(ChallengeTheme.theme_id).where(ChallengeTheme.challenge_id == words.challenge_id)
    )
    return _Told(words.problem, words.context, words.tried, tuple(sorted(themes)))


def _kept(session: Session, new: NewChallenge, *, now: datetime) -> Challenge:
    challenge = Challenge(
        id=attribution.open_thread(session).id,
        code=new_code(session),
        state=ChallengeState.OPEN,
        visibility=Visibility.NETWORK if new.set_id is None else Visibility.SET,
        set_id=new.set_id,
        posted_at=now,
        changes=0,
    )
    session.add(challenge)
    session.flush()
    return challenge


def _stand_under(session: Session, challenge_id: int, themes: tuple[str, ...]) -> None:
    rows = [{"challenge_id": challenge_id, "theme_id": theme_id} for theme_id in themes]
    insert_new(session, ChallengeTheme, rows, ChallengeTheme.theme_id)
