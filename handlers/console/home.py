"""The first page of the console: what matters today."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.app import Network
from handlers.console import gate
from handlers.console.frame import console_page


class Home:
    """Starlette runs plain views in threads, so they may wait for the database."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def show(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor = gate.visitor(request, session)
        return console_page("home.html", visitor, "/console")
