"""Themes: the shelves that entries stand on, and the one an officer means."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.errors import ThemeUnknown
from knowledge.models import THEME_ID_LENGTH, Entry, EntryStatus, Theme, entry_theme
from knowledge.text import normalise

_NEAR_ENOUGH = 80.0
"""rapidfuzz score, 0 to 100: lets one or two slips through, not another theme's name."""
_SHORTEST_TO_CORRECT = 4
_LIKELY = 70.0
"""The score from which a theme is proposed to a person, who decides."""


@dataclass(frozen=True)
class ThemeView:
    """A theme with the number of its live entries; `also` are its other names."""

    id: str
    name: str
    entries: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewTheme:
    id: str
    name: str
    also: tuple[str, ...] = ()


def themes(session: Session) -> tuple[ThemeView, ...]:
    """All themes in their order."""
    live = (
        select(entry_theme.c.theme_id, func.count().label("entries"))
        .join(Entry, Entry.id == entry_theme.c.entry_id)
        .where(Entry.status == EntryStatus.LIVE)
        .group_by(entry_theme.c.theme_id)
        .subquery()
    )
    rows = session.execute(
        select(Theme.id, Theme.name, func.coalesce(live.c.entries, 0), Theme.also)
        .outerjoin(live, live.c.theme_id == Theme.id)
        .order_by(Theme.position, Theme.id)
    )
    return tuple(ThemeView(one, name, count, tuple(also)) for one, name, count, also in rows)


def theme_named(session: Session, text: str) -> ThemeView | None:
    """The theme that `text` names by its id, name or another name, slips of the pen forgiven."""
    from rapidfuzz import fuzz, process

    asked = _plain(text)
    names = _names(session)
    if asked in names:
        return _view(session, names[asked])
    if len(asked) < _SHORTEST_TO_CORRECT:
        return None
    best = process.extractOne(asked, list(names), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return None if best is None else _view(session, names[best[0]])


def theme_ids(session: Session, names: Collection[str]) -> dict[str, str]:
    """The id of each theme by the id or exact name given. Raises ThemeUnknown."""
    known = _names(session)
    found: dict[str, str] = {}
    for name in names:
        theme_id = known.get(_plain(name))
        if theme_id is None:
            raise ThemeUnknown(theme=repr(name))
        found[name] = theme_id
    return found


@dataclass(frozen=True)
class ThemeIndex:
    """All themes at one moment, for looking up the themes of a whole file."""

    _ids: Mapping[str, str]
    names: Mapping[str, str]

    def id_of(self, name: str) -> str | None:
        """The id of the theme with this id or exact name (case and punctuation do not count)."""
        return self._ids.get(_plain(name))

    def near(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """The names of the themes that a mistyped name may mean, nearest first."""
        from rapidfuzz import fuzz, process

        found = process.extract(
            _plain(name), list(self._ids), scorer=fuzz.WRatio, score_cutoff=_LIKELY, limit=10
        )
        return tuple(dict.fromkeys(self.names[self._ids[best]] for best, _, _ in found))[:limit]


def theme_index(session: Session) -> ThemeIndex:
    rows = session.execute(select(Theme.id, Theme.name))
    names = {row.id: row.name for row in rows}
    return ThemeIndex(_names(session), names)


def add_themes(session: Session, news: Sequence[NewTheme]) -> None:
    """Add themes after those that are there."""
    last = session.scalar(select(func.max(Theme.position)))
    first = 0 if last is None else last + 1
    for position, new in enumerate(news, start=first):
        session.add(Theme(id=new.id, name=new.name, position=position, also=list(new.also)))
    session.flush()


def slug(name: str) -> str:
    """An id for a theme that came with a name only."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:THEME_ID_LENGTH].strip("-") or "theme"


def _names(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for theme in session.scalars(select(Theme).order_by(Theme.position.desc())):
        for name in (*theme.also, theme.id.replace("-", " "), theme.id, theme.name):
            found[_plain(name)] = theme.id
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", normalise(text).lower().replace("&", " and ")))


def _view(session: Session, theme_id: str) -> ThemeView | None:
    return next((view for view in themes(session) if view.id == theme_id), None)
