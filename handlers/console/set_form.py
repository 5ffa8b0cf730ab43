"""/console/sets/new and /console/sets/ID/edit: what a set is called, what for, and who is in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from bot import members
from bot.app import Network
from bot.learning_sets import charter, sets, size
from bot.learning_sets.charter import Charter, EditedMeanwhile, Named, NobodyFacilitates
from bot.learning_sets.models import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_PURPOSE,
    BadSetName,
    NoteTooLong,
    PurposeTooLong,
    SetNameTaken,
)
from bot.learning_sets.size import SetError, UnusualSize
from handlers import clock
from handlers.console import gate
from handlers.console.frame import console_page
from handlers.console.gate import Visitor
from handlers.console.sheet import Box, Kind, Posted, filled, see, told
from handlers.refusals import NotThere

BOXES = (
    Box("name", "Name", f"Its members see it. Up to {LONGEST_NAME} characters."),
    Box(
        "purpose",
        "Purpose (optional)",
        f"What the set works on, in a sentence or two. Up to {LONGEST_PURPOSE} characters.",
        Kind.LINES,
        rows=3,
    ),
    Box(
        "members",
        "Members",
        f"One name a line, as they are known in the network. {size.SMALLEST} to {size.LARGEST} "
        f"people; {size.BEST} is best. You can leave it empty and add them later.",
        Kind.LINES,
        rows=10,
    ),
    Box("facilitators", "Facilitators", "One name a line, at least one.", Kind.LINES, rows=2),
    Box(
        "note",
        "Why it is smaller or larger than usual (optional)",
        f"Only needed below {size.SMALLEST} or above {size.LARGEST} members. "
        f"Up to {LONGEST_NOTE} characters.",
    ),
)
_WHERE = {
    SetNameTaken: "name",
    BadSetName: "name",
    PurposeTooLong: "purpose",
    NobodyFacilitates: "facilitators",
    UnusualSize: "note",
    NoteTooLong: "note",
}


@dataclass(frozen=True)
class Difference:
    """A part of the charter that two people would have otherwise."""

    label: str
    theirs: str
    mine: str


class SetForm:
    def __init__(self, network: Network) -> None:
        self._network = network

    def new(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor = gate.set_keeper(request, session)
            mine = members.name_of(session, visitor.member_id) or ""
        boxes = filled(BOXES, Posted({"facilitators": (mine,)}))
        return _page(visitor, boxes)

    def make(self, request: Request, posted: Posted) -> Response:
        with self._network.database.writing() as session:
            visitor = gate.set_keeper(request, session)
            wanted, problems = _read(session, posted, frozenset())
            if not problems:
                try:
                    with session.begin_nested():
                        made = charter.found(session, wanted, now=clock.now())
                    mine = visitor.administers or visitor.member_id in wanted.facilitators
                    return see(f"/console/sets/{made.id}" if mine else "/console/sets")
                except SetError as refusal:
                    problems = _at(refusal)
        return _page(visitor, told(filled(BOXES, posted), problems))

    def edit(self, request: Request) -> Response:
        with self._network.database.reading() as session:
            visitor, view = gate.own_set(request, session)
            stands = _as_posted(session, view.id)
        return _page(visitor, filled(BOXES, stands), set_id=view.id, seen=view.edition)

    def save(self, request: Request, posted: Posted) -> Response:
        with self._network.database.writing() as session:
            visitor, view = gate.own_set(request, session)
            unnamed = charter.people(session, view.id).unnamed
            wanted, problems = _read(session, posted, unnamed)
            seen = posted.number("seen")
            differences: tuple[Difference, ...] = ()
            if not problems:
                try:
                    with session.begin_nested():
                        charter.amend(
                            session,
                            visitor.member_id,
                            view.id,
                            wanted,
                            seen=seen,
                            now=clock.now(),
                        )
                    return see(_after(session, visitor, view.id))
                except EditedMeanwhile:
                    differences = _differences(session, view.id, posted)
                except charter.NotYourSet as error:
                    raise NotThere from error
                except SetError as refusal:
                    problems = _at(refusal)
            edition = view.edition if differences else seen
        return _page(
            visitor,
            told(filled(BOXES, posted), problems),
            set_id=view.id,
            seen=edition,
            differences=differences,
        )


def _after(session: Session, visitor: Visitor, set_id: int) -> str:
    """Whoever has just taken themselves off is led to what is still theirs."""
    if sets.facilitates(session, visitor.member_id, set_id):
        return f"/console/sets/{set_id}"
    return "/console/sets"


def _page(
    visitor: Visitor,
    boxes: tuple[Box, ...],
    *,
    set_id: int | None = None,
    seen: int = 0,
    differences: tuple[Difference, ...] = (),
) -> Response:
    problems = [one for one in boxes if one.problem]
    return console_page(
        "set_form.html",
        visitor,
        "/console/sets",
        status=409 if differences else 422 if problems else 200,
        boxes=boxes,
        problems=problems,
        set_id=set_id,
        seen=seen,
        differences=differences,
    )


def _read(
    session: Session, posted: Posted, unnamed: frozenset[int]
) -> tuple[Charter, dict[str, str]]:
    """What was filled in, and which names nobody has."""
    inside, leading = (
        charter.named(session, posted.one(name).split("\n")) for name in ("members", "facilitators")
    )
    problems = {
        name: _unknown(found)
        for name, found in (("members", inside), ("facilitators", leading))
        if found.unknown
    }
    wanted = Charter(
        posted.one("name"),
        posted.one("purpose"),
        inside.ids | unnamed,
        leading.ids,
        posted.one("note"),
    )
    return wanted, problems


def _unknown(found: Named) -> str:
    lines = " ".join(
        f"Line {number}: I know nobody called “{name}”." for number, name in found.unknown
    )
    return f"{lines} Please check the spelling, or ask an administrator to invite them first."


def _at(refusal: SetError) -> dict[str, str]:
    """What was refused, at the box that it is about."""
    where = next((box for kind, box in _WHERE.items() if isinstance(refusal, kind)), "name")
    return {where: refusal.sentence}


def _as_posted(session: Session, set_id: int) -> Posted:
    """The charter as it stands, as its form shows it."""
    stands, people = charter.of(session, set_id), charter.people(session, set_id)
    return Posted(
        {
            "name": (stands.name,),
            "purpose": (stands.purpose,),
            "members": ("\n".join(people.members),),
            "facilitators": ("\n".join(people.facilitators),),
            "note": (stands.note,),
        }
    )


def _differences(session: Session, set_id: int, posted: Posted) -> tuple[Difference, ...]:
    stands = _as_posted(session, set_id)
    return tuple(
        Difference(one.label.partition(" (")[0], stands.one(one.name), posted.one(one.name))
        for one in BOXES
        if _plain(stands.one(one.name)) != _plain(posted.one(one.name))
    )


def _plain(text: str) -> list[str]:
    return sorted(" ".join(line.split()) for line in text.split("\n") if line.split())
