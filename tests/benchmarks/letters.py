"""What rapidfuzz is worth in its three jobs: each is done with it, and without.

    .venv/bin/python -m tests.benchmarks.letters

Slips are seeded: 6 % of the letters of questions and problems, one or two slips in a command or a
theme's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from bot.flows.meaning import Command, guessed
from bot.flows.numbers import plain
from knowledge import duplicates, starter, themes
from knowledge.database import Database
from knowledge.entries import NewEntry, add_all
from knowledge.evaluation import throw_away_engine
from knowledge.interchange import knowledge_rows, query_rows
from knowledge.models import Base
from knowledge.search import Engine
from knowledge.semantic import Embedder, load_model
from knowledge.text import normalise
from tests.benchmarks.fit_ranking import OFFICERS
from tests.benchmarks.mistype import mistyped

NOW = datetime(2026, 11, 23, tzinfo=UTC)
_VARIANTS = 5


def row(job: str, with_it: float, without: float, harm: str) -> None:
    print(f"| {job} | {with_it:.3f} | {without:.3f} | {harm} |", flush=True)


def spelling(model: Embedder) -> None:
    """Mistyped words of the officers' questions put right, and good words spoilt."""
    known = knowledge_rows(OFFICERS / "kb.json")
    picture = throw_away_engine(known, model)._snapshot
    asked = query_rows(OFFICERS / "queries_dev.json", frozenset(one.id for one in known))
    slips = right = good = spoilt = 0
    for seed, query in enumerate(q for q in asked if q.style != "typos"):
        meant = normalise(query.text).lower().split()
        typed = normalise(mistyped(query.text, seed)).lower().split()
        if len(meant) != len(typed):
            continue
        fixed = {c.wrong: c.right for c in picture.speller.corrections(" ".join(typed))}
        wrong = [(a.strip(".,?!'"), b.strip(".,?!'")) for a, b in zip(meant, typed, strict=True)]
        wrong = [(a, b) for a, b in wrong if a != b and len(b) > 3]
        slips += len(wrong)
        right += sum(fixed.get(b) == a for a, b in wrong)
        good += len(meant)
        spoilt += len(picture.speller.corrections(" ".join(meant)))
    row(
        f"mistyped words of four letters and more set right ({slips})",
        right / slips,
        0.0,
        f"{spoilt} of {good:,} words as the officers typed them changed",
    )


def commands() -> None:
    """Commands with one slip, and questions of a few words that are taken for one."""
    slipped = [
        (command, text)
        for command in Command
        for seed in range(_VARIANTS)
        if (text := one_slip(command.value, seed)) != command.value and len(command.value) > 3
    ]
    known = knowledge_rows(OFFICERS / "kb.json")
    asked = query_rows(OFFICERS / "queries_dev.json", frozenset(one.id for one in known))
    harmed = sum(guessed(query.text) is not None for query in asked)
    found = [
        (one := guessed(text)) is not None and one.command is command for command, text in slipped
    ]
    exact = [plain(text) == command.value for command, text in slipped]
    row(
        f"commands with one slip ({len(slipped)})",
        float(np.mean(found)),
        float(np.mean(exact)),
        f"{harmed} of {len(asked)} questions taken for one",
    )


def one_slip(text: str, seed: int) -> str:
    """One letter of the text goes wrong."""
    for more in range(100):
        found = mistyped(text, seed * 1000 + more, rate=1 / len(text))
        if found != text and abs(len(found) - len(text)) < 2 and found.strip() == found:
            return found
    return text


def theme_names(database: Database) -> None:
    """Names of themes with slips."""
    with database.reading() as session:
        names = [(theme.id, theme.name) for theme in themes.themes(session)]
        slipped = [
            (theme_id, name, mistyped(name, seed, rate=0.08))
            for theme_id, name in names
            for seed in range(_VARIANTS)
        ]
        slipped = [one for one in slipped if one[1] != one[2]]
        found = [
            (theme := themes.theme_named(session, typed)) is not None and theme.id == theme_id
            for theme_id, _, typed in slipped
        ]
    row(f"names of themes with slips ({len(slipped)})", float(np.mean(found)), 0.0, "")


def near_duplicates(database: Database, engine: Engine) -> None:
    """Problems typed once more with slips and in another order; and others called near."""
    with database.reading() as session:
        engine.refresh(session)
        known = knowledge_rows(OFFICERS / "kb.json")
        found = meaning = others = 0
        for seed, one in enumerate(known):
            typed = swapped(mistyped(one.problem, seed))
            near = [view.id for view in duplicates.near_duplicates(session, engine, typed)]
            found += one.id in near
            others += sum(entry_id != one.id for entry_id in near)
            likely = engine.nearest(typed, 3)
            meaning += any(m.entry_id == one.id and m.score >= 0.8 for m in likely)
    row(
        f"problems typed again with slips, halves swapped ({len(known)})",
        found / len(known),
        meaning / len(known),
        f"{others} others called near",
    )


def swapped(text: str) -> str:
    said: Sequence[str] = text.split()
    half = len(said) // 2
    return " ".join((*said[half:], *said[:half]))


def main() -> None:
    model = load_model()
    print("| job | with rapidfuzz | without | harm done |\n|---|---|---|---|")
    spelling(model)
    commands()
    database = Database("sqlite://")
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        starter.load(session, None, now=NOW)
    theme_names(database)
    apart = Database("sqlite://")
    Base.metadata.create_all(apart.engine)
    with apart.writing() as session:
        news = [
            NewEntry(one.problem, tuple(one.solutions), id=one.id)
            for one in knowledge_rows(OFFICERS / "kb.json")
        ]
        add_all(session, news, now=NOW)
    near_duplicates(apart, Engine(model))


if __name__ == "__main__":
    main()
