"""The addresses of what facilitators see and do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.app import Network
from bot.settings import Settings
from handlers.console.attendance import Agenda, Attendance
from handlers.console.session_change import SessionChange
from handlers.console.session_plan import SessionPlan
from handlers.console.session_shown import SessionShown
from handlers.console.set_form import SetForm
from handlers.console.set_list import SetList
from handlers.console.set_shown import SetShown
from handlers.console.sheet import View, posted
from handlers.console.writing_up import WritingUp

SETS = "/console/sets"
SET = f"{SETS}/{{set_id:int}}"
SESSION = "/console/sessions/{code}"


def routes(network: Network, settings: Settings, edge: Sequence[Middleware]) -> list[BaseRoute]:
    listed, form, shown = SetList(network), SetForm(network), SetShown(network)
    plan, change = SessionPlan(network, settings), SessionChange(network)
    one, there, about = SessionShown(network, settings), Attendance(network), Agenda(network)
    written = WritingUp(network)

    def page(
        path: str, show: Callable[[Request], Response], do: View | None = None
    ) -> list[BaseRoute]:
        """A page, and what its form does."""
        asked: list[BaseRoute] = [Route(path, show, middleware=edge)]
        if do is not None:
            answer: Callable[[Request], Awaitable[Response]] = posted(do)
            asked.append(Route(path, answer, methods=["POST"], middleware=edge))
        return asked

    return [
        *page(SETS, listed.show),
        *page(f"{SETS}/new", form.new, form.make),
        *page(SET, shown.show),
        *page(f"{SET}/edit", form.edit, form.save),
        *page(f"{SET}/rhythm.svg", shown.rhythm_picture),
        *page(f"{SET}/rhythm.csv", shown.rhythm_table),
        *page(f"{SET}/outcomes.svg", shown.outcomes_picture),
        *page(f"{SET}/outcomes.csv", shown.outcomes_table),
        *page(f"{SET}/sessions/new", plan.new, plan.plan),
        *page(f"{SESSION}.ics", one.calendar),
        *page(SESSION, one.show),
        *page(f"{SESSION}/digest", one.digest),
        *page(f"{SESSION}/guide", one.guide),
        *page(f"{SESSION}/change", change.edit, change.save),
        *page(f"{SESSION}/cancel", change.sure, change.cancel),
        *page(f"{SESSION}/attendance", there.ask, there.take),
        *page(f"{SESSION}/agenda", about.ask, about.pick),
        *page(f"{SESSION}/write-up", written.ask, written.save),
    ]
