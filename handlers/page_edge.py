"""The edge between browsers and our pages: what they may send, what they are told, how we fail."""

from __future__ import annotations

import traceback
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.pages import page
from handlers.refusals import Broken, CrossSite, Refusal, Unavailable
from knowledge.database import DatabaseUnavailable

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    # Sign-in links hold a secret in their address.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LINES_OF_CODE = 8
READS = frozenset({"GET", "HEAD"})

log = structlog.get_logger()


class PageEdge:
    """Wraps a page's route: refuses other sites' posts, sets headers, shows no traceback."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self.app = app
        self._host = urlsplit(address).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # a picture's own policy is stricter still
            await send(message)

        request = Request(scope, receive)
        try:
            if request.method not in READS and not self._is_ours(request):
                raise CrossSite
            await self.app(scope, receive, guarded)
        except Exception as error:  # the edge: whatever happened, a person is told in a sentence
            if started:
                raise
            await refused(request, _refusal(error, scope))(scope, receive, guarded)

    def _is_ours(self, request: Request) -> bool:
        """Whether the browser says that one of our own pages sent this."""
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        origin = request.headers.get("origin")
        # A client that says neither is no browser, and carries no one's cookie by accident.
        return origin is None or urlsplit(origin).netloc in {
            self._host,
            request.headers.get("host"),
        }


def _refusal(error: Exception, scope: Scope) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, DatabaseUnavailable):
        log.warning("database_unavailable")
        return Unavailable()
    # Lines of code only: an exception's own words, or the address, may hold a member's.
    log.error(
        "page_failed",
        page=getattr(scope.get("endpoint"), "__name__", ""),
        error=type(error).__name__,
        at=traceback.format_tb(error.__traceback__, limit=-LINES_OF_CODE),
    )
    return Broken()


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def refused(request: Request, refusal: Refusal) -> Response:
    if wants_json(request):
        return JSONResponse({"error": refusal.sentence}, status_code=refusal.status)
    return page("refused.html", status=refusal.status, sentence=refusal.sentence)
