"""`als knowledge`: what the network knows, from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from handlers import cli_interchange

_NOT_UTF8 = "{what} is not UTF-8 text. Save it as UTF-8 and try again."

knowledge_app = typer.Typer(help="What the network knows.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    cli_interchange.register(knowledge_app)
    app.add_typer(knowledge_app, name="knowledge")


@knowledge_app.command("check-text")
def check_text(
    names: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            readable=True,
            help="The members and organisations to look for, one a line.",
        ),
    ] = None,
) -> None:
    """Find what gives a person or a council away in a text on standard input, as JSON."""
    known = _decoded(names.read_bytes(), str(names)).splitlines() if names else []
    text = _decoded(sys.stdin.buffer.read(), "The text")

    from knowledge.redaction import find_identifiers

    spans = find_identifiers(text, [name.strip() for name in known if name.strip()])
    found = [{"start": span.start, "end": span.end, "kind": span.kind.value} for span in spans]
    sys.stdout.write(json.dumps(found) + "\n")


def _decoded(read: bytes, what: str) -> str:
    """Bytes as text, offsets kept as they are. Raises Refused."""
    from handlers.cli import Refused

    try:
        return read.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(_NOT_UTF8.format(what=what)) from error
