"""A form on a page of the console: its boxes, what is in them, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from handlers.web_forms import read_pairs

SEE_OTHER = 303
LONGEST_KEY = 64


class Kind(StrEnum):
    LINE = "line"
    LINES = "lines"
    DATE = "date"
    PICK = "pick"
    RADIO = "radio"
    TICKS = "ticks"


@dataclass(frozen=True)
class Box:
    """One question. `values` are those of the options that are picked, or what is written."""

    name: str
    label: str
    hint: str = ""
    kind: Kind = Kind.LINE
    options: tuple[tuple[str, str], ...] = ()
    values: tuple[str, ...] = ()
    problem: str = ""
    rows: int = 4

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def id(self) -> str:
        """Where a link to it leads: the box, or the first of its options."""
        return f"f-{self.name}"

    @property
    def described_by(self) -> str:
        parts = (("hint", self.hint), ("problem", self.problem))
        return " ".join(f"{self.id}-{name}" for name, words in parts if words)


@dataclass(frozen=True)
class Posted:
    """What a browser sent of a form: each name with all its values."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        return self.values.get(name, ("",))[0]

    def many(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def number(self, name: str) -> int:
        """0 for what is none."""
        text = self.one(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    @property
    def key(self) -> str:
        """The form's own random id, by which a second submission is known."""
        return self.one("key")[:LONGEST_KEY]


def filled(boxes: tuple[Box, ...], posted: Posted) -> tuple[Box, ...]:
    """The boxes with what was posted in them."""
    return tuple(replace(one, values=posted.many(one.name)) for one in boxes)


def told(boxes: tuple[Box, ...], problems: Mapping[str, str]) -> tuple[Box, ...]:
    return tuple(replace(one, problem=problems.get(one.name, "")) for one in boxes)


View = Callable[[Request, Posted], Response]


def posted(view: View) -> Callable[[Request], Awaitable[Response]]:
    """Reads the form, then does the work in a thread, where it may wait for the database."""

    async def read(request: Request) -> Response:
        values: dict[str, tuple[str, ...]] = {}
        for name, value in await read_pairs(request):
            values[name] = (*values.get(name, ()), value.replace("\r\n", "\n"))
        return await run_in_threadpool(view, request, Posted(values))

    read.__name__ = getattr(view, "__name__", "posted")
    return read


def see(path: str) -> Response:
    """What was posted is done: loading the page again repeats nothing."""
    return RedirectResponse(path, SEE_OTHER)
