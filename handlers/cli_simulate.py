"""`als simulate`: months of a made-up network in minutes, and whether every promise was kept."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from bot.settings import read_settings
from handlers import logs
from handlers.cli import Refused, out
from handlers.simulate.check import Counts


def register(app: typer.Typer) -> None:
    app.command()(simulate)


def simulate(
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long, from March 2026 on.")] = 365,
    sets: Annotated[int, typer.Option(min=1, max=1000, help="Action learning sets.")] = 40,
    members: Annotated[int, typer.Option(min=1, max=20000, help="Members in them.")] = 360,
    outage_days: Annotated[
        float, typer.Option(min=0, max=60, help="Days in the middle in which nothing works.")
    ] = 3,
    seed: Annotated[int, typer.Option(help="Another seed, other people.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Play a made-up network with the real code and a clock that is told."""
    from handlers.simulate import check, report
    from handlers.simulate.run import Size, run
    from handlers.simulate.world import database

    logs.configure(read_settings(None).log_format)
    if members < sets:
        raise Refused("Every set needs at least one member.")
    began = time.monotonic()
    with database() as empty:
        counts = check.count(run(empty, Size(days, sets, members, outage_days, seed)))
    seconds = time.monotonic() - began
    if as_json:
        sys.stdout.write(report.as_json(counts, seconds) + "\n")
    else:
        out.print(report.as_table(counts))
    judge(counts)


def judge(counts: Counts) -> None:
    """Raises Refused where a promise was not kept."""
    if counts.faults:
        raise Refused(f"Not every promise was kept: {'; '.join(counts.faults)}.")
