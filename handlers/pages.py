"""The pages' templates and static files, for the web chat and the moderators' console alike."""

from __future__ import annotations

import hashlib
import os
import uuid
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.wording import forms
from bot.wording import sessions as session_words

HERE = Path(__file__).parent
STATIC = HERE / "static"
FOR_EVER = "public, max-age=31536000, immutable"


def static_url(name: str) -> str:
    """The address of a static file, new whenever its content is."""
    return f"/static/{name}?v={_digest(STATIC / name)}"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _new_id() -> str:
    return str(uuid.uuid4())


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        static=static_url, new_id=_new_id, form_words=forms, session_words=session_words
    )
    return environment


_templates = _environment()


def fragment(name: str, **context: object) -> str:
    return _templates.get_template(name).render(context)


def page(name: str, *, status: int = 200, **context: object) -> HTMLResponse:
    return HTMLResponse(fragment(name, **context), status_code=status)


class Static(StaticFiles):
    """Static files; one that is asked for by its content's hash may be kept for ever."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        version = scope["query_string"].decode("latin-1")
        if version == f"v={_digest(Path(full_path))}":
            response.headers["Cache-Control"] = FOR_EVER
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def static_files() -> Mount:
    """Mount once, whatever pages there are."""
    return Mount("/static", app=Static(directory=STATIC), name="static")
