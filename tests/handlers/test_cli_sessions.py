"""`als sets sessions|plan|move|cancel|attendance|calendar`, as the real command."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from handlers import clock
from knowledge.database import Database
from tests.bot.learning_sets.meeting import Room, room
from tests.handlers.als import Als


@pytest.fixture
def here(stocked: Database) -> Room:
    return room(stocked, clock.now())


@pytest.fixture
def als(here: Room, tmp_path: Path) -> Als:
    url = here.database.url.render_as_string(hide_password=False)
    return Als(tmp_path, DATABASE_URL=url, SECRET_KEY="s" * 32)


def listed(als: Als) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(als("sets", "sessions", "North", "--json").out)
    return found


def test_a_set_is_planned_for_and_its_sessions_are_moved_cancelled_and_counted(
    als: Als, here: Room
) -> None:
    monday = clock.now().date() + timedelta(days=7 - clock.now().weekday())
    first = ("sets", "plan", "North", "--on", monday.isoformat(), "--at", "2pm")
    out = als(*first, "--every", "1", "--times", "3", "--keep", "--place", "Town Hall").out
    assert out.count("14:00 to 16:00. Town Hall") == 3
    one, two, three = (str(row["code"]) for row in listed(als))
    assert "Library" in als("sets", "move", two, "--at", "15:00", "--place", "Library").out
    assert als("sets", "cancel", three).out == f"Cancelled: {three}.\n"
    assert als("sets", "cancel", three).out == f"{three} was cancelled already.\n"
    rows = listed(als)
    assert [(row["at"], row["place"], row["cancelled"], row["edition"]) for row in rows] == [
        ("14:00", "Town Hall", False, 1),
        ("15:00", "Library", False, 2),
        ("14:00", "Town Hall", True, 2),
    ]
    assert rows[0]["came"] is None
    assert "not begun" in als("sets", "attendance", one, "--present", "Asha North").refusal
    grid = json.loads(als("sets", "attendance", one, "--json").out)
    assert [row["name"] for row in grid] == ["Asha", "Ben", "Chloe"]
    assert len(here.waiting(here.members[0])) == 1  # all that was changed before it left is in it


def test_what_cannot_be_done_with_sessions_is_one_line_and_changes_nothing(als: Als) -> None:
    def plan(*more: str) -> str:
        return als("sets", "plan", "North", *more).refusal

    assert "April has 30 days" in plan("--on", "31 April", "--at", "10")
    assert "has passed" in plan("--on", "1/1/2020", "--at", "10")
    assert "cannot read that as a time" in plan("--on", "tomorrow", "--at", "soon")
    assert "clocks go forward" in plan("--on", "28/3/2027", "--at", "1:30")
    year = clock.now().year + 1
    on = ("--on", f"{year}-12-25", "--at", "10", "--every", "1", "--times", "2")
    away = plan(*on)
    assert "25 December" in away
    assert "--leave-out" in away
    assert "no such session" in als("sets", "cancel", "A2A").refusal
    assert "no set" in als("sets", "sessions", "Elsewhere").refusal
    assert listed(als) == []


def test_a_calendars_address_is_shown_and_renewed(als: Als) -> None:
    first = als("sets", "calendar", "Asha North").out
    assert first.startswith("http://127.0.0.1:8000/calendar/")
    assert als("sets", "calendar", "Asha North").out == first
    assert als("sets", "calendar", "Asha North", "--renew").out != first
