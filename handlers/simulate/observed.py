"""The real network with fake providers: what people say goes in, what reaches them is noted."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import members
from bot.app import Network
from bot.delivery import Delivery, DeliveryRow, DeliveryStatus
from bot.messages import Channel, Inbound
from bot.nudges.record import Fate, NudgeRow
from bot.rules import Rules
from handlers.simulate.behaviour import Meant, Saying
from handlers.simulate.channel import Provider, Reached
from handlers.simulate.people import Person
from knowledge.database import Database
from knowledge.search import Engine

FREE_WORDS = timedelta(hours=24)
"""WhatsApp takes words of our own so long after somebody wrote, and approved ones at any time."""
AT_ONCE = timedelta(seconds=90)
"""What waited behind a knock comes so soon after its reader wrote."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Observed:
    """`reached` is all that a provider ever took, in order. `now` is what the clock shows."""

    def __init__(self, database: Database, rules: Rules, now: datetime) -> None:
        self.now = now
        self.reached: list[Reached] = []
        self._ids = itertools.count(1)
        self._wrote: dict[str, datetime] = {}
        self._knocked: set[str] = set()
        self._released: dict[str, datetime] = {}
        self._database = database
        self._rules = rules
        self.start()

    def start(self) -> None:
        """The process begins, or begins anew after an outage."""
        senders = {
            Channel.WEB: Provider(self._took),
            Channel.SLACK: Provider(self._took),
            Channel.WHATSAPP: Provider(self._took, self._whatsapp_takes),
        }
        self._network = Network(self._database, Engine(None), senders, self._rules)

    def tick(self) -> Sequence[Reached]:
        """What the worker does now. What it began that reached people."""
        first = len(self.reached)
        self._network.tick(self.now)
        self.reached[first:] = self._explained(self.reached[first:])
        return [one for one in self.reached[first:] if one.started]

    def says(self, person: Person, said: Saying) -> Sequence[Reached]:
        """Somebody writes. The answers; also notes what the world knows of them from now on."""
        first = len(self.reached)
        self._wrote[person.address] = self.now
        if person.address in self._knocked:
            self._knocked.discard(person.address)
            self._released[person.address] = self.now
        number = f"simulated-{next(self._ids)}"
        inbound = Inbound(person.channel, number, person.address, said.text, said.value)
        inbox_id = self._network.keep(inbound, now=self.now)
        self._network.handle(inbox_id, now=self.now)
        self._network.deliver(inbox_id, now=self.now)
        answers = [one for one in self.reached[first:] if one.address == person.address]
        self._note(person, said, answers)
        return answers

    def _note(self, person: Person, said: Saying, answers: Sequence[Reached]) -> None:
        person.said.append(self.now)
        if any(one.is_form for one in answers):
            person.forms.append(self.now)
        match said.meant:
            case Meant.MUTE if said.until is not None:
                person.mutes.append((self.now, said.until))
            case Meant.STOP | Meant.START:
                person.stops.append((self.now, said.meant is Meant.STOP))
            case Meant.REFUSE:
                person.refused.append((self.now, said.kind))
            case Meant.LEAVE if said.value is not None and self._is_gone(person):
                person.left_at = self.now

    def _is_gone(self, person: Person) -> bool:
        with self._database.reading() as session:
            return members.at(session, person.channel, person.address) is None

    def _whatsapp_takes(self, delivery: Delivery) -> bool:
        wrote = self._wrote.get(delivery.address, _LONG_AGO)
        return delivery.knock or self.now - wrote < FREE_WORDS

    def _took(self, delivery: Delivery) -> None:
        one = Reached(
            delivery.ref,
            delivery.part,
            delivery.id,
            delivery.channel,
            delivery.address,
            self.now,
            delivery.content,
            started=False,
            knock=delivery.knock,
        )
        self.reached.append(one)

    def _explained(self, took: Sequence[Reached]) -> Sequence[Reached]:
        """With the nudges that each carried, the first one first, and whether it was an answer."""
        if not took:
            return ()
        with self._database.reading() as session:
            started = _started(session, [one.delivery_id for one in took])
            keys = _carried(session, [one.delivery_id for one in took])
            behind = _held(session, [one.address for one in took if one.knock])
        explained = []
        for one in took:
            awaited = self.now - self._released.get(one.address, _LONG_AGO) < AT_ONCE
            found = behind.get(one.address) if one.knock else keys.get(one.delivery_id)
            explained.append(
                replace(
                    one,
                    started=one.delivery_id in started,
                    keys=tuple(found or ()),
                    awaited=awaited and one.delivery_id in started,
                )
            )
        self._knocked |= {one.address for one in took if one.knock}
        return explained


def _started(session: Session, ids: Sequence[int]) -> frozenset[int]:
    rows = select(DeliveryRow.id).where(DeliveryRow.id.in_(ids), DeliveryRow.inbox_id.is_(None))
    return frozenset(session.scalars(rows))


def _carried(session: Session, ids: Sequence[int]) -> Mapping[int, list[str]]:
    """The nudges of each of these messages, the first one first."""
    rows = session.execute(
        select(NudgeRow.delivery_id, NudgeRow.key)
        .where(NudgeRow.delivery_id.in_(ids), NudgeRow.fate != Fate.DROPPED)
        .order_by(NudgeRow.fate.desc(), NudgeRow.id)
    )
    found: dict[int, list[str]] = {}
    for delivery_id, key in rows:
        if delivery_id is not None:
            found.setdefault(delivery_id, []).append(key)
    return found


def _held(session: Session, addresses: Sequence[str]) -> Mapping[str, list[str]]:
    """The nudges that wait until somebody writes, by address; none where a notice waits too, as
    the knock may be for that.
    """
    rows = session.execute(
        select(DeliveryRow.address, NudgeRow.key)
        .outerjoin(NudgeRow, NudgeRow.delivery_id == DeliveryRow.id)
        .where(
            DeliveryRow.address.in_(addresses),
            DeliveryRow.held,
            DeliveryRow.status == DeliveryStatus.WAITING,
        )
        .order_by(NudgeRow.id)
    )
    found: dict[str, list[str | None]] = {}
    for address, key in rows:
        found.setdefault(address, []).append(key)
    return {
        address: [key for key in keys if key is not None]
        for address, keys in found.items()
        if None not in keys
    }


def dropped(database: Database) -> Mapping[str, str]:
    """Why nudges did not go, by key, as the bot noted it down."""
    with database.reading() as session:
        rows = session.execute(
            select(NudgeRow.key, NudgeRow.reason).where(NudgeRow.fate == Fate.DROPPED)
        )
        return {key: reason or "unknown" for key, reason in rows}
