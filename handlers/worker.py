"""The worker: APScheduler calls `tick` and nothing else."""

from __future__ import annotations

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from bot.app import Network
from handlers import clock

EVERY_SECONDS = 2

log = structlog.get_logger("handlers.worker")


def start(network: Network) -> BackgroundScheduler:
    """A worker inside this process; call `shutdown` on what it returns."""
    scheduler = BackgroundScheduler(timezone="UTC")
    _plan(scheduler, network)
    scheduler.start()
    return scheduler


def run(network: Network) -> None:
    """A worker that is this process, until it is interrupted."""
    scheduler = BlockingScheduler(timezone="UTC")
    _plan(scheduler, network)
    scheduler.start()


def _plan(scheduler: BaseScheduler, network: Network) -> None:
    scheduler.add_job(
        tick,
        "interval",
        args=(network,),
        seconds=EVERY_SECONDS,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )


def tick(network: Network) -> None:
    try:
        network.tick(clock.now())
    except Exception as error:  # the loop must outlive a database that is away for a while
        log.error("tick_failed", error=type(error).__name__)
