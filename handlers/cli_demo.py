"""`als demo`: the network's story, played in the terminal on a database that is gone afterwards."""

from __future__ import annotations

import typer

from bot.settings import read_settings
from handlers import logs
from handlers.cli import Refused, err, out
from handlers.demo.stage import StoryBroken, stage
from handlers.demo.story import play
from handlers.matching import embedder


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo() -> None:
    """Play the story from a question to the entry that answers the next one."""
    read = read_settings(None)
    logs.configure(read.log_format)
    model, why = embedder(read)
    if why:
        err.print(f"Matching by words alone. {why}", markup=False)
    try:
        with stage(model, out) as made:
            play(made)
    except StoryBroken as broken:
        raise Refused(f"The story broke off: {broken}") from None
