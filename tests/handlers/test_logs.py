"""Log lines: one form, and never a member's words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import pytest
import structlog

from bot import conversation
from bot.app import Network
from bot.messages import Channel, Inbound
from handlers import logs, worker

WORDS = "zanzibar council's leader told me"


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, before = root.handlers, root.level, structlog.get_config()
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**before)


def fail() -> None:
    raise RuntimeError(WORDS)


def log_an_exception() -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_exception_is_logged_without_its_words(
    form: Literal["text", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(form)
    log_an_exception()
    structlog.get_logger("handlers.test").error("failed", exc_info=RuntimeError(WORDS))
    written = capsys.readouterr().err
    assert "zanzibar" not in written
    assert written.count("RuntimeError") == 2
    assert "test_logs.py:" in written
    assert "Exception in ASGI application" in written


def test_every_line_is_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    log_an_exception()
    logging.getLogger("some.package").warning("two\nlines, “quoted” and %s", "filled in")
    structlog.get_logger("bot.test").info("told", channel=Channel.SLACK, number=3)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["level"] for line in lines] == ["error", "warning", "info"]
    assert lines[1]["event"] == "two\nlines, “quoted” and filled in"
    assert lines[2]["number"] == 3
    assert all(line["timestamp"].endswith("Z") for line in lines)


@pytest.mark.parametrize("name", ["slack_bolt.App", "slack_sdk.web", "twilio.http_client"])
def test_what_a_providers_library_says_of_its_requests_is_not_logged(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("text")
    logging.getLogger(name).warning("Unhandled request: %s", WORDS)
    logging.getLogger(name).info("body: %s", WORDS)
    assert capsys.readouterr().err == ""


def test_a_message_that_fails_is_logged_without_what_it_said(
    network: Network,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*_args: object, **_given: object) -> None:
        raise ValueError(f"cannot handle {WORDS}")

    logs.configure("json")
    monkeypatch.setattr(conversation, "hold", broken)
    inbox_id = network.keep(Inbound(Channel.SLACK, "Ev1", "T1:ZANZIBAR", WORDS), now=now)
    network.handle(inbox_id, now=now)
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "zanzibar" not in written.lower()


def test_a_tick_that_fails_is_logged_and_the_worker_goes_on(
    network: Network, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_now: datetime) -> None:
        raise RuntimeError(WORDS)

    logs.configure("text")
    monkeypatch.setattr(network, "tick", broken)
    worker.tick(network)
    written = capsys.readouterr().err
    assert "tick_failed" in written
    assert "zanzibar" not in written
