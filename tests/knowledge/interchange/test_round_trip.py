"""What goes out comes back as it was, in every format."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from knowledge import entries, state
from knowledge.database import Database
from knowledge.errors import ExportUnfit
from knowledge.interchange.changes import put
from knowledge.interchange.content import Choice, Content
from knowledge.interchange.files import Format, records
from knowledge.interchange.record import Cell, Field
from knowledge.interchange.row import Row
from knowledge.models import Entry, EntryStatus, Solution
from knowledge.text import normalise
from tests.knowledge.interchange.network import (
    MOVING,
    NOW,
    exported,
    held,
    imported,
    in_memory,
)

NASTY = [
    "=1+1",
    "'=1+1",
    "@SUM(A1)",
    "-2 days\r\nand more",
    "+44 in front\rof a line",
    '"quoted", with; commas\tand tabs',
    "line one\nline two\n\nline four",
    "0042",
    "no",
    "null",
    "~",
    "1e5",
    "2023-03-01",
    "#N/A",
    "_x0041_ is no letter",
    "Zażółć gęślą jaźń — 日本語 — العربية",
    "🙂👩‍👩‍👧 flags 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    " blanks around ",
    "\x07a bell \x1b and \x85 and \ufffe",
    "x" * 19_990,
]
_texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
).filter(lambda text: bool(normalise(text)))
_some_texts = st.lists(_texts, max_size=3, unique=True).map(tuple)
_themes = st.lists(
    st.sampled_from(["High streets", "Culture, tourism and sport", "M&E", "日本", "007"]),
    max_size=3,
    unique=True,
).map(tuple)
_entries = st.builds(
    Content,
    id=st.from_regex(r"[0-9a-z][0-9a-z-]{0,8}", fullmatch=True),
    problem=_texts,
    solutions=st.lists(_texts, min_size=1, max_size=3, unique=True).map(tuple),
    themes=_themes,
    phrases=st.lists(_texts.filter(lambda t: len(t) <= 300), max_size=3, unique=True).map(tuple),
    source=st.one_of(st.just(""), _texts.filter(lambda text: len(text) <= 2000)),
    source_date=st.one_of(st.none(), st.dates(min_value=date(1000, 1, 1))),
    status=st.sampled_from(EntryStatus),
)
_networks = st.lists(_entries, max_size=4, unique_by=lambda one: one.id)
_few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _row(one: Content) -> tuple[str, Row]:
    row = Row(
        0,
        None,
        frozenset(Field),
        id=one.id,
        problem=one.problem,
        solutions=tuple(Cell("", text) for text in one.solutions),
        themes=tuple(Cell("", name) for name in one.themes),
        phrases=tuple(Cell("", text) for text in one.phrases),
        source=one.source,
        source_date=one.source_date,
        status=one.status,
        retired=tuple(Cell("", text) for text in one.retired),
    )
    return one.id, row


def _laid_in(database: Database, network: list[Content]) -> None:
    with database.writing() as session:
        put(session, [_row(one) for one in network], MOVING, now=NOW)


@pytest.mark.parametrize("kind", Format)
@given(network=_networks)
@example([Content(f"n{n}", f"{n} {text}", (text,)) for n, text in enumerate(NASTY)])
@_few
def test_all_that_entries_hold_comes_back(kind: Format, network: list[Content]) -> None:
    told_twice = {"problem twice", "duplicate of an entry"}
    with in_memory() as ours, in_memory() as theirs:
        _laid_in(ours, network)
        before = held(ours)
        assert before == {one.id: one for one in network}
        file = exported(ours, kind)
        assert imported(ours, file, MOVING).unchanged == len(network)
        report = imported(theirs, file, MOVING)
        if not any(fault.kind.value in told_twice for fault in report.faults):
            assert (report.faults, report.new) == ((), len(network))
            assert held(theirs) == before


@pytest.mark.parametrize("kind", Format)
def test_a_retired_solution_is_still_retired_on_the_other_side(
    kind: Format, database: Database
) -> None:
    entry = Content("a", "Problem", ("stays", "also"), ("Streets",), retired=("gone", "=gone"))
    _laid_in(database, [entry])
    with in_memory() as theirs:
        imported(theirs, exported(database, kind), MOVING)
        assert held(theirs) == {"a": entry}


@pytest.mark.parametrize("kind", [Format.CSV, Format.XLSX])
def test_no_cell_is_a_formula(kind: Format, database: Database) -> None:
    formulas = ("=1+1", "+1", "-1", "@a", "\t=1", "=HYPERLINK(A1)")
    _laid_in(database, [Content("a", "=cmd|' /C calc'!A0", formulas)])
    file = exported(database, kind)
    if kind is Format.XLSX:
        assert isinstance(file.file, io.BytesIO)
        with zipfile.ZipFile(file.file) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()
        assert "<f>" not in sheet
        assert "=1+1" in sheet
    else:
        file.file.seek(0)
        written = file.file.read().decode("utf-8-sig")
        assert "'=1+1,'+1,'-1,'@a,'\t=1,'=HYPERLINK(A1)" in written
        assert ",=" not in written
    assert held(database)["a"].solutions == formulas


def test_a_text_too_long_for_an_excel_cell_is_told_and_not_cut(database: Database) -> None:
    with database.writing() as session:
        long = entries.NewEntry("Problem", ("y" * 32_768,), id="long")
        entries.add(session, long, now=NOW)
    with pytest.raises(ExportUnfit, match=r"entry long the solution 1 has 32,768 characters"):
        exported(database, Format.XLSX)
    with database.writing() as session:
        session.execute(update(Solution).values(text="🙂" * 16_383))
    assert held(database)["long"].solutions == ("🙂" * 16_383,)
    (record,) = records(exported(database, Format.XLSX))
    assert record.cells[Field.SOLUTIONS][0].text == "🙂" * 16_383


def test_a_choice_of_entries_is_exported(database: Database) -> None:
    _laid_in(
        database,
        [
            Content("a", "One", ("x",), ("Streets",)),
            Content("b", "Two", ("x",), ("Streets",), status=EntryStatus.DRAFT),
            Content("c", "Three", ("x",), ("Parks", "Streets")),
            Content("d", "Four", ("x",)),
        ],
    )

    def ids(choice: Choice) -> list[str]:
        found = records(exported(database, Format.YAML, choice))
        return [record.cells[Field.ID][0].text for record in found]

    assert ids(Choice()) == ["a", "b", "c", "d"]
    assert ids(Choice("streets")) == ["a", "b", "c"]
    assert ids(Choice("streets", EntryStatus.LIVE)) == ["a", "c"]
    assert ids(Choice("nowhere")) == []


def test_an_import_of_what_is_there_changes_nothing_at_all(stocked: Database) -> None:
    with stocked.reading() as session:
        before = state.version(session)
        touched = session.execute(select(Entry.id, Entry.changed, Entry.updated_at)).all()
    for kind in Format:
        assert imported(stocked, exported(stocked, kind)).imported == 0
    with stocked.reading() as session:
        assert state.version(session) == before
        assert session.execute(select(Entry.id, Entry.changed, Entry.updated_at)).all() == touched
