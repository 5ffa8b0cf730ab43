"""`als sets`: made, filled, listed, suggested and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.database import Database
from tests.handlers.als import Als

PEOPLE = [f"Member {number:02}" for number in range(14)]


@pytest.fixture
def als(stocked: Database, tmp_path: Path) -> Als:
    als = Als(tmp_path, DATABASE_URL=stocked.url.render_as_string(hide_password=False))
    rows = [f"{name},{'head' if number % 2 else 'officer'}\n" for number, name in enumerate(PEOPLE)]
    (tmp_path / "people.csv").write_text("name,job\n" + "".join(rows))
    als("members", "import", "people.csv")
    return als


def listed(als: Als) -> object:
    return json.loads(als("sets", "list", "--json").out)


def test_a_set_is_made_filled_changed_and_shown(als: Als) -> None:
    made = als("sets", "create", "Town centres", "--purpose", "Empty shops")
    assert made.out == "Made the set Town centres with 0 members.\n"
    assert als("sets", "add", "Town centres", *PEOPLE[:5]).out == (
        "Town centres has 5 members now. It is being gathered: no session can be planned for it "
        "before it has 6 members, or a note says why it is small.\n"
    )
    assert (
        als("sets", "add", "Town centres", *PEOPLE[4:7]).out == "Town centres has 7 members now.\n"
    )
    assert als("sets", "facilitator", "Town centres", PEOPLE[13]).out == (
        f"Town centres is facilitated by {PEOPLE[13]}.\n"
    )
    als("sets", "remove", "Town centres", PEOPLE[0])
    assert als("sets", "edit", "Town centres", "--name", "High streets").code == 0
    assert listed(als) == [{"name": "High streets", "members": 6, "facilitators": 1}]
    shown = json.loads(als("sets", "show", "High streets", "--json").out)
    assert shown["purpose"] == "Empty shops"
    assert (shown["members"], shown["facilitators"]) == (PEOPLE[1:7], [PEOPLE[13]])
    assert als("sets", "facilitator", "High streets", PEOPLE[13], "--remove").out == (
        "High streets needs a facilitator.\n"
    )


def test_what_cannot_be_done_with_sets_is_one_line_and_changes_nothing(als: Als) -> None:
    assert "no member" in als("sets", "create", "Town centres", "--member", "Nobody").refusal
    few = ("sets", "create", "Town centres", "--member", PEOPLE[0])
    assert "at least 6" in als(*few).refusal
    assert listed(als) == []
    assert als(*few, "--note", "a pilot").out == "Made the set Town centres with 1 member.\n"
    assert "already" in als("sets", "create", "Town centres").refusal
    assert "no set" in als("sets", "add", "Other", PEOPLE[0]).refusal
    assert "at most 12" in als("sets", "add", "Town centres", *PEOPLE[1:]).refusal
    assert "between 1 and 120" in als("sets", "create", " ").refusal
    assert "no set" in als("sets", "show", "Other").refusal


def test_sets_are_suggested_moved_about_in_a_file_and_made(als: Als, tmp_path: Path) -> None:
    assert als("sets", "suggest").code == 2
    looked = als("sets", "suggest", "--all", "--out", "proposal.csv")
    assert (looked.code, looked.err) == (0, "")
    assert "Set 1: 7 members (no theme in common; 2 roles" in looked.out
    assert "Nothing is made yet" in looked.out
    assert listed(als) == []
    proposal = (tmp_path / "proposal.csv").read_text(encoding="utf-8-sig")
    first = next(line for line in proposal.splitlines() if line.startswith("Set 1,"))
    moved = proposal.replace(first, first.replace("Set 1,", "Set 2,"))
    (tmp_path / "proposal.csv").write_text(moved)
    made = als("sets", "suggest", "--from", "proposal.csv", "--facilitator", PEOPLE[0])
    assert made.out.endswith("Made 2 sets.\n")
    assert listed(als) == [
        {"name": "Set 1", "members": 6, "facilitators": 1},
        {"name": "Set 2", "members": 8, "facilitators": 1},
    ]
    assert "already" in als("sets", "suggest", "--from", "proposal.csv").refusal


def test_people_of_a_file_are_seated_and_must_be_members_before_the_sets_are_made(
    als: Als, tmp_path: Path
) -> None:
    rows = "".join(f"New {number},Skills,Wales\n" for number in range(9))
    (tmp_path / "new.csv").write_text("name,job,nation\n" + rows)
    found = json.loads(als("sets", "suggest", "--csv", "new.csv", "--json").out)
    (only,) = found["sets"]
    assert len(only["members"]) == 9
    assert only["members"][0]["nation"] == "WLS"
    assert "is no member yet" in als("sets", "suggest", "--csv", "new.csv", "--confirm").refusal
    (tmp_path / "few.csv").write_text("name\nNew 1\n")
    assert "at least 6" in als("sets", "suggest", "--csv", "few.csv").refusal
    (tmp_path / "odd.json").write_text("[]")
    assert "no proposal" in als("sets", "suggest", "--from", "odd.json").refusal
    assert listed(als) == []
