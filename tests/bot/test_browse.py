"""The themes and what stands under them, page by page, with buttons or with text alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from bot import wording
from bot.app import Network
from bot.flows.browse import PAGE
from bot.rules import Rules
from bot.wording import posting
from bot.wording.interests import FOLLOW_THEME
from bot.wording.trying import TRY_ONE
from knowledge import entries
from knowledge.database import Database
from knowledge.entries import NewEntry
from knowledge.models import Entry, EntryStatus, Theme
from knowledge.search import Decision, Engine
from tests.bot.conftest import Settle, welcomed
from tests.officer import Officer

PAGING = (wording.MORE_ENTRIES, wording.FIRST_PAGE, FOLLOW_THEME)


def shelves(officer: Officer) -> list[str]:
    """The names of all themes that have something under them, in their order."""
    with officer.network.database.reading() as session:
        return [theme.name for theme in entries.themes(session) if theme.entries]


def fill(database: Database, theme: str, number: int, now: datetime) -> None:
    with database.writing() as session:
        news = [NewEntry(f"Question {n} on it?", ("Try.",), (theme,)) for n in range(number)]
        entries.add_all(session, news, now=now)


def test_every_theme_is_reached_by_numbers_alone(asha: Officer) -> None:
    names = shelves(asha)
    assert len(names) > PAGE
    asha.says("themes")
    assert asha.told == [wording.THEMES]
    assert asha.labels == [*names[:PAGE], wording.MORE_THEMES]
    asha.says(str(PAGE + 1))
    assert asha.labels == [*names[PAGE:], wording.FIRST_PAGE]
    asha.says("1")
    assert asha.told == [wording.in_theme(names[PAGE])]
    asha.says("1")
    assert names[PAGE] in asha.card.themes


def test_a_theme_with_many_entries_goes_on_over_pages(asha: Officer, now: datetime) -> None:
    fill(asha.network.database, "Economic growth", 2 * PAGE, now)
    asha.says("themes economic growth")
    seen = [label for label in asha.labels if label not in PAGING]
    while asha.labels[-1] == wording.MORE_ENTRIES:
        asha.says(str(len(asha.labels)))
        seen += [label for label in asha.labels if label not in PAGING]
    assert len(seen) == len(set(seen)) >= 2 * PAGE


def test_no_page_is_longer_than_a_phone_can_offer(asha: Officer, now: datetime) -> None:
    fill(asha.network.database, "Economic growth", PAGE, now)
    asha.says("themes economic growth")
    assert len(asha.labels) <= 10
    asha.says("themes")
    assert len(asha.labels) <= 10


def test_a_theme_is_found_by_its_name_or_near_enough(asha: Officer) -> None:
    names = {
        "themes high streets": "High streets",
        "THEMES High Streets!": "High streets",
        "themes hihg streets": "High streets",
        "themes m&e": "Meaningful monitoring and evaluation",
        "themes equality, diversity & inclusion": "Equality, diversity and inclusion",
        "themes procurment": "Commissioning and procurement",
    }
    for typed, name in names.items():
        asha.says(typed)
        assert asha.told == [wording.in_theme(name)]
        assert asha.choices


def test_a_name_that_is_no_theme_is_looked_up_as_a_question(asha: Officer, settle: Settle) -> None:
    settle(Decision.SUGGEST)
    asha.says("themes that our partnership board could agree on")
    assert asha.told[0].endswith(wording.UNSURE)


def test_a_card_from_a_theme_asks_nobody_whether_it_helped(asha: Officer) -> None:
    asha.says("themes high streets")
    asha.says("1")
    assert asha.labels == [wording.MORE_LIKE_THIS, wording.ASK_PEERS, TRY_ONE]
    asha.presses(wording.ASK_PEERS)
    assert asha.told == [posting.PROBLEM]


def test_more_like_a_card_from_a_theme_is_near_it(asha: Officer) -> None:
    asha.sends_button("entry:partnership-board")
    asha.presses(wording.MORE_LIKE_THIS)
    assert asha.told == [wording.LIKE_IT]
    asha.says("1")
    assert asha.card.entry_id != "partnership-board"


def test_a_page_beyond_the_last_is_the_first(asha: Officer) -> None:
    asha.says("themes")
    first = asha.heard
    asha.sends_button("themes:999")
    assert asha.heard == first
    asha.sends_button("theme:high-streets:999")
    assert asha.told == [wording.in_theme("High streets")]


def test_a_theme_that_is_gone_shows_the_others(asha: Officer) -> None:
    asha.sends_button("theme:no-such-theme:0")
    assert asha.told == [wording.THEMES]


def test_retired_entries_and_empty_themes_are_not_offered(asha: Officer, now: datetime) -> None:
    with asha.network.database.writing() as session:
        session.add(Theme(id="empty", name="An empty theme", position=-1, also=[]))
        retired = update(Entry).where(Entry.id == "high-streets")
        session.execute(retired.values(status=EntryStatus.RETIRED))
        problem = session.scalars(select(Entry.problem).where(Entry.id == "high-streets")).one()
    asha.says("themes high streets")
    assert problem not in asha.labels
    asha.says("themes")
    assert "An empty theme" not in asha.labels
    asha.says("themes an empty theme")
    assert asha.told == [wording.nothing_in_theme("An empty theme")]


def test_an_empty_store_says_so_and_still_takes_questions(
    database: Database, now: datetime
) -> None:
    network = Network(database, Engine(None), {}, Rules(frozenset()))
    asha = welcomed(network, "Asha", now)
    asha.says("themes")
    assert asha.told == [wording.NO_THEMES]
    asha.says("how do we measure perception?")
    assert asha.told[0].startswith(wording.NOTHING_FOUND)
    asha.presses(wording.SEE_THEMES)
    assert asha.told == [wording.NO_THEMES]
