"""Alembic's entry: runs the steps on the connection that it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

import bot.app  # noqa: F401 - imports every table of the upper floor
from knowledge.models import AsJson, Base, UtcDateTime


def _frozen(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Our own column types as plain ones: a step must not change when our code does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AsJson):
        return "sa.JSON()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_item=_frozen,
)
with context.begin_transaction():
    context.run_migrations()
