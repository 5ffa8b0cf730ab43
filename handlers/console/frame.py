"""What stands on every page of the console: where one is, and where one can go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import HTMLResponse

from handlers.console.gate import Visitor
from handlers.pages import page


@dataclass(frozen=True)
class Section:
    """A part of the console, and who sees it."""

    path: str
    label: str
    seen_by: Callable[[Visitor], bool]


SECTIONS = (
    Section("/console", "Today", lambda _visitor: True),
    Section("/console/sets", "Sets", lambda visitor: visitor.runs_sets),
)


def console_page(
    name: str, visitor: Visitor, here: str, *, status: int = 200, **context: object
) -> HTMLResponse:
    """A page of the section that begins with the path `here`."""
    seen = [section for section in SECTIONS if section.seen_by(visitor)]
    return page(
        f"console/{name}", status=status, visitor=visitor, sections=seen, here=here, **context
    )
