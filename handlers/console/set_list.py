"""/console/sets: the sets that one runs; for administrators all of them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.app import Network
from bot.learning_sets import rhythm, set_page, sets
from bot.learning_sets.sessions import Arrangement
from bot.learning_sets.sets import SetView
from handlers import clock
from handlers.console import gate
from handlers.console.frame import console_page


@dataclass(frozen=True)
class Line:
    """A set in the list, with who facilitates it and when it meets next."""

    view: SetView
    facilitators: tuple[str, ...]
    next: Arrangement | None


class SetList:
    def __init__(self, network: Network) -> None:
        self._network = network

    def show(self, request: Request) -> Response:
        now = clock.now()
        with self._network.database.reading() as session:
            visitor = gate.set_keeper(request, session)
            views = (
                sets.listed(session)
                if visitor.administers
                else sets.facilitated_by(session, visitor.member_id)
            )
            ids = [one.id for one in views]
            leading = set_page.facilitators(session, ids)
            ahead = rhythm.next_of_each(session, ids, now=now)
            lines = [
                Line(one, leading.get(one.id, ()), ahead[one.id].arrangement)
                if one.id in ahead
                else Line(one, leading.get(one.id, ()), None)
                for one in views
            ]
        return console_page("sets.html", visitor, "/console/sets", lines=lines)
