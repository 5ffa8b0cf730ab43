"""A provider on a free port of this machine, in a thread: it notes what it is asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

PATIENCE = 10.0
"""Seconds that a test waits for what happens in other threads; it never takes that long."""


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    fields: dict[str, Any]
    json: bool
    authorization: str


@dataclass(frozen=True)
class Said:
    """An answer. `lost` closes the connection instead of saying it."""

    body: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False


class FakeProvider:
    """`fails` holds the answers to the next sends; a `lost` one is carried out all the same."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: list[str] = []
        self.fails: list[Said] = []
        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def receive(self, asked: Asked) -> Said:
        with self._changed:
            self.asked.append(asked)
            self.faults += self.check(asked)
            said = self.answer(asked)
            self._changed.notify_all()
            return said

    def wait_for(self, count: int) -> None:
        """Until so many messages have been posted."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.posted) >= count, PATIENCE), (
                f"{len(self.posted)} messages posted, {count} expected"
            )

    @property
    def posted(self) -> list[Any]:
        raise NotImplementedError

    def check(self, asked: Asked) -> list[str]:
        raise NotImplementedError

    def answer(self, asked: Asked) -> Said:
        raise NotImplementedError


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            said = provider.receive(self._read())
            if said.lost:
                return  # the connection closes with nothing said
            body = json.dumps(said.body).encode() if said.body is not None else b"<html>"
            self.send_response(said.status)
            for name, value in {"Content-Type": "application/json", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _read(self) -> Asked:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            is_json = self.headers.get("Content-Type", "").startswith("application/json")
            fields = json.loads(body) if is_json and body else dict(parse_qsl(body, True))
            return Asked(
                method=self.command,
                path=address.path,
                query=dict(parse_qsl(address.query, True)),
                fields=fields,
                json=is_json,
                authorization=self.headers.get("Authorization", ""),
            )

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    return Handler
