"""Write-ups: what a set agreed to share of a session, and how it goes on to the moderators.

"The set agrees" takes two things: whoever facilitates says that it did, and nobody who was there
asks within three days to keep it. They are asked once, in the words that would go. Changed words
are asked about anew. Whoever asks to keep it is not noted, and may still do so later, until a
moderator has published it. The session is locked first, its write-up next, the knowledge last.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from bot import habits, interests, members, outbox
from bot.challenges.models import MOST_THEMES, Challenge, ChallengeTheme
from bot.delivery import Recipient
from bot.interests import NOTHING_SAID
from bot.learning_sets import agenda, session_gate
from bot.learning_sets import session_errors as errors
from bot.learning_sets.seats import Seat
from bot.learning_sets.sessions import SetSession, WriteUp
from bot.learning_sets.sets import LearningSet, SetFacilitator
from bot.members import Member
from bot.messages import Choice, Text, clean
from bot.quiet import notice_time
from bot.wording import write_ups as wording
from knowledge.curation import drafts
from knowledge.entries import NewEntry
from knowledge.text import normalise

OBJECTING = timedelta(days=3)
"""How long those who were there may ask to keep it, from when the last of them is asked."""
LONGEST_REST = timedelta(days=7)
"""How long the asking waits for those who rest: a week covers every run of holidays."""
LONGEST_PART = 3_000
BY = "bot"

_BULLET = re.compile(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s*")


@dataclass(frozen=True)
class Said:
    """What a facilitator writes: `agreed` says that the set lets it be sent on."""

    explored: str
    ideas: str
    agreed: bool = False


def of(session: Session, session_id: int) -> WriteUp | None:
    return session.get(WriteUp, session_id)


def write(
    session: Session, by: int | None, code: str, said: Said, *, seen: int, now: datetime
) -> WriteUp:
    """The write-up as it is from now on; `seen` is the edition its writer saw, 0 for none.

    Raises NoSuchSession, NotYourSet, IsCancelled, NotYetBegun, WriteUpUnfit, AlreadySentOn,
    ChangedMeanwhile.
    """
    one = session_gate.facilitated(session, by, code)
    if not one.planned:
        raise errors.IsCancelled(code=one.code)
    if one.starts > now:
        raise errors.NotYetBegun(code=one.code)
    said = _fitted(said)
    row = _locked(session, WriteUp.session_id == one.id)
    _stands(one, row, said, seen)
    if row is None:
        row = WriteUp(session_id=one.id, edition=0)
        session.add(row)
    changed = (row.explored, row.ideas) != (said.explored, said.ideas)
    row.explored, row.ideas = said.explored, said.ideas
    row.edition, row.written_at = row.edition + 1, now
    _send_or_keep(session, one, row, agreed=said.agreed and bool(said.ideas), anew=changed, now=now)
    session.flush()
    return row


def _stands(one: SetSession, row: WriteUp | None, said: Said, seen: int) -> None:
    if row is not None and row.sent_on_at is not None:
        raise errors.AlreadySentOn(code=one.code)
    if (row.edition if row is not None else 0) != seen:
        theirs = f"“{row.explored}” Ideas: “{row.ideas}”" if row is not None else "empty."
        mine = f"“{said.explored}” Ideas: “{said.ideas}”"
        raise errors.ChangedMeanwhile(code=one.code, theirs=theirs, mine=mine)


def _fitted(said: Said) -> Said:
    explored, ideas = (clean(text).strip() for text in (said.explored, said.ideas))
    if not normalise(explored) or max(len(explored), len(ideas)) > LONGEST_PART:
        raise errors.WriteUpUnfit(longest=LONGEST_PART)
    return Said(explored, ideas, said.agreed)


def _send_or_keep(
    session: Session, one: SetSession, row: WriteUp, *, agreed: bool, anew: bool, now: datetime
) -> None:
    if not agreed:
        row.sends_at = None
    elif anew or (row.sends_at is None and row.kept_at is None):
        row.kept_at = None
        row.sends_at = now + OBJECTING
        row.sends_at = _ask(session, one, row, now=now) + OBJECTING


def _ask(session: Session, one: SetSession, row: WriteUp, *, now: datetime) -> datetime:
    """Asks those who were there. When the last of them is asked."""
    there = session.scalars(
        select(Seat.member_id)
        .join(Member, Member.id == Seat.member_id)
        .where(Seat.session_id == one.id, _was_there(), Member.stopped_at.is_(None))
    ).all()
    reached, zone = members.addresses(session, there), ZoneInfo(one.zone)
    dues = _dues(session, reached, zone, now)
    # Whoever wants quiet for longer than that may still keep it later, until it is published.
    last = max((due for due in dues.values() if due <= now + LONGEST_REST), default=now)
    until = (last + OBJECTING).astimezone(zone)
    name = session.get_one(LearningSet, one.set_id).name
    told = wording.would_go(name, one.code, row.explored, row.ideas, until)
    content = Text(told, (Choice(wording.KEEP_IN_SET, f"keep-in-set:{one.code}"),))
    for member_id, due in dues.items():
        to = Recipient(*reached[member_id], member_id=member_id)
        outbox.enqueue(session, (content,), to, now=now, due=due)
    return last


def _dues(
    session: Session, member_ids: Collection[int], zone: ZoneInfo, now: datetime
) -> dict[int, datetime]:
    """When each may be told."""
    said, facts = habits.of(session, member_ids), interests.facts(session, member_ids)
    return {
        one: notice_time(now, said[one], zone, muted_until=facts.get(one, NOTHING_SAID).muted_until)
        for one in member_ids
    }


def _was_there() -> ColumnElement[bool]:
    """Where nobody took attendance, everybody invited may have been."""
    other = Seat.__table__.alias()
    taken = (
        select(func.count())
        .select_from(other)
        .where(other.c.session_id == Seat.session_id, other.c.attended.is_not(None))
        .correlate(Seat.__table__)
        .scalar_subquery()
    )
    return Seat.attended.is_(True) | (taken == 0)


def keep(session: Session, member_id: int, code: str, *, now: datetime) -> bool:
    """Somebody who was there asks to keep it: a draft that is not published goes too.

    False where it stays in the set already. Raises NoSuchSession.
    """
    one = session_gate.seen(session, member_id, code)
    mine = select(Seat.member_id).where(
        Seat.session_id == one.id, Seat.member_id == member_id, _was_there()
    )
    row = _locked(session, WriteUp.session_id == one.id)
    if row is None or row.sends_at is None or session.scalar(mine) is None:
        return False
    row.sends_at, row.kept_at = None, now
    if row.sent_on_at is not None:
        for number in range(1, len(parts(row)) + 1):
            drafts.withdraw_draft(session, _origin(one.code, number))
    _tell_facilitators(session, one, now=now)
    session.flush()
    return True


def _tell_facilitators(session: Session, one: SetSession, *, now: datetime) -> None:
    ids = session.scalars(
        select(SetFacilitator.member_id).where(SetFacilitator.set_id == one.set_id)
    ).all()
    reached = members.addresses(session, ids)
    dues = _dues(session, reached, ZoneInfo(one.zone), now)
    name = session.get_one(LearningSet, one.set_id).name
    content = Text(wording.somebody_keeps(name, one.code))
    for member_id, (channel, address) in reached.items():
        to = Recipient(channel, address, member_id=member_id)
        outbox.enqueue(session, (content,), to, now=now, due=dues[member_id])


def due(session: Session, *, now: datetime) -> tuple[int, ...]:
    """Sessions whose write-up goes now."""
    return tuple(session.scalars(select(WriteUp.session_id).where(_is_due(now))))


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(WriteUp.sends_at <= now, WriteUp.sent_on_at.is_(None), WriteUp.kept_at.is_(None))


def send_on(session: Session, session_id: int, *, now: datetime) -> tuple[str, ...]:
    """Makes the drafts of one write-up. The ids of their entries; none where nothing is due."""
    row = _locked(session, WriteUp.session_id == session_id, _is_due(now), skip=True)
    if row is None:
        return ()
    one = session.get_one(SetSession, session_id)
    themes = _themes(session, session_id)
    made = [
        drafts.propose_draft(
            session,
            NewEntry(problem, ideas, themes, source=wording.SOURCE, source_date=one.starts_on),
            origin=_origin(one.code, number),
            by=BY,
            now=now,
        )
        for number, (problem, ideas) in enumerate(parts(row), 1)
    ]
    row.sent_on_at = now
    session.flush()
    return tuple(one.entry_id for one in made)


def parts(row: WriteUp) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Problems with their ideas. Where both have as many paragraphs, each belongs to its own."""
    problems, ideas = _paragraphs(row.explored), _paragraphs(row.ideas)
    if len(problems) != len(ideas):
        problems, ideas = [row.explored], [row.ideas]
    return tuple(
        (" ".join(problem.split()), _lines(offered))
        for problem, offered in zip(problems, ideas, strict=True)
    )


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", text) if normalise(part)]


def _lines(text: str) -> tuple[str, ...]:
    lines = (" ".join(_BULLET.sub("", line).split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if normalise(line)))


def _themes(session: Session, session_id: int) -> tuple[str, ...]:
    """Those of the challenges that were picked."""
    issues = agenda.issues(session, (session_id,)).get(session_id, ())
    codes = [issue.code for issue in issues if issue.picked]
    themes = session.scalars(
        select(ChallengeTheme.theme_id)
        .join(Challenge, Challenge.id == ChallengeTheme.challenge_id)
        .where(Challenge.code.in_(codes))
        .distinct()
        .order_by(ChallengeTheme.theme_id)
        .limit(MOST_THEMES)
    )
    return tuple(themes)


def _origin(code: str, number: int) -> str:
    return f"session:{code}:{number}"


def _locked(session: Session, *which: ColumnElement[bool], skip: bool = False) -> WriteUp | None:
    return session.scalar(
        select(WriteUp)
        .where(*which)
        .with_for_update(skip_locked=skip)
        .execution_options(populate_existing=True)
    )
