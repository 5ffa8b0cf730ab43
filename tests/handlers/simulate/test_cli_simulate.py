"""`als simulate` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handlers.cli import Refused
from handlers.cli_simulate import judge
from handlers.simulate.check import Counts
from tests.handlers.als import Als

SMALL = ("--days", "30", "--sets", "1", "--members", "6", "--outage-days", "1")


def test_one_json_document_says_how_it_went(tmp_path: Path) -> None:
    played = Als(tmp_path)("simulate", *SMALL, "--seed", "5", "--json")
    found = json.loads(played.out)
    assert list(found) == [
        "due",
        "sent",
        "on_time",
        "late",
        "stale_sent",
        "duplicates",
        "in_quiet_hours",
        "on_bank_holidays",
        "over_limit",
        "merged",
        "dropped",
        "seconds",
    ]
    assert found["due"] > 0
    assert found["due"] == found["sent"] + found["merged"] + sum(found["dropped"].values())
    assert (played.code, played.err) == (0, "")
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_more_sets_than_members_are_refused(tmp_path: Path) -> None:
    played = Als(tmp_path)("simulate", "--sets", "3", "--members", "2")
    assert (played.code, played.out) == (1, "")
    assert played.err == "Every set needs at least one member.\n"


def test_a_broken_promise_is_said_in_a_line() -> None:
    with pytest.raises(Refused) as refused:
        judge(Counts(due=2, sent=1, late=1))
    assert str(refused.value) == (
        "Not every promise was kept: late: 1; due 2, but sent, merged and dropped are 1."
    )
    judge(Counts(due=2, sent=1, merged=1))
