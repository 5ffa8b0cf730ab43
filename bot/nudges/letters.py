"""Queues what was decided: keeps each nudge once, and lays all messages into the outbox at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot import knocks, mailing, quotes
from bot.delivery import Recipient
from bot.learning_sets import digest_page
from bot.learning_sets.digest_page import DigestPage
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.shown import note_all
from bot.mailing import Letter
from bot.messages import Channel
from bot.nudges.kinds import Kind
from bot.nudges.message import message
from bot.nudges.nudge import Nudge, OfMeeting, OfThemes
from bot.nudges.people import Person
from bot.nudges.record import Fate, NudgeRow
from bot.nudges.thermostat import Decision, Drop, Send, Thermostat
from bot.quiet import allowed_until


@dataclass(frozen=True)
class _Message:
    """Nudges of one person that nobody else has decided, and the number of the first."""

    nudges: tuple[Nudge, ...]
    person: Person
    first: int


def queue(
    session: Session,
    decided: Iterable[tuple[Person, Decision]],
    *,
    now: datetime,
    rules: Thermostat,
) -> int:
    """Makes decisions so, but for what another process has decided meanwhile. How many are ours."""
    decided = list(decided)
    rows = [row for _, decision in decided for row in _rows(decision, now)]
    ours = _keep(session, rows)
    going = []
    for person, decision in decided:
        if isinstance(decision, Send):
            nudges = tuple(one for one in decision.nudges if one.key in ours)
            if nudges:
                going.append(_Message(nudges, person, ours[nudges[0].key]))
    pages = _pages(session, going, now)
    letters = [_letter(one, pages, now, rules) for one in going]
    deliveries = mailing.post(session, letters, now=now)
    _carry(session, going, deliveries, ours)
    _note_whose_words(session, going, deliveries, pages)
    return len(ours)


def _rows(decision: Decision, now: datetime) -> Sequence[dict[str, object]]:
    match decision:
        case Send(nudges):
            fates = (Fate.SENT, *(Fate.MERGED for _ in nudges[1:]))
            return [_row(one, fate, now) for one, fate in zip(nudges, fates, strict=True)]
        case Drop(nudge, reason):
            return [_row(nudge, Fate.DROPPED, now, reason)]
        case _:
            return ()


def _row(nudge: Nudge, fate: Fate, now: datetime, reason: str | None = None) -> dict[str, object]:
    return {
        "key": nudge.key,
        "member_id": nudge.member_id,
        "kind": nudge.kind.value,
        "thing": nudge.thing,
        "due_at": nudge.due,
        "useless_at": nudge.useless_at,
        "fate": fate,
        "reason": reason,
        "decided_at": now,
    }


def _keep(session: Session, rows: Sequence[dict[str, object]]) -> Mapping[str, int]:
    """The numbers of those that nobody had decided, by key."""
    if not rows:
        return {}
    kind = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    keeping = kind(NudgeRow).on_conflict_do_nothing().returning(NudgeRow.key, NudgeRow.id)
    return dict(session.execute(keeping, list(rows)).all())


def _pages(session: Session, going: Sequence[_Message], now: datetime) -> Mapping[int, DigestPage]:
    """What facilitators are told of their sessions, by session."""
    wanted = {
        nudge.about.meeting.id
        for one in going
        for nudge in one.nudges
        if nudge.kind is Kind.FACILITATOR_DIGEST and isinstance(nudge.about, OfMeeting)
    }
    if not wanted:
        return {}
    found = session.scalars(select(SetSession).where(SetSession.id.in_(wanted))).all()
    return {one.id: digest_page.page(session, one, now=now) for one in found}


def _letter(
    one: _Message, pages: Mapping[int, DigestPage], now: datetime, rules: Thermostat
) -> Letter:
    if one.person.to is None:
        raise ValueError("a nudge to nowhere is dropped")
    channel, address = one.person.to
    return Letter(
        message(one.nudges, one.first, pages, now=now),
        Recipient(channel, address, member_id=one.person.member_id),
        useless_at=_useless_at(one, now, rules),
    )


def _useless_at(one: _Message, now: datetime, rules: Thermostat) -> datetime | None:
    """When its first part is of no use, or the member is to be left in peace: then it is replanned.

    In a terminal it waits to be read, which disturbs nobody; so does what WhatsApp holds back.
    """
    until = [nudge.useless_at for nudge in one.nudges] if rules.uselessness else []
    person = one.person
    if not _waits_to_be_read(person, now):
        until.append(allowed_until(now, person.habits, person.zone, kept=rules.kept))
    return min(until, default=None)


def _waits_to_be_read(person: Person, now: datetime) -> bool:
    channel = person.to[0] if person.to is not None else None
    if channel is Channel.WHATSAPP:
        return not knocks.is_open(person.last_said, now)
    return channel is Channel.TERMINAL


def _carry(
    session: Session,
    going: Sequence[_Message],
    deliveries: Sequence[int],
    ours: Mapping[str, int],
) -> None:
    """Says which message carried which nudge."""
    carried = [
        {"id": ours[nudge.key], "delivery_id": delivery_id}
        for one, delivery_id in zip(going, deliveries, strict=True)
        for nudge in one.nudges
    ]
    if carried:
        session.execute(update(NudgeRow), carried)


def _note_whose_words(
    session: Session,
    going: Sequence[_Message],
    deliveries: Sequence[int],
    pages: Mapping[int, DigestPage],
) -> None:
    """So that words that are taken back can be taken out of what was said here."""
    quoted: dict[int, list[int]] = {}
    for one, delivery_id in zip(going, deliveries, strict=True):
        for nudge in one.nudges:
            if isinstance(nudge.about, OfThemes):
                for told in nudge.about.shown:
                    quoted.setdefault(told.participant_id, []).append(delivery_id)
            elif nudge.kind is Kind.FACILITATOR_DIGEST and isinstance(nudge.about, OfMeeting):
                page = pages.get(nudge.about.meeting.id)
                if page is not None:
                    note_all(session, (delivery_id,), page.whose)
    for participant_id, where in quoted.items():
        quotes.quote(session, where, participant_id)
