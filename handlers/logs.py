"""Log lines: text for people, JSON for machines, and never a member's words or identity."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import Literal

import structlog

_FRAMES = 8


def configure(log_format: Literal["text", "json"]) -> None:
    """All log lines, ours and the libraries', go to standard error in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_words,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(logging.INFO)
    logging.getLogger("handlers").setLevel(logging.INFO)
    # The SDKs log whole requests and responses below WARNING, and Bolt logs bodies with a warning.
    for chatty in ("slack_bolt", "slack_sdk", "twilio.http_client"):
        logging.getLogger(chatty).setLevel(logging.ERROR)


def _without_words(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """An exception as its kind and its way through the code: its words may quote a member's."""
    event.pop("stack_info", None)
    given = event.pop("exc_info", None)
    if isinstance(given, tuple):
        given = given[1]
    elif given is True:
        given = sys.exc_info()[1]
    if isinstance(given, BaseException):
        frames = traceback.extract_tb(given.__traceback__)[-_FRAMES:]
        event["error"] = type(given).__name__
        event["at"] = " > ".join(f"{Path(one.filename).name}:{one.lineno}" for one in frames)
    return event
