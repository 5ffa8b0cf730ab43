"""A real browser on a real server, each started once for a test process."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.applications import Starlette

from bot.app import Network
from bot.messages import Channel
from bot.rules import Rules
from bot.settings import read_settings
from handlers import console, sessions, webchat
from handlers.webchat import WebSender
from knowledge.database import Database
from knowledge.search import Engine
from knowledge.semantic import Embedder
from tests.browser.site import DESKTOP, Open, Site, View

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
STARTS_WITHIN_SECONDS = 20


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium here: apt-get install --no-install-recommends chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(
    chromium: Browser,  # skips before anything else is started
    sqlite_templates: dict[bool, Path],
    embedder: Embedder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    file = tmp_path_factory.mktemp("site") / "network.db"
    shutil.copyfile(sqlite_templates[True], file)
    database = Database(f"sqlite:///{file}")
    network = Network(database, Engine(embedder), {Channel.WEB: WebSender()}, Rules(frozenset()))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        yield from _served(network, listening)
    database.close()


def _served(network: Network, listening: socket.socket) -> Iterator[Site]:
    port: int = listening.getsockname()[1]
    settings = read_settings(None, port=port)
    app = Starlette(
        routes=[*webchat.routes(network, settings), *console.routes(network, settings)],
        middleware=[sessions.cookies(settings, "a secret that only the tests know")],
    )
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, log_level="error", ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while not server.started:
        assert thread.is_alive(), "the server stopped"
        assert time.monotonic() < deadline, "the server did not start in time"
        time.sleep(0.02)
    yield Site(f"http://127.0.0.1:{port}", network)
    server.should_exit = True
    thread.join()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Opens a fresh browser window; fails the test if a page of ours complained in it."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(view: View = DESKTOP, *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": view.width // view.zoom, "height": view.height // view.zoom},
            device_scale_factor=view.zoom,
            color_scheme="dark" if view.dark else "light",
            java_script_enabled=scripts,
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if "Security Policy" in said.text else None,
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
