"""The console: what facilitators and moderators see and do in a browser.

Pages are made on the server and work without scripts. `gate` says who may come in, `frame` what
stands on every page, `sheet` what a form is; each other module is one kind of page.
"""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from bot.app import Network
from bot.invitations import console_path
from bot.settings import Settings
from handlers.console import for_facilitators
from handlers.console.door import Door
from handlers.console.home import Home
from handlers.page_edge import PageEdge

DOOR = console_path("{token}")


def routes(network: Network, settings: Settings) -> list[BaseRoute]:
    home, door = Home(network), Door(network, settings)
    edge = [Middleware(PageEdge, address=settings.address)]
    return [
        Route("/console", home.show, middleware=edge),
        Route(DOOR, door.show, middleware=edge),
        Route(DOOR, door.enter, methods=["POST"], middleware=edge),
        *for_facilitators.routes(network, settings, edge),
    ]
