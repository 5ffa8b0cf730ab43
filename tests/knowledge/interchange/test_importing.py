"""What a file does to the network, and what is said about one that has something amiss."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from knowledge import phrases, state
from knowledge.database import Database
from knowledge.errors import FileUnreadable
from knowledge.interchange.files import Format, Source
from knowledge.interchange.importing import Order, examine
from knowledge.interchange.judging import AS_IT_IS, Options
from knowledge.models import Entry, EntryStatus, LoweredWording, Phrase, Solution
from knowledge.search import Engine
from knowledge.semantic import Embedder
from tests.knowledge.interchange.network import NOW, as_json, csv, held, imported

PARKS = {"id": "parks", "problem": "How do we look after parks?", "solutions": ["Ask friends."]}


def told(database: Database, source: Source, options: Options = AS_IT_IS) -> list[str]:
    """What a look at the file finds: row, column and kind."""
    report = examine(database, Order(source, options))
    return [f"{fault.row} {fault.column}: {fault.kind.value}" for fault in report.faults]


def test_every_fault_is_told_by_row_and_column(stocked: Database) -> None:
    file = csv(
        "id,problem,solution 1,theme,source date,status,notes\n"
        "a,,Do it,,,,\n"
        "b,No solution here,,,,,\n"
        "c,Theme slip,Do it,High steets,,,\n"
        "d,Month first,Do it,,12/31/2023,,\n"
        "e,Odd status,Do it,,,alive,\n"
        "f,Somebody,Ring 0161 496 0999,,,,\n"
        "f,The same id,Do it,,,,\n"
        "g,Month FIRST?,Do it,,,,\n"
        "h,Too many,Do it,,,,,over\n"
        f"{'i' * 65},Too long an id,Do it,,,,\n"
        f"j,Too long a text,{'x' * 20_001},,,,\n"
        "k,A bell \x00 cannot be kept,Do it,,,,\n"
        "l,A good one,Do it,High streets,31st March 2023,draft,\n"
    )
    assert told(stocked, file) == [
        "1 notes: column unknown",
        "2 problem: problem missing",
        "3 solutions: solution missing",
        "4 theme: theme unknown",
        "5 source date: date unreadable",
        "6 status: status unknown",
        "7 solution 1: identity",
        "8 id: id twice",
        "9 problem: problem twice",
        "10 : cells over",
        "11 id: unfit",
        "12 solution 1: too long",
        "13 problem: unkeepable character",
    ]
    assert imported(stocked, file).refused
    assert "l" not in held(stocked)
    report = imported(stocked, file, Options(keep_good=True))
    assert (report.imported, report.left_out, report.clean) == (1, 12, False)
    assert held(stocked)["l"].themes == ("High streets",)
    assert not set("abcdefghjk") & set(held(stocked))


def test_a_slip_in_a_theme_comes_with_proposals(stocked: Database) -> None:
    report = examine(stocked, Order(csv("problem,solution,theme\nA thing,Do it,high stret\n")))
    assert [fault.about[0] for fault in report.faults] == ["High streets"]


def test_an_entry_that_is_there_is_told_and_a_near_one_only_told(
    stocked: Database, embedder: Embedder
) -> None:
    engine = Engine(embedder)
    with stocked.reading() as session:
        engine.refresh(session)
    problem = held(stocked)["measuring-perception"].problem
    near = problem.replace("best measure", "measure best")
    rows = [
        {"id": "same", "problem": problem.upper(), "solutions": ["x"]},
        {"id": "near", "problem": near, "solutions": ["x"]},
    ]
    report = examine(stocked, Order(as_json(rows), engine=engine))
    assert [(f.row, f.kind.value, f.about[0]) for f in report.faults] == [
        (1, "duplicate of an entry", "measuring-perception"),
        (2, "near-duplicate of an entry", "measuring-perception"),
    ]
    assert (report.new, report.left_out) == (1, 1)


def test_only_what_changed_is_changed(database: Database) -> None:
    other = {"id": "other", "problem": "Another problem", "solutions": ["x"]}
    assert imported(database, as_json([PARKS, other])).new == 2
    with database.writing() as session:
        phrases.teach(session, "parks", "green spaces", now=NOW)
        phrases.lower(session, "parks", "car parks")
        kept = dict(session.execute(select(Solution.text, Solution.id)).all())
        before = dict(session.execute(select(Entry.id, Entry.changed)).all())
    changed = {**PARKS, "solutions": ["New.", "Ask friends."], "phrases": ["car parks"]}
    report = imported(database, as_json([changed, other]))
    assert (report.changed, report.unchanged, report.imported) == (1, 1, 1)
    with database.reading() as session:
        after = dict(session.execute(select(Entry.id, Entry.changed)).all())
        solutions = dict(session.execute(select(Solution.text, Solution.id)).all())
        assert session.scalars(select(LoweredWording)).all() == []
    assert after["other"] == before["other"]
    assert after["parks"] > before["parks"]
    assert solutions["Ask friends."] == kept["Ask friends."]
    assert held(database)["parks"].solutions == ("New.", "Ask friends.")
    assert held(database)["parks"].phrases == ("car parks",)


def test_what_a_file_does_not_speak_of_stays(database: Database) -> None:
    whole = {**PARKS, "phrases": ["green spaces"], "source": "a set", "source_date": "1/3/2023"}
    imported(database, as_json([whole]))
    before = held(database)["parks"]
    imported(database, csv("id,solution 1\nparks,Mow less.\n"))
    after = held(database)["parks"]
    assert after == replace(before, solutions=("Mow less.",), retired=("Ask friends.",))
    imported(database, csv("id,solution 1,source\nparks,Ask friends.,\n"))
    back = replace(before, source="", retired=("Mow less.",))
    assert held(database)["parks"] == back


def test_a_phrase_that_stays_keeps_where_it_came_from(stocked: Database) -> None:
    one = held(stocked)["measuring-perception"]
    row = {"id": one.id, "phrases": ["a new wording", *one.phrases]}
    imported(stocked, as_json([row]))
    with stocked.reading() as session:
        rows = session.execute(
            select(Phrase.text, Phrase.origin).where(Phrase.entry_id == one.id).order_by(Phrase.id)
        ).all()
    assert [text for text, _ in rows] == ["a new wording", *one.phrases]
    assert [origin.value for _, origin in rows] == ["import", *["starter"] * len(one.phrases)]


def test_a_row_without_an_id_is_known_again_by_its_problem(database: Database) -> None:
    file = csv('problem,solutions\nHow do we plan?,Talk.\nWho pays?,"Ask.\nAsk again."\n')
    assert imported(database, file).new == 2
    first = held(database)
    assert imported(database, file).unchanged == 2
    assert held(database) == first
    assert sorted(one.solutions for one in first.values()) == [("Ask.", "Ask again."), ("Talk.",)]


def test_drafts_are_held_back_and_what_was_published_stays_so(database: Database) -> None:
    drafts = Options(as_drafts=True)
    assert imported(database, as_json([PARKS]), drafts).new == 1
    assert held(database)["parks"].status is EntryStatus.DRAFT
    assert imported(database, as_json([PARKS]), drafts).unchanged == 1
    live = {**PARKS, "status": "live"}
    assert imported(database, as_json([live])).changed == 1
    assert imported(database, as_json([PARKS]), drafts).unchanged == 1


def test_new_themes_are_made_once_and_a_near_one_is_told(database: Database) -> None:
    rows = [{**PARKS, "theme": "日本"}, {**PARKS, "id": "b", "problem": "B", "theme": "Öffis"}]
    rows += [{**PARKS, "id": "c", "problem": "C", "themes": ["Offis", "日本"]}]
    report = imported(database, as_json(rows), Options(new_themes=True))
    assert [fault.kind.value for fault in report.faults] == []
    assert held(database)["c"].themes == ("Offis", "日本")
    more = [{**PARKS, "id": "d", "problem": "D", "theme": "Parks and gardens"}]
    more += [{**PARKS, "id": "e", "problem": "E", "theme": "Parks and garden"}]
    found = told(database, as_json(more), Options(new_themes=True))
    assert found == ["2 theme: theme like another"]


def test_names_that_somebody_has_read_may_come_in(database: Database) -> None:
    row = {**PARKS, "solutions": ["Okafor knows."]}
    order = Order(as_json([row]), names=("Asha Okafor",))
    assert [fault.about for fault in examine(database, order).faults] == [("Okafor",)]
    read = replace(order, options=Options(names_read=True))
    assert examine(database, read).clean


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        ("id,soluton 2,problem", ["1 soluton 2: column misspelt"]),
        ("id,problem,problem", ["1 problem: column twice"]),
        ("name,answer", ["1 name: column unknown", "1 answer: column unknown"]),
        ("", []),
    ],
)
def test_a_header_that_cannot_be_relied_on_stops_the_whole_file(
    database: Database, header: str, faults: list[str]
) -> None:
    file = csv(f"{header}\na,b,c\n" if header else "")
    found = told(database, file)
    assert found[: len(faults)] == faults
    assert imported(database, file, Options(keep_good=True)).refused


def test_csv_from_an_old_windows_spreadsheet_is_read_and_told(database: Database) -> None:
    text = "id;problem;solution\ncafe;Is the café’s rent £5?;Yes – it is\n"
    report = imported(database, Source(io.BytesIO(text.encode("cp1252")), Format.CSV))
    assert [fault.kind.value for fault in report.faults] == ["encoding guessed"]
    assert held(database)["cafe"].problem == "Is the café’s rent £5?"
    wide = Source(io.BytesIO(text.replace(";", "\t").encode("utf-16")), Format.CSV)
    assert imported(database, wide).unchanged == 1


def test_a_workbook_that_people_made_is_read(database: Database) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ID", "Problem", "Solutions", "Source_Date"])
    sheet.append([7, "How long is it?", "Measure it.\nAsk.", NOW.replace(tzinfo=None, hour=0)])
    sheet.append([None, None, None, None])
    sheet.append(["b", "How wide is it?", "=1+1", "31.3.23"])
    book.create_sheet("More")
    file = io.BytesIO()
    book.save(file)
    report = imported(database, Source(file, Format.XLSX), Options(keep_good=True))
    assert [(f.row, f.kind.value) for f in report.faults] == [
        (0, "other sheets"),
        (4, "solution missing"),  # a formula that no spreadsheet has worked out yet has no text
    ]
    entry = held(database)["7"]
    assert entry.solutions == ("Measure it.", "Ask.")
    assert str(entry.source_date) == "2026-11-23"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Format.JSON, b""),
        (Format.JSON, b'{"id": "a"}'),
        (Format.JSON, b'[{"id": "a"'),
        (Format.JSON, b'[{"id": "a", "problem": "x", "solutions": ["y"]}] and more'),
        (Format.JSON, b"[" * 200_000),
        (Format.JSON, b'["\xff"]'),
        (Format.YAML, b"a: b"),
        (Format.YAML, b"- a: [b"),
        (Format.YAML, b"- &a {id: x}\n- *a\n"),
        (Format.YAML, b"- id: a\n---\n- id: b\n"),
        (Format.YAML, b"- id: \xff\n"),
        (Format.XLSX, b"PK\x03\x04 no workbook"),
        (Format.XLSX, b"\xd0\xcf\x11\xe0 an old one"),
        (Format.CSV, b'id,problem\na,"no end'),
        (Format.CSV, b"\xff\xfe\x00"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    database: Database, kind: Format, content: bytes
) -> None:
    with pytest.raises(FileUnreadable) as refused:
        imported(database, Source(io.BytesIO(content), kind), Options(keep_good=True))
    assert "\n" not in str(refused.value)
    with database.reading() as session:
        assert state.version(session) == 0


def test_what_no_entry_holds_is_told_by_item(database: Database) -> None:
    rows = [
        "a text",
        {**PARKS, "solutions": "one text"},
        {**PARKS, "id": True},
        {**PARKS, "id": "x", "problem": {"a": [[[1]]]}},
        {**PARKS, "solutions": ["a", ["b"]]},
        {**PARKS, "id": "good", "problem": "A good one", "style": "short", "phrases": None},
        {**PARKS, "id": "too", "problem": "Another one", "style": "short", "phrase": 5},
    ]
    assert told(database, as_json(rows)) == [
        "1 : wrong shape",
        "2 solutions: wrong shape",
        "3 id: wrong shape",
        "4 problem: wrong shape",
        "5 solutions: wrong shape",
        "6 style: column unknown",
    ]
