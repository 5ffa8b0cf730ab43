"""The other end of Socket Mode: a WebSocket that sends one envelope and waits for its receipt."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import threading
from types import TracebackType
from typing import Any, Self

from tests.handlers.fake_provider import PATIENCE

GREETING = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""The protocol's own constant (RFC 6455)."""
TEXT = 1


class FakeSocket:
    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(PATIENCE)
        self._connected = threading.Event()
        self._thread = threading.Thread(target=self._accept)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self._server.getsockname()[1]}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.join()
        self._stream.close()
        self._connection.close()
        self._server.close()

    def _accept(self) -> None:
        self._connection, _ = self._server.accept()
        self._connection.settimeout(PATIENCE)
        self._stream = self._connection.makefile("rb")
        headers = {}
        while line := self._stream.readline().strip():
            name, _, value = line.partition(b": ")
            headers[name.lower()] = value
        accepted = base64.b64encode(
            hashlib.sha1(headers[b"sec-websocket-key"] + GREETING).digest()  # noqa: S324
        )
        self._connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accepted + b"\r\n\r\n"
        )
        self._connected.set()

    def acknowledged(self, event: dict[str, Any]) -> Any:
        """Sends an event; what the bot acknowledged it with."""
        assert self._connected.wait(PATIENCE)
        envelope = {"type": "events_api", "envelope_id": "envelope", "payload": event}
        self._send({"type": "hello"})
        self._send(envelope)
        while True:
            kind, words = self._read()
            if kind == TEXT:
                return json.loads(words)

    def _send(self, envelope: dict[str, Any]) -> None:
        words = json.dumps(envelope).encode()
        self._connection.sendall(struct.pack("!BBH", 0x80 | TEXT, 126, len(words)) + words)

    def _read(self) -> tuple[int, bytes]:
        first, second = self._stream.read(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", self._stream.read(2))
        mask = self._stream.read(4) if second & 0x80 else bytes(4)
        words = self._stream.read(size)
        return first & 0x0F, bytes(byte ^ mask[at % 4] for at, byte in enumerate(words))
