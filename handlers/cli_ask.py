"""`als chat`, `als ask` and `als evaluate`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot import wording
from handlers import clock, links
from handlers.cli import current_database, err, out, settings
from handlers.matching import embedder
from handlers.terminal import Terminal
from knowledge import entries
from knowledge.evaluation import evaluate as measure
from knowledge.interchange import ask_json
from knowledge.search import Decision, Engine

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
ReadableFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


def register(app: typer.Typer) -> None:
    app.command()(chat)
    app.command()(ask)
    app.command()(evaluate)


def chat(
    name: Annotated[str, typer.Option("--as", help="The member to be.")] = "Terminal officer",
) -> None:
    """Talk to the bot here. An empty line or Ctrl+D ends it."""
    from handlers import app as composition  # every channel's library: `ask` need not wait for it

    read = settings()
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a line in another encoding is still a line
    with current_database(read) as database:
        model, _why = embedder(read)
        whole = composition.network(read, database, model)
        terminal = Terminal(whole, name, clock.now, links.of(read))
        for message in terminal.earlier():
            _say(message)
        while line := _line():
            for message in terminal.says(line):
                _say(message)


def _line() -> str:
    try:
        return input("you> " if sys.stdin.isatty() else "").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _say(message: str) -> None:
    indented = "\n".join(f"  {line}" for line in message.splitlines())
    out.print(f"bot>\n{indented}\n", markup=False)


def ask(
    text: Annotated[str, typer.Argument(help="A question in your own words.")],
    as_json: JsonOption = False,
) -> None:
    """Look a question up. Nothing is recorded."""
    read = settings()
    with current_database(read) as database:
        model, why = embedder(read)
        engine = Engine(model)
        with database.reading() as session:
            engine.refresh(session)
            finding = engine.find(text)
            found = entries.entries_by_id(session, [match.entry_id for match in finding.matches])
    if as_json:
        sys.stdout.write(json.dumps(ask_json(finding, found), ensure_ascii=False) + "\n")
        return
    if why:
        err.print(f"Matching by words alone. {why}", markup=False)
    if finding.decision is Decision.MISS:
        out.print(wording.NOTHING_FOUND)
        return
    if finding.decision is Decision.SUGGEST:
        out.print("I am not sure. These come nearest:")
    shown = 1 if finding.decision is Decision.ANSWER else 3
    for match in finding.matches[:shown]:
        entry = found[match.entry_id]
        out.print(f"\n{entry.problem}", style="bold", markup=False)
        for solution in entry.numbered:
            out.print(f"  {solution.number}. {solution.text}", markup=False)


def evaluate(
    kb: ReadableFile,
    queries: ReadableFile,
    out_of_scope: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Texts nothing answers.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the answer engine on a collection of its own."""
    model, why = embedder(settings())
    if why:
        err.print(f"Matching by words alone. {why}", markup=False)
    report = measure(kb, queries, out_of_scope, model).as_json()
    if as_json:
        sys.stdout.write(json.dumps(report) + "\n")
        return
    table = Table("figure", "value", box=None)
    for name, value in report.items():
        if not isinstance(value, dict):
            shown = f"{value:.3f}" if isinstance(value, float) else str(value)
            table.add_row(name, shown)
    out.print(table)
