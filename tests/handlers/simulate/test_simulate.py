"""Short simulations of the real code: every promise kept, and each rule missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.nudges.thermostat import THERMOSTAT, Thermostat
from handlers.simulate import check
from handlers.simulate.check import Counts
from handlers.simulate.people import SILENT, Temper
from handlers.simulate.run import Size, run
from knowledge.database import Database

LIVELY = Temper(answers=0.5, finishes=0.7, mutes=0.05, stops=0.03, leaves=0.005)
ANSWERS_ALL = Temper(answers=1, finishes=0.4, mutes=0, stops=0, leaves=0)
EASTER = Size(
    days=28,
    sets=2,
    members=12,
    outage_days=1,
    seed=3,
    begins=datetime(2026, 3, 16, 6, tzinfo=UTC),
    weeks=1,
    tempers=(LIVELY, LIVELY, SILENT),
)
"""Four weeks with a session each, in which the clocks change and two bank holidays fall."""


@pytest.fixture
def empty(sqlite_templates: dict[bool, Path], tmp_path: Path) -> Database:
    file = tmp_path / "simulated.db"
    file.write_bytes(sqlite_templates[False].read_bytes())
    return Database(f"sqlite:///{file}")


def played(database: Database, size: Size, rules: Thermostat = THERMOSTAT) -> Counts:
    try:
        return check.count(run(database, size, rules))
    finally:
        database.close()


def without(rule: str) -> Thermostat:
    rules = vars(THERMOSTAT) | {rule: False}
    return Thermostat(**rules)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_promise_is_kept_whatever_the_seed(empty: Database, seed: int) -> None:
    counts = played(empty, Size(days=45, sets=3, members=24, outage_days=2, seed=seed))
    assert counts.faults == ()
    assert counts.sent > 40
    assert counts.merged > 0
    assert counts.dropped["too_late"] > 0


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("quiet_hours", "in quiet hours"),
        ("weekends", "in quiet hours"),
        ("mutes", "in quiet hours"),
        ("bank_holidays", "on bank holidays"),
        ("weekly_limit", "over limit"),
        ("slow_down", "over limit"),
        ("merging", "over limit"),
        ("uselessness", "stale sent"),
        ("stops", "due"),  # what leaves for them all the same is lost: the sum fits no more
    ],
)
def test_without_a_rule_its_count_rises(empty: Database, rule: str, fault: str) -> None:
    counts = played(empty, EASTER, without(rule))
    assert [found for found in counts.faults if found.startswith(fault)]


def test_without_an_end_of_reminders_there_are_too_many(empty: Database) -> None:
    slow = replace(EASTER, days=56, tempers=(LIVELY, SILENT))  # time for a third reminder
    counts = played(empty, slow, without("reminders"))
    assert [found for found in counts.faults if found.startswith("over limit")]
