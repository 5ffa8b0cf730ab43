from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from knowledge import state
from knowledge.database import Database
from knowledge.entries import (
    NewEntry,
    add,
    add_all,
    entries_by_id,
    entries_of_theme,
    entry,
    theme_named,
    themes,
)
from knowledge.errors import EntryExists, EntryUnfit, ThemeUnknown
from knowledge.models import Entry, EntryStatus, Phrase, PhraseOrigin, Solution
from knowledge.themes import NewTheme, add_themes

BOARD = NewEntry(
    id="board",
    problem="How do we work with the board?",
    solutions=("Meet in person.", "Keep papers short."),
    themes=("people", "Monitoring and evaluation"),
    phrases=("board trouble", "board trouble"),
    source="a set in 2023",
    source_date=date(2023, 3, 1),
)


@pytest.fixture
def shelves(database: Database) -> Database:
    with database.writing() as session:
        add_themes(
            session,
            [
                NewTheme("people", "Relationship building", ("Partnerships",)),
                NewTheme("m-and-e", "Monitoring and evaluation", ("M&E",)),
                NewTheme("high-streets", "High streets"),
            ],
        )
    return database


def test_an_entry_is_shown_as_it_was_added(shelves: Database, now: datetime) -> None:
    with shelves.writing() as session:
        assert add(session, BOARD, now=now) == "board"
    with shelves.reading() as session:
        view = entry(session, "board")
        phrases = session.execute(select(Phrase.text, Phrase.origin)).all()
    assert view is not None
    assert view.problem == BOARD.problem
    assert view.solutions == BOARD.solutions
    assert view.themes == ("Relationship building", "Monitoring and evaluation")
    assert (view.source, view.source_date) == ("a set in 2023", date(2023, 3, 1))
    assert [tuple(row) for row in phrases] == [("board trouble", PhraseOrigin.MODERATOR)]


@pytest.mark.parametrize("status", [EntryStatus.DRAFT, EntryStatus.RETIRED])
def test_drafts_and_retired_entries_are_shown_to_nobody(
    shelves: Database, now: datetime, status: EntryStatus
) -> None:
    with shelves.writing() as session:
        add(session, replace(BOARD, status=status), now=now)
    with shelves.reading() as session:
        assert entry(session, "board") is None
        assert entries_of_theme(session, "people") == ()
        assert [theme.entries for theme in themes(session)] == [0, 0, 0]


def test_a_retired_solution_is_left_out(shelves: Database, now: datetime) -> None:
    with shelves.writing() as session:
        add(session, BOARD, now=now)
        session.execute(update(Solution).where(Solution.position == 0).values(retired_at=now))
    with shelves.reading() as session:
        view = entry(session, "board")
    assert view is not None
    assert view.solutions == ("Keep papers short.",)


def test_entries_come_in_the_order_asked_and_unknown_ones_are_left_out(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        ids = add_all(session, [NewEntry(f"Problem {n}") for n in range(1200)], now=now)
    asked = [ids[900], "nobody", ids[3], ids[700]]
    with database.reading() as session:
        assert list(entries_by_id(session, asked)) == [ids[900], ids[3], ids[700]]


@pytest.mark.parametrize(
    "entry_id", ["a:b", "a b", "a/b", "a?b", "a#b", "a%b", "été", ".", "..", "-a", "a\n", "<a>"]
)
def test_an_id_that_no_button_or_address_can_carry_is_refused(
    database: Database, now: datetime, entry_id: str
) -> None:
    with database.writing() as session, pytest.raises(EntryUnfit, match="An entry's id must"):
        add(session, NewEntry("A problem", id=entry_id), now=now)


@pytest.mark.parametrize("entry_id", ["a", "7", "Board-2.1_b~c", "x" * 64])
def test_an_id_of_letters_digits_and_marks_that_stand_in_addresses_is_taken(
    database: Database, now: datetime, entry_id: str
) -> None:
    with database.writing() as session:
        assert add(session, NewEntry("A problem", id=entry_id), now=now) == entry_id


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (replace(BOARD, problem=" "), EntryUnfit),
        (replace(BOARD, solutions=("", "b")), EntryUnfit),
        (replace(BOARD, id="x" * 65), EntryUnfit),
        (replace(BOARD, themes=("Gardening",)), ThemeUnknown),
    ],
)
def test_an_unfit_entry_is_refused(
    shelves: Database, now: datetime, new: NewEntry, error: type[Exception]
) -> None:
    with shelves.writing() as session, pytest.raises(error):
        add(session, new, now=now)


def test_an_id_is_given_once(shelves: Database, now: datetime) -> None:
    with shelves.writing() as session:
        add(session, BOARD, now=now)
        with pytest.raises(EntryExists, match="board"):
            add(session, BOARD, now=now)
        with pytest.raises(EntryExists):
            add_all(session, [NewEntry("a", id="twin"), NewEntry("b", id="twin")], now=now)


def test_each_change_counts_once_and_is_marked_on_its_entries(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        add_all(session, [NewEntry("one", id="1"), NewEntry("two", id="2")], now=now)
        add(session, NewEntry("three", id="3"), now=now)
    with database.reading() as session:
        assert state.version(session) == 2
        changed = session.execute(select(Entry.id, Entry.changed).order_by(Entry.id))
        assert [tuple(row) for row in changed] == [("1", 1), ("2", 1), ("3", 2)]


def test_times_come_back_aware_and_a_naive_one_is_refused(
    database: Database, now: datetime
) -> None:
    summer = (now + timedelta(hours=1)).astimezone()
    with database.writing() as session:
        add(session, NewEntry("one", id="1"), now=summer)
    with database.reading() as session:
        made = session.scalars(select(Entry.created_at)).one()
        assert made == summer
        assert made.utcoffset() == timedelta(0)
    with (
        pytest.raises(Exception, match="naive"),
        database.writing() as session,
    ):
        add(session, NewEntry("two"), now=now.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("text", "theme_id"),
    [
        ("High streets", "high-streets"),
        ("hihg street", "high-streets"),
        ("m&e", "m-and-e"),
        ("M and E", "m-and-e"),
        ("partnership", "people"),
        ("monitoring & evalution", "m-and-e"),
        ("people", "people"),
    ],
)
def test_a_theme_is_found_by_any_of_its_names(shelves: Database, text: str, theme_id: str) -> None:
    with shelves.reading() as session:
        found = theme_named(session, text)
    assert found is not None
    assert found.id == theme_id


@pytest.mark.parametrize("text", ["", "zebra", "hi", "how do we measure high street footfall"])
def test_other_words_name_no_theme(shelves: Database, text: str) -> None:
    with shelves.reading() as session:
        assert theme_named(session, text) is None


def test_the_main_theme_comes_first_and_entries_are_counted(
    shelves: Database, now: datetime
) -> None:
    other = NewEntry("Other", id="aa", themes=("m-and-e",))
    with shelves.writing() as session:
        add_all(session, [BOARD, other], now=now)
    with shelves.reading() as session:
        assert [view.id for view in entries_of_theme(session, "m-and-e")] == ["aa", "board"]
        assert [(t.id, t.entries) for t in themes(session)] == [
            ("people", 1),
            ("m-and-e", 2),
            ("high-streets", 0),
        ]
