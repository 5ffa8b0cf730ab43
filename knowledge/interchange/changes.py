"""Rows put into the network: new entries added, changed ones changed where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from knowledge import entries, state, themes
from knowledge.interchange.content import Content, contents
from knowledge.interchange.judging import Options, new_entry, wanted
from knowledge.interchange.row import Row
from knowledge.models import (
    Entry,
    LoweredWording,
    Phrase,
    PhraseOrigin,
    PhraseProposal,
    Solution,
    entry_theme,
)
from knowledge.phrases import key


@dataclass(frozen=True)
class Change:
    """One row's entry as it stands (None: not at all) and as it should."""

    row: Row
    held: Content | None
    wanted: Content

    @property
    def needed(self) -> bool:
        return self.held != self.wanted


def planned(session: Session, rows: Sequence[tuple[str, Row]], options: Options) -> list[Change]:
    """What the rows (some hundreds, each with its entry's id) would change; only those that do."""
    held = contents(session, [entry_id for entry_id, _ in rows])
    index = themes.theme_index(session)
    changes = []
    for entry_id, row in rows:
        before = held.get(entry_id)
        theme_ids = [index.id_of(cell.text) or cell.text for cell in row.themes]
        after = wanted(row, before, options).over(before, entry_id, theme_ids)
        changes.append(Change(row, before, after))
    return [change for change in changes if change.needed]


def put(
    session: Session, rows: Sequence[tuple[str, Row]], options: Options, *, now: datetime
) -> int:
    """Make the changes that the rows ask for and return for how many entries that was.

    Raises as `entries.add_all` does, and changes nothing then.
    """
    version = state.next_version(session)  # first of all: from here on nobody else changes any
    if options.new_themes:
        _make_themes(session, [cell.text for _, row in rows for cell in row.themes])
    changes = planned(session, rows, options)
    _add(session, [change.wanted for change in changes if change.held is None], now=now)
    revised = [(one.held, one.wanted) for one in changes if one.held is not None]
    _revise(session, revised, version, now)
    return len(changes)


def _make_themes(session: Session, names: Sequence[str]) -> None:
    index = themes.theme_index(session)
    taken = set(index.names)
    news = []
    for name in dict.fromkeys(names):
        if index.id_of(name) is None:
            theme_id = _free(themes.slug(name), taken)
            taken.add(theme_id)
            news.append(themes.NewTheme(theme_id, name))
    themes.add_themes(session, news)


def _free(slug: str, taken: set[str]) -> str:
    """The slug, or the first of slug-2, slug-3, ... that no theme has."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug[:58]}-{number}"
    return free


def _add(session: Session, news: Sequence[Content], *, now: datetime) -> None:
    if not news:
        return
    entries.add_all(session, [new_entry(one) for one in news], now=now)
    retired = [
        {"entry_id": one.id, "position": place, "text": text, "retired_at": now}
        for one in news
        for place, text in enumerate(one.retired, start=len(one.solutions))
    ]
    if retired:
        session.execute(insert(Solution), retired)


def _revise(
    session: Session, revised: Sequence[tuple[Content, Content]], version: int, now: datetime
) -> None:
    if not revised:
        return
    session.execute(
        update(Entry),
        [
            {
                "id": after.id,
                "problem": after.problem,
                "source": after.source,
                "source_date": after.source_date,
                "status": after.status,
                "changed": version,
                "updated_at": now,
            }
            for _, after in revised
        ],
    )
    _set_themes(session, [after for before, after in revised if before.themes != after.themes])
    _set_phrases(session, [pair for pair in revised if pair[0].phrases != pair[1].phrases])
    tried = [
        after
        for before, after in revised
        if (before.solutions, before.retired) != (after.solutions, after.retired)
    ]
    _set_solutions(session, tried, now)


def _set_themes(session: Session, afters: Sequence[Content]) -> None:
    ids = [after.id for after in afters]
    session.execute(delete(entry_theme).where(entry_theme.c.entry_id.in_(ids)))
    links = [
        {"entry_id": after.id, "theme_id": theme_id, "position": place}
        for after in afters
        for place, theme_id in enumerate(after.themes)
    ]
    if links:
        session.execute(insert(entry_theme), links)


def _set_phrases(session: Session, revised: Sequence[tuple[Content, Content]]) -> None:
    """In the order given; a phrase that stays keeps its origin."""
    ids = [after.id for _, after in revised]
    origins = {
        (entry_id, text): origin
        for entry_id, text, origin in session.execute(
            select(Phrase.entry_id, Phrase.text, Phrase.origin).where(Phrase.entry_id.in_(ids))
        )
    }
    session.execute(delete(Phrase).where(Phrase.entry_id.in_(ids)))
    rows = [
        {
            "entry_id": after.id,
            "text": text,
            "origin": origins.get((after.id, text), PhraseOrigin.IMPORT),
        }
        for _, after in revised
        for text in after.phrases
    ]
    if rows:
        session.execute(insert(Phrase), rows)
    learnt = [
        (after.id, key(text))
        for before, after in revised
        for text in after.phrases
        if text not in before.phrases
    ]
    _settle(session, learnt)


def _settle(session: Session, learnt: Sequence[tuple[str, str]]) -> None:
    """What a file teaches is neither held against the entry nor waits for a moderator."""
    for start in range(0, len(learnt), 100):
        some = learnt[start : start + 100]
        for table in (LoweredWording, PhraseProposal):
            same = (
                and_(table.entry_id == entry_id, table.key == wording) for entry_id, wording in some
            )
            session.execute(delete(table).where(or_(*same)))


def _set_solutions(session: Session, afters: Sequence[Content], now: datetime) -> None:
    """A text that stays keeps its row, and all that hangs on it; what goes is retired."""
    there = _rows_there(session, [after.id for after in afters])
    kept: list[dict[str, object]] = []
    news: list[dict[str, object]] = []
    for after in afters:
        live = [(text, True) for text in after.solutions]
        for place, (text, shown) in enumerate([*live, *((text, False) for text in after.retired)]):
            number, gone = _taken(there.get((after.id, text), []), shown)
            stands = {"position": place, "retired_at": None if shown else gone or now}
            if number is None:
                news.append({"entry_id": after.id, "text": text, **stands})
            else:
                kept.append({"id": number, **stands})
    if kept:
        session.execute(update(Solution), kept)
    if news:
        session.execute(insert(Solution), news)


_There = tuple[int, datetime | None]
"""The number of a stored solution and when it was retired."""


def _rows_there(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], list[_There]]:
    rows = session.execute(
        select(Solution.id, Solution.entry_id, Solution.text, Solution.retired_at)
        .where(Solution.entry_id.in_(ids))
        .order_by(Solution.position, Solution.id)
    )
    there: dict[tuple[str, str], list[_There]] = {}
    for number, entry_id, text, gone in rows:
        there.setdefault((entry_id, text), []).append((number, gone))
    return there


def _taken(same: list[_There], shown: bool) -> tuple[int | None, datetime | None]:
    """Takes the row of a text that fits best: one that is shown for one to be shown."""
    if not same:
        return None, None
    fits = next((row for row in same if (row[1] is None) is shown), same[0])
    same.remove(fits)
    return fits
