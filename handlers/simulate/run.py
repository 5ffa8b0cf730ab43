"""The loop: from one moment to the next, whatever the clocks do."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.nudges.thermostat import THERMOSTAT, Thermostat
from bot.rules import Rules
from handlers.simulate import behaviour, organising, world
from handlers.simulate.behaviour import Saying
from handlers.simulate.chances import Outage
from handlers.simulate.channel import Reached
from handlers.simulate.check import Log
from handlers.simulate.observed import Observed, dropped
from handlers.simulate.organising import Organised
from handlers.simulate.people import BUSY, KEEN, SILENT, Person, Temper
from handlers.simulate.promises import Promises
from handlers.simulate.rest import HOME
from handlers.simulate.watch import Watch
from handlers.simulate.world import Circle
from knowledge.database import Database

GRID = timedelta(seconds=30)
"""The worker of a simulation looks at such steps, where there is anything to look for."""


@dataclass(frozen=True)
class Size:
    """What is simulated. `weeks` are between two sessions of a set."""

    days: int = 365
    sets: int = 40
    members: int = 360
    outage_days: float = 3
    seed: int = 1
    begins: datetime = world.BEGINS
    weeks: int = 4
    tempers: Sequence[Temper] = (KEEN, BUSY, BUSY, SILENT)


@dataclass(frozen=True)
class _Says:
    person: Person
    said: Saying


_Act = _Says | Organised


class _Run:
    def __init__(self, database: Database, size: Size, rules: Thermostat) -> None:
        self._dice = random.Random(size.seed)  # noqa: S311 - a game
        self._numbers = itertools.count()
        self._database = database
        self._begins = size.begins
        self._end = size.begins + timedelta(days=size.days)
        self._outage = _outage(size, self._dice)
        self._promises = Promises()
        self._acts: list[tuple[datetime, int, _Act]] = []
        self._people = world.people(size.members, size.tempers, self._dice)
        self._by_address = {one.address: one for one in self._people}
        self._observed = Observed(database, Rules(nudging=rules), self._begins)
        self._watch = Watch(database, HOME, rules)
        self._circles = self._settle(size)
        self._of: dict[int, Circle] = {
            one.member_id: circle for circle in self._circles for one in circle.people
        }

    def _settle(self, size: Size) -> Sequence[Circle]:
        now = self._begins
        with self._database.writing() as session:
            circles = world.settle(session, self._people, size.sets, now=now)
            for circle in circles:
                days = world.days(size.weeks, self._dice, now=now, until=self._end)
                for one in world.plan_sessions(
                    session, circle, days, self._promises, self._dice, now=now
                ):
                    for at, what in organising.around(circle, one, self._dice):
                        self._later(at, what)
        return circles

    def go(self) -> Log:
        self._watch.look_at_all(
            now=self._begins, member_ids=[one.member_id for one in self._people]
        )
        self._watch.post()
        while True:
            tick = self._next_tick()
            act = self._acts[0][0] if self._acts else self._end
            moment = min(tick, act)
            if moment >= self._end:
                break
            self._observed.now = moment
            if act <= tick:
                self._act(heapq.heappop(self._acts)[2])
            else:
                self._tick()
        return self._log()

    def _next_tick(self) -> datetime:
        """On the grid, after the latest, and not while nothing works."""
        wanted = max(self._watch.next_moment() or self._end, self._observed.now)
        steps = -((self._begins - wanted) // GRID)
        at = self._begins + steps * GRID
        if at <= self._observed.now and self._ticked_at == at:
            at += GRID
        return self._outage.over(at)

    _ticked_at: datetime | None = None

    def _tick(self) -> None:
        now = self._ticked_at = self._observed.now
        if now == self._outage.ends and self._outage.begins < now:
            self._observed.start()
        ripe = {one for one, at in self._watch.ripe.items() if at <= now}
        reached = self._observed.tick()
        for message in reached:
            self._hears(message)
        if self._watch.is_old(now):
            self._watch.look_at_all(now=now)
        else:
            self._watch.look(ripe | self._ids(reached), now=now)
        self._watch.post()

    def _ids(self, reached: Sequence[Reached]) -> set[int]:
        return {self._by_address[one.address].member_id for one in reached}

    def _hears(self, message: Reached) -> None:
        person = self._by_address[message.address]
        for at, said in behaviour.about(person, message, self._dice):
            self._later(at, _Says(person, said))

    def _act(self, act: _Act) -> None:
        now = self._observed.now
        match act:
            case _Says(person, said):
                if person.left_at is None:
                    self._says(person, said)
            case Organised():
                with self._database.writing() as session:
                    organising.organise(session, act, self._promises, self._dice, now=now)
                self._watch.look([one.member_id for one in act.circle.people], now=now)
        self._watch.post()

    def _says(self, person: Person, said: Saying) -> None:
        now = self._observed.now
        first = len(self._observed.reached)
        answers = self._observed.says(person, said)
        if person.left_at is not None:
            self._watch.left(person.member_id)
            return
        following = behaviour.next_step(person, said, answers, self._dice, now)
        if following is not None:
            self._later(following[0], _Says(person, following[1]))
        for message in self._observed.reached[first:]:
            if message.address != person.address:
                self._hears(message)
        self._watch.look([person.member_id], now=now)

    def _later(self, at: datetime, act: _Act) -> None:
        """Nobody does anything while nothing works; then they come one after the other."""
        if self._outage.over(at) != at:
            at = self._outage.ends + (at - self._outage.begins) / 100
        heapq.heappush(self._acts, (at, next(self._numbers), act))

    def _log(self) -> Log:
        self._watch.close(now=self._end)
        return Log(
            self._watch.plan.all,
            self._observed.reached,
            self._people,
            self._promises,
            {**self._watch.dropped, **dropped(self._database)},
            self._outage,
            self._end,
        )


def _outage(size: Size, dice: random.Random) -> Outage:
    """Somewhere in the middle half."""
    days = size.days * (0.25 + dice.random() / 2)
    begins = size.begins + timedelta(minutes=int(days * 24 * 60))
    return Outage(begins, begins + timedelta(days=size.outage_days))


def run(database: Database, size: Size, rules: Thermostat = THERMOSTAT) -> Log:
    """Plays it all on an empty, migrated database."""
    return _Run(database, size, rules).go()
