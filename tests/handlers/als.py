"""The real `als` command in a process of its own, in an empty folder with no settings around it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.settings import Settings

ALS = Path(sys.executable).parent / "als"
PATIENCE_SECONDS = 90


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        """The one line of a refusal, which says nothing else."""
        assert self.code == 1, self
        assert self.out == ""
        assert "Traceback" not in self.err
        (line,) = self.err.splitlines()
        return line


class Als:
    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        names = {name.upper() for name in Settings.model_fields}
        around = {name: value for name, value in os.environ.items() if name not in names}
        self._environment = around | {"COLUMNS": "200"} | settings

    def __call__(self, *arguments: str, stdin: bytes = b"", **settings: str) -> Outcome:
        done = subprocess.run(
            [ALS, *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            cwd=self.folder,
            env=self._environment | settings,
            timeout=PATIENCE_SECONDS,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def running(self, *arguments: str, **settings: str) -> Iterator[Running]:
        """A command that runs until it is stopped; killed at the end where it was not."""
        process = subprocess.Popen(
            [ALS, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self._environment | settings,
        )
        watchdog = threading.Timer(PATIENCE_SECONDS, process.kill)
        watchdog.start()
        try:
            yield Running(process)
        finally:
            watchdog.cancel()
            process.kill()
            process.communicate()


class Running:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def out_until(self, words: str) -> str:
        """What it writes up to and with the first line that holds these words."""
        return _read(self._process.stdout, words)

    def err_until(self, words: str) -> str:
        return _read(self._process.stderr, words)

    def stop(self, by: signal.Signals) -> Outcome:
        """Asks it to end; what it wrote since it was last looked at."""
        self._process.send_signal(by)
        out, err = self._process.communicate()
        return Outcome(self._process.returncode, out, err)


def _read(stream: IO[str] | None, words: str) -> str:
    assert stream is not None
    seen = ""
    for line in stream:
        seen += line
        if words in line:
            return seen
    raise AssertionError(f"it ended without {words!r}: {seen}")


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
