"""`als serve` from an empty folder to Ctrl+C, twice, as a stranger would."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
import requests

from knowledge.database import Database
from tests.handlers.als import Als, Outcome, Running, free_port

READY = "stop it with Ctrl+C"


def get(address: str) -> requests.Response:
    return requests.get(address, timeout=30)


def ended_well(outcome: Outcome) -> bool:
    return outcome.code == 0 and "Traceback" not in outcome.err and "Stopped." in outcome.err


def links(running: Running) -> dict[str, str]:
    """The sign-in links that follow the address, by whom they are for."""
    told = running.out_until("moderator:")
    return dict(re.findall(r"^  (Sample \w+):\s+(\S+)$", told, re.MULTILINE))


@pytest.fixture
def als(tmp_path: Path) -> Als:
    return Als(tmp_path, PORT=free_port())


def test_the_first_start_makes_everything_and_the_second_keeps_it_and_tells_no_links(
    als: Als,
) -> None:
    with als.running("serve") as bot:
        told = bot.out_until(READY)
        assert "WhatsApp" in told
        assert "no TWILIO_ACCOUNT_SID" in told
        (address,) = re.findall(r"The bot is at (\S+)", told)
        first = links(bot)
        assert list(first) == ["Sample officer", "Sample facilitator", "Sample moderator"]
        assert get(f"{address}/healthz").text == "alive\n"
        assert get(f"{address}/readyz").json()["ready"] is True
        assert get(f"{address}/").status_code == 200
        assert "als_inbox_waiting 0.0" in get(f"{address}/metrics").text
        for _ in range(2):  # looking at a link does not spend it
            assert get(first["Sample officer"]).status_code == 200
        stopped = bot.stop(signal.SIGTERM)
    assert ended_well(stopped)
    assert "Loaded 25 entries" in stopped.err
    assert (als.folder / "var" / "secret.key").stat().st_mode & 0o777 == 0o600

    with als.running("serve", "--host", "0.0.0.0") as bot:  # noqa: S104
        again = bot.out_until(READY)
        assert get(first["Sample officer"]).status_code == 200
        taken = als("serve").refusal
        assert "cannot be used" in taken
        assert "PORT=" in taken
        stopped = bot.stop(signal.SIGINT)
    assert ended_well(stopped)
    assert "Loaded" not in stopped.err
    assert "sign-in" not in again + stopped.out  # told on this machine alone


@pytest.mark.parametrize("make_database", ["postgresql"], indirect=True)
def test_a_server_database_needs_a_key_before_anything_is_told(als: Als, stocked: Database) -> None:
    address = stocked.url.render_as_string(hide_password=False)
    refusal = als("serve", DATABASE_URL=address).refusal
    assert refusal.startswith("SECRET_KEY is missing")


@pytest.mark.parametrize("make_database", ["sqlite"], indirect=True)
def test_the_worker_ends_cleanly(als: Als, stocked: Database) -> None:
    with als.running("worker", DATABASE_URL=f"sqlite:///{stocked.url.database}") as worker:
        worker.err_until("The worker is running")
        assert ended_well(worker.stop(signal.SIGTERM))
