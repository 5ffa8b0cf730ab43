"""The way in from a link in a message: a page with a button, which alone spends it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot import invitations, members
from bot.app import Network
from bot.messages import Channel
from bot.settings import Settings
from handlers import clock, links, sessions
from handlers.console.sheet import see
from handlers.links import KEY
from handlers.pages import page
from handlers.refusals import SpentLink


class Door:
    def __init__(self, network: Network, settings: Settings) -> None:
        self._network = network
        self._links = links.of(settings)

    def show(self, request: Request) -> Response:
        """Spends nothing: chat programs fetch a link to preview it."""
        with self._network.database.reading() as session:
            if not invitations.usable(session, self._token(request), now=clock.now()):
                raise SpentLink
        return page("sign_in.html")

    def enter(self, request: Request) -> Response:
        token, now = self._token(request), clock.now()
        with self._network.database.writing() as session:
            try:
                member = invitations.sign_in(session, token, now=now)
            except invitations.NotUsable as error:
                raise SpentLink from error
            members.connect(session, member, Channel.WEB, f"member:{member.id}", now=now)
        sessions.sign_in(request, member)
        return see("/console")

    def _token(self, request: Request) -> str:
        """Raises SpentLink for an address that was not signed here."""
        if not self._links.genuine(request.url.path, request.query_params.get(KEY, "")):
            raise SpentLink
        return str(request.path_params["token"])
