"""Two workers that tick at the same moments, in processes of their own: nothing goes out twice."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from bot.app import Network
from bot.delivery import Delivery
from bot.learning_sets.sessions import SetSession
from bot.messages import Channel
from bot.rules import Rules
from handlers.simulate import world
from handlers.simulate.channel import Provider
from handlers.simulate.people import KEEN
from handlers.simulate.promises import Promises
from knowledge.database import Database
from knowledge.search import Engine
from tests.handlers.simulate.dice import dice

BEGINS = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
"""A Monday."""


def test_two_workers_at_once_send_nothing_twice(database: Database) -> None:
    if database.url.get_backend_name() == "sqlite":
        return  # one writer there, and a file: PostgreSQL is where two can meet
    moments = _set_up(database)
    url = database.url.render_as_string(hide_password=False)
    spawning = multiprocessing.get_context("spawn")
    together = spawning.Barrier(2)
    pipes = [spawning.Pipe(duplex=False) for _ in range(2)]
    workers = [
        spawning.Process(target=_works, args=(url, moments, together, told)) for _, told in pipes
    ]
    for worker in workers:
        worker.start()
    refs = [ref for heard, _ in pipes for ref in heard.recv()]
    for worker in workers:
        worker.join()

    assert len(refs) > 2 * 18, "an invitation, a reminder the day before, some an hour before"
    assert [ref for ref, times in Counter(refs).items() if times > 1] == []


def _set_up(database: Database) -> list[datetime]:
    """Moments at which something is due."""
    with database.writing() as session:
        people = world.people(18, (KEEN,), dice())
        for one in people:
            one.channel, one.quiet, one.limit = Channel.SLACK, world.USUAL_QUIET, 5
        planned: list[SetSession] = []
        for circle in world.settle(session, people, 2, now=BEGINS):
            days = [(BEGINS + timedelta(days=1)).date()]
            planned += world.plan_sessions(session, circle, days, Promises(), dice(), now=BEGINS)
        before = [one.starts - timedelta(hours=1) for one in planned]
    return [BEGINS, BEGINS + timedelta(minutes=90), *sorted(before)]


def _works(url: str, moments: Sequence[datetime], together: Barrier, told: Connection) -> None:
    """A worker: ticks at each moment when the other does, and tells what its provider took."""
    refs: list[str] = []

    def took(delivery: Delivery) -> None:
        refs.append(f"{delivery.address} {delivery.content.choices} {delivery.part}")

    database = Database(url)
    network = Network(database, Engine(None), {Channel.SLACK: Provider(took)}, Rules())
    for now in moments:
        together.wait(30)
        network.tick(now)
    told.send(refs)
    told.close()
    database.close()
