"""/console/sessions/CODE/write-up: what a set agrees to share, checked for identities first.

What may tell who or which council is meant is marked, each with a neutral wording. The author
decides, about exactly these words: where they are changed, an earlier decision counts no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from bot import members
from bot.app import Network
from bot.flows.identities import KEEP, NEUTRAL, Checked, digest
from bot.learning_sets import session_views, write_ups
from bot.learning_sets.session_errors import (
    ChangedMeanwhile,
    SessionError,
    WriteUpUnfit,
)
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.sessions import WriteUp
from bot.learning_sets.write_ups import LONGEST_PART, Said
from bot.wording import facilitating as words
from bot.wording import forms
from bot.wording import identities as identity_words
from handlers import clock
from handlers.console import gate
from handlers.console.frame import console_page
from handlers.console.gate import Visitor
from handlers.console.sheet import Box, Kind, Posted, filled, see, told
from knowledge.redaction import find_identifiers

YES, NO, CHANGED = "yes", "no", "changed"
EXPLORED = Box("explored", words.EXPLORED, words.EXPLORED_HINT, Kind.LINES, rows=6)
IDEAS = Box("ideas", "Which ideas were offered? (optional)", words.IDEAS_HINT, Kind.LINES, rows=6)
AGREES = Box(
    "agrees",
    words.AGREES,
    words.AGREES_HINT,
    Kind.RADIO,
    ((YES, words.YES_AGREED), (NO, words.NO_STAYS)),
)
_ABOUT = {EXPLORED.name: words.THE_EXPLORED, IDEAS.name: words.THE_IDEAS}


@dataclass(frozen=True)
class Marked:
    """A text in which something was found: its parts, each with "" or a neutral wording.

    `of` is the digest of the text that is decided about. `own`: the author's own name is in it.
    """

    question: str
    parts: tuple[tuple[str, str], ...]
    of: str
    fits: bool
    own: bool


@dataclass(frozen=True)
class Weighed:
    """A text as it would be kept, or what its author has still to decide about it."""

    text: str
    open: Marked | None = None


class WritingUp:
    def __init__(self, network: Network) -> None:
        self._network = network

    def ask(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_session(request, session)
            row = session_views.write_up(session, view.id)
        return _page(visitor, view, _as_posted(row), seen=row.edition if row else 0, row=row)

    def save(self, request: Request, posted: Posted) -> Response:
        with self._network.database.writing() as session:
            visitor, view = gate.own_session(request, session)
            row = session_views.write_up(session, view.id)
            weighed = _weighed(session, visitor, posted)
            open_ = {name: one.open for name, one in weighed.items() if one.open is not None}
            problems = _problems(posted)
            seen = posted.number("seen")
            if problems or open_:
                return _page(
                    visitor, view, posted, seen=seen, row=row, problems=problems, marked=open_
                )
            said = Said(
                weighed["explored"].text,
                weighed["ideas"].text,
                agreed=posted.one("agrees") == YES,
            )
            return self._kept(session, visitor, view, posted, said)

    def _kept(
        self,
        session: Session,
        visitor: Visitor,
        view: SessionView,
        posted: Posted,
        said: Said,
    ) -> Response:
        seen = posted.number("seen")
        try:
            with session.begin_nested():
                write_ups.write(
                    session, visitor.member_id, view.code, said, seen=seen, now=clock.now()
                )
        except ChangedMeanwhile:
            row = session_views.write_up(session, view.id)
            if row is None or (row.explored, row.ideas) != (said.explored, said.ideas):
                edition = row.edition if row else 0
                return _page(visitor, view, posted, seen=edition, row=row, mine=said)
        except WriteUpUnfit as refusal:
            problems = {"explored": refusal.sentence}
            return _page(visitor, view, posted, seen=seen, problems=problems)
        except SessionError:  # it is cancelled, has not begun or went on: its page says so
            return see(f"/console/sessions/{view.code}/write-up")
        return see(f"/console/sessions/{view.code}#written")


def _weighed(session: Session, visitor: Visitor, posted: Posted) -> Mapping[str, Weighed]:
    names = members.names(session)
    mine = members.name_of(session, visitor.member_id) or ""
    return {name: _weigh(name, posted, names, mine) for name in _ABOUT}


def _weigh(name: str, posted: Posted, names: tuple[str, ...], mine: str) -> Weighed:
    text = posted.one(name).strip()
    found = Checked(text, find_identifiers(text, names))
    if found.clean:
        return Weighed(text)
    own = bool(mine) and found.holds(mine)
    fits = len(found.neutral) <= LONGEST_PART
    decided = posted.one(f"{name}-do") if posted.one(f"{name}-of") == digest(text) else ""
    if decided == NEUTRAL and fits:
        return Weighed(found.neutral)
    if decided == KEEP and (not own or f"{name}-named" in posted.values):
        return Weighed(text)
    question = identity_words.guard(_ABOUT[name])
    return Weighed(text, Marked(question, _parts(found), digest(text), fits, own))


def _parts(found: Checked) -> tuple[tuple[str, str], ...]:
    parts, at = [], 0
    for span in found.spans:
        parts += [
            (found.text[at : span.start], ""),
            (found.text[span.start : span.end], span.neutral),
        ]
        at = span.end
    return tuple(one for one in (*parts, (found.text[at:], "")) if one[0])


def _problems(posted: Posted) -> dict[str, str]:
    problems = {}
    if not posted.one("explored").strip():
        problems["explored"] = forms.NEEDED
    for name in _ABOUT:
        if len(posted.one(name).strip()) > LONGEST_PART:
            problems[name] = forms.up_to(LONGEST_PART)
    if posted.one("ideas").strip() and posted.one("agrees") not in (YES, NO):
        problems["agrees"] = forms.NEEDED
    return problems


def _as_posted(row: WriteUp | None) -> Posted:
    if row is None:
        return Posted()
    agreed = YES if row.sends_at is not None and row.kept_at is None else NO
    return Posted({"explored": (row.explored,), "ideas": (row.ideas,), "agrees": (agreed,)})


def _page(
    visitor: Visitor,
    view: SessionView,
    posted: Posted,
    *,
    seen: int,
    row: WriteUp | None = None,
    problems: Mapping[str, str] | None = None,
    marked: Mapping[str, Marked] | None = None,
    mine: Said | None = None,
) -> Response:
    """`mine` is what was written here where somebody else wrote it up meanwhile."""
    boxes = told(filled((EXPLORED, IDEAS, AGREES), posted), problems or {})
    return console_page(
        "write_up.html",
        visitor,
        "/console/sets",
        status=409 if mine else 422 if problems or marked else 200,
        view=view,
        boxes=boxes,
        problems=[one for one in boxes if one.problem],
        marked=marked or {},
        posted=posted,
        seen=seen,
        row=row,
        mine=mine,
        sure=identity_words.SURE_TO_BE_NAMED,
        begun=view.starts <= clock.now(),
        settled=row is not None and row.sent_on_at is not None,
    )
