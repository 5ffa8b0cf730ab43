"""`als sets`: made, filled, listed and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.database import Database
from tests.handlers.als import Als


@pytest.fixture
def als(stocked: Database, tmp_path: Path) -> Als:
    als = Als(tmp_path, DATABASE_URL=stocked.url.render_as_string(hide_password=False))
    for name in ("Asha", "Ben"):
        als("members", "invite", name)
    return als


def listed(als: Als) -> object:
    return json.loads(als("sets", "list", "--json").out)


def test_a_set_is_made_filled_and_listed(als: Als) -> None:
    made = als("sets", "create", "Town centres", "--member", "Asha")
    assert made.out == "Made the set Town centres with 1 member.\n"
    assert als("sets", "add", "Town centres", "Ben", "Asha").out == (
        "Town centres has 2 members now.\n"
    )
    assert listed(als) == [{"name": "Town centres", "members": 2}]
    als("sets", "remove", "Town centres", "Ben")
    assert listed(als) == [{"name": "Town centres", "members": 1}]
    assert "Town centres" in als("sets", "list").out


def test_what_cannot_be_done_with_sets_is_one_line_and_changes_nothing(als: Als) -> None:
    assert "no member" in als("sets", "create", "Town centres", "--member", "Nobody").refusal
    assert listed(als) == []
    als("sets", "create", "Town centres")
    assert "already" in als("sets", "create", "Town centres").refusal
    assert "no set" in als("sets", "add", "Other", "Asha").refusal
    assert "between 1 and 120" in als("sets", "create", " ").refusal
