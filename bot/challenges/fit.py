"""What fits: every field's words within its limit, themes that are there."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.challenges.errors import NoWords, ThemesUnfit, TooLong
from bot.challenges.models import MOST_THEMES
from bot.messages import clean
from knowledge.models import Theme
from knowledge.text import normalise


def optional(text: str, field: str, limit: int) -> str:
    """The text without what no screen can hold and blanks around it. Raises TooLong."""
    text = clean(text).strip()
    if len(text) > limit:
        raise TooLong(field, limit, len(text))
    return text if normalise(text) else ""


def needed(text: str, field: str, limit: int) -> str:
    """The same where something must be said. Raises TooLong, NoWords."""
    text = optional(text, field, limit)
    if not text:
        raise NoWords(field)
    return text


def themes(session: Session, theme_ids: Collection[str]) -> tuple[str, ...]:
    """Each theme once, in the order given. Raises ThemesUnfit."""
    ids = tuple(dict.fromkeys(theme_ids))
    known = session.scalar(select(func.count()).select_from(Theme).where(Theme.id.in_(ids)))
    if len(ids) > MOST_THEMES or known != len(ids):
        raise ThemesUnfit(MOST_THEMES)
    return ids
