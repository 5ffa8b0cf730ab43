"""/console/sets/ID: its timeline, attendance, commitments and what was shared with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from bot.app import Network
from bot.learning_sets import set_page
from bot.learning_sets.commitment import Outcome
from bot.learning_sets.set_page import Meeting, Presence
from handlers import clock
from handlers.console import gate, pictures
from handlers.console.frame import console_page

IN_PICTURE = 12
"""Sessions that the picture of the rhythm shows, the latest."""
LAST_PAGE = 1_000
OUTCOMES = {
    Outcome.WORKED: "Worked",
    Outcome.PARTLY: "Partly",
    Outcome.DID_NOT: "Did not work",
    None: "Still being tried",
}


class SetShown:
    def __init__(self, network: Network) -> None:
        self._network = network

    def show(self, request: Request) -> Response:
        asked = request.query_params.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1
        with self._network.database.reading() as session:
            visitor, view = gate.own_set(request, session)
            page = set_page.page(session, view.id, now=clock.now())
            shelf = set_page.shelf(session, view.id, min(max(number, 1), LAST_PAGE))
        return console_page(
            "set.html",
            visitor,
            "/console/sets",
            page=page,
            shelf=shelf,
            rhythm=_came(page.met),
            outcomes=_counts(page.outcomes),
            outcome_words=OUTCOMES,
            presence_words=presence_words,
        )

    def rhythm_picture(self, request: Request) -> Response:
        return pictures.answer(pictures.rhythm(self._rhythm(request)))

    def rhythm_table(self, request: Request) -> Response:
        rows = ((on.isoformat(), came, away) for on, came, away in self._rhythm(request))
        return _csv("rhythm", ("session on", "came", "away"), rows)

    def outcomes_picture(self, request: Request) -> Response:
        return pictures.answer(pictures.counts(self._outcomes(request)))

    def outcomes_table(self, request: Request) -> Response:
        return _csv("outcomes", ("outcome", "commitments"), self._outcomes(request).items())

    def _rhythm(self, request: Request) -> tuple[tuple[date, int, int], ...]:
        with self._network.database.reading() as session:
            _, view = gate.own_set(request, session)
            return _came(set_page.meetings(session, view.id, now=clock.now()))

    def _outcomes(self, request: Request) -> Mapping[str, int]:
        with self._network.database.reading() as session:
            _, view = gate.own_set(request, session)
            return _counts(set_page.outcomes(session, view.id))


def _came(met: Sequence[Meeting]) -> tuple[tuple[date, int, int], ...]:
    """Of the latest sessions at which attendance was taken: the day, who came and who did not."""
    taken = [(one.on, one.came, one.invited) for one in met if one.came is not None]
    return tuple((on, came, invited - came) for on, came, invited in taken[-IN_PICTURE:])


def _counts(outcomes: Mapping[Outcome | None, int]) -> Mapping[str, int]:
    return {words: outcomes.get(outcome, 0) for outcome, words in OUTCOMES.items()}


def presence_words(one: Presence | None) -> str:
    """What stands in the attendance grid."""
    if one is None:
        return "Not invited"
    if one.attended is None:
        return "Not taken"
    return "Came" if one.attended else "Away"


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Response:
    """Figures and our own words only: nothing that a member wrote can be a formula in it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return Response(
        text.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
