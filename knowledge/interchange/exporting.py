"""Writing what the network knows to a file that `importing` takes back as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from sqlalchemy.orm import Session

from knowledge.interchange.content import Choice, Content, chosen, count, most, theme_names
from knowledge.interchange.files import Format, write


def export(
    session: Session,
    file: BinaryIO,
    kind: Format,
    choice: Choice,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write the entries of a choice, ordered by id, and return how many; Raises ExportUnfit.

    `progress` hears entries written and entries to write.
    """
    total = count(session, choice)
    written = 0

    def told() -> Iterator[Content]:
        nonlocal written
        for content in chosen(session, choice):
            yield content
            written += 1
            if progress is not None:
                progress(written, total)

    write(file, kind, told(), most(session, choice), theme_names(session))
    return written
