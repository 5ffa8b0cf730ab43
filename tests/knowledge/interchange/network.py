"""Networks to import into and files to import, as these tests make them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from knowledge.database import Database
from knowledge.interchange.content import Choice, Content, chosen, theme_names
from knowledge.interchange.exporting import export
from knowledge.interchange.files import Format, Source
from knowledge.interchange.importing import Order, Report, bring_in
from knowledge.interchange.judging import AS_IT_IS, Options
from knowledge.models import Base
from knowledge.semantic import Embedded

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MOVING = Options(new_themes=True, names_read=True)
"""For entries that move from one network to another as they are."""


class QuickEmbedder:
    """Vectors that depend on the text alone, made at once."""

    name = "quick"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counted = np.zeros((len(texts), 32), dtype=np.float32)
        for row, text in zip(counted, texts, strict=True):
            points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
            row += np.bincount(points % 32, minlength=32)
        lengths = np.linalg.norm(counted, axis=1, keepdims=True)
        return np.asarray(counted / np.maximum(lengths, 1e-9), dtype=np.float32)

    def read(self, texts: Sequence[str]) -> Embedded:
        vectors = self.embed(texts)
        return Embedded(vectors, tuple(vectors[at : at + 1] for at in range(len(texts))))


@contextmanager
def in_memory() -> Iterator[Database]:
    database = Database("sqlite://")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


def csv(text: str) -> Source:
    return Source(io.BytesIO(text.encode()), Format.CSV)


def as_json(rows: Sequence[object]) -> Source:
    return Source(io.BytesIO(json.dumps(rows).encode()), Format.JSON)


def imported(database: Database, source: Source, options: Options = AS_IT_IS) -> Report:
    return bring_in(database, Order(source, options), embedder=None, now=NOW)


def exported(database: Database, kind: Format, choice: Choice | None = None) -> Source:
    file = io.BytesIO()
    with database.reading() as session:
        export(session, file, kind, choice or Choice())
    return Source(file, kind)


def held(database: Database) -> dict[str, Content]:
    """All entries by id, with the names of their themes in place of ids."""
    with database.reading() as session:
        names = theme_names(session)
        return {
            one.id: Content(**{**vars(one), "themes": tuple(names[key] for key in one.themes)})
            for one in chosen(session, Choice())
        }
