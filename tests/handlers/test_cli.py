"""The `als` command as people and scripts run it."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from knowledge.database import Database
from tests.handlers.als import Als
from tests.schema import counts

BOARD = "how do i get the board to actualy engage"


@pytest.fixture
def als(tmp_path: Path, sqlite_templates: dict[bool, Path]) -> Als:
    """On a database with the starter knowledge, where it is by default."""
    (tmp_path / "var").mkdir()
    shutil.copyfile(sqlite_templates[True], tmp_path / "var" / "network.db")
    return Als(tmp_path)


def test_the_database_is_asked_for_and_made_and_then_answers(tmp_path: Path) -> None:
    als = Als(tmp_path)
    assert "als db upgrade" in als("ask", BOARD).refusal
    assert als("db", "upgrade").code == 0
    answered = als("ask", BOARD, "--json")
    assert (answered.code, answered.err) == (0, "")
    found = json.loads(answered.out)
    assert found["decision"] == "answer"
    best = found["matches"][0]
    assert best["id"] == "partnership-board"
    assert len(best["solutions"]) == 6
    assert best.keys() == {"id", "problem", "theme", "score", "solutions", "why"}
    again = als("db", "upgrade")
    assert (again.code, "Loaded" in again.err) == (0, False)


def test_asking_prints_the_card_and_records_nothing(als: Als) -> None:
    answered = als("ask", "how do we measure perception?")
    assert (answered.code, answered.err) == (0, "")
    assert "perception" in answered.out
    assert "\n  5. " in answered.out
    database = Database(f"sqlite:///{als.folder}/var/network.db")
    kept = counts(database)
    database.close()
    assert {kept[table] for table in ("question", "inbox_message", "delivery", "member")} == {0}


def test_any_text_may_be_asked(als: Als) -> None:
    text = "[/red] [bold] " + "x" * 20_000 + os.fsdecode(b" \xff\xfe board")
    answered = als("ask", text, "--json")
    assert (answered.code, answered.err) == (0, "")
    assert json.loads(answered.out)["decision"] in {"suggest", "miss"}


@pytest.mark.parametrize("make_database", ["postgresql"], indirect=True)
def test_members_are_invited_listed_and_given_a_role(stocked: Database, tmp_path: Path) -> None:
    als = Als(tmp_path, DATABASE_URL=stocked.url.render_as_string(hide_password=False))
    invited = als("members", "invite", "Asha [/b] O’Neill", "--role", "facilitator")
    assert re.search(r"join [2-9A-Z]{8}\n", invited.out)
    assert "14 days" in invited.out
    assert als("members", "role", "Asha [/b] O’Neill", "moderator").code == 0
    assert als("members", "invite", "Asha [/b] O’Neill", "--role", "officer").code == 0
    assert json.loads(als("members", "list", "--json").out) == [
        {"name": "Asha [/b] O’Neill", "role": "moderator", "channels": [], "stopped": False}
    ]
    assert "Asha [/b] O’Neill" in als("members", "list").out
    assert json.loads(als("ask", BOARD, "--json").out)["decision"] == "answer"


def test_what_cannot_be_done_with_members_is_one_line(als: Als) -> None:
    assert "no member" in als("members", "role", "Nobody", "moderator").refusal
    assert "between 1 and 120" in als("members", "invite", "A" * 121).refusal


def test_a_sign_in_link_is_all_that_is_printed(als: Als) -> None:
    printed = als("sign-in", "Asha", PORT="8123")
    assert (printed.code, printed.err) == (0, "")
    assert re.fullmatch(r"http://127\.0\.0\.1:8123/sign-in/[\w-]{32}\n", printed.out)


def test_whoever_may_enter_the_console_is_told_where_it_is_beside_the_link(als: Als) -> None:
    printed = als("sign-in", "Mo", "--role", "moderator", PORT="8123")
    assert printed.out.count("\n") == 1
    assert printed.err == "Once signed in, the console is at http://127.0.0.1:8123/console\n"


def test_the_doctor_says_what_is_on_and_what_is_off(als: Als) -> None:
    told = als("doctor", "--json")
    assert (told.code, told.err) == (0, "")
    assert {name: part["state"] for name, part in json.loads(told.out).items()} == {
        "database": "on",
        "matching": "on",
        "web chat": "on",
        "WhatsApp": "off",
        "Slack": "off",
    }


def test_the_doctor_ends_with_1_where_something_is_bad(tmp_path: Path) -> None:
    told = Als(tmp_path, SEMANTIC_MODEL_DIR=str(tmp_path), HOST="::1")("doctor")
    assert (told.code, told.err) == (1, "")
    for part in (
        "sqlite, empty: run: als db upgrade",
        "by words alone",
        "SEMANTIC_MODEL_DIR",
        "http://[::1]:8000",
        "no TWILIO_ACCOUNT_SID",
        "no SLACK_BOT_TOKEN",
    ):
        assert part in told.out


def test_a_command_that_is_written_wrongly_ends_with_2(tmp_path: Path) -> None:
    told = Als(tmp_path)("members", "role", "Asha", "king")
    assert (told.code, told.out) == (2, "")
    assert "Usage: als" in told.err
    assert "Traceback" not in told.err


def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TIMEZONE=Europe/Camelot\n")
    als = Als(tmp_path)
    assert als("doctor").refusal == "TIMEZONE should be a zone such as Europe/London."
    key = "Signing, signing"
    half = als("ask", "hello", SLACK_SIGNING_SECRET=key, TIMEZONE="Europe/London").refusal
    assert "SLACK_BOT_TOKEN is missing" in half
    assert key not in half


def test_the_chat_reads_lines_until_there_are_no_more(als: Als) -> None:
    lines = ("hello\n", f"{BOARD}\n", "caf\xe9 board\n", "2\n")
    latin = "".join(lines).encode("latin-1")
    talked = als("chat", "--as", "Asha", stdin=latin, PYTHONIOENCODING="utf-8")
    assert talked.code == 0
    assert talked.err == ""
    assert talked.out.count("bot>") >= 5
    assert "Chatham House" in talked.out
    assert "  6. " in talked.out
    later = als("chat", "--as", "Asha", stdin=b"my data\n\nnever read\n")
    assert "Your name: Asha" in later.out
    assert "never read" not in later.out
