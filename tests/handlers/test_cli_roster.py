"""`als members import`, run as a command: read as spreadsheets write it, told line by line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from knowledge.database import Database
from tests.handlers.als import Als

HEADER = "name,role,job,seniority,nation,themes,set\n"
GOOD = HEADER + (
    "Asha,,Skills officer,Senior,Wales,High streets,\n"
    "Ben,facilitator,,,SCT,,\n"
    '"Chloë, Dr",officer,Grants,,,"High streets; Health inequalities",\n'
)


@pytest.fixture
def als(stocked: Database, tmp_path: Path) -> Als:
    return Als(tmp_path, DATABASE_URL=stocked.url.render_as_string(hide_password=False))


def names(als: Als) -> dict[str, str]:
    rows = json.loads(als("members", "list", "--json").out)
    return {row["name"]: row["role"] for row in rows}


def test_a_good_file_is_looked_at_then_added_with_a_code_for_each(als: Als, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(GOOD)
    looked = als("members", "import", "people.csv", "--dry-run")
    assert (looked.code, looked.err) == (0, ""), looked.out
    assert looked.out == "3 people read: 3 new, 0 in the network already, 0 with something amiss.\n"
    assert names(als) == {}
    done = als("members", "import", "people.csv", "--invitations", "codes.csv")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].endswith("3 added.")
    assert names(als) == {"Asha": "officer", "Ben": "facilitator", "Chloë, Dr": "officer"}
    written = (tmp_path / "codes.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(written.splitlines()))
    assert [row["name"] for row in rows] == ["Asha", "Ben", "Chloë, Dr"]
    assert len({row["code"] for row in rows}) == 3
    assert rows[0]["what to send to the bot"] == f"join {rows[0]['code']}"
    assert (tmp_path / "codes.csv").stat().st_mode & 0o077 == 0
    again = json.loads(als("members", "import", "people.csv", "--json").out)
    assert (again["new"], again["known"], again["added"]) == (0, 3, 0)
    assert "Asha is a member already" in again["problems"][0]["sentence"]


def test_bad_rows_are_told_by_line_and_nobody_is_added_unless_the_good_ones_are_kept(
    als: Als, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text(
        HEADER
        + "Asha,,,,,,\n"
        + ",officer,,,,,\n"
        + "Ben,king,,,Atlantis,High steets,\n"
        + "asha,,,,,,\n"
        + f"Cara,,{'x' * 121},{'y' * 61},,,{'z' * 121}\n"
        + "Dan,,,,,,,over\n"
    )
    refused = als("members", "import", "bad.csv")
    assert (refused.code, refused.err) == (1, "")
    lines = refused.out.splitlines()
    assert lines[0] == "Row 3, name: the name is missing."
    assert lines[1].startswith("Row 4, role: “king” is no role.")
    assert lines[2].startswith("Row 4, nation: “Atlantis” is no nation")
    assert lines[3] == (
        "Row 4, themes: there is no theme called “High steets”. Did you mean “High streets”?"
    )
    assert lines[4].startswith("Row 5, name: this name is there already, in row 2.")
    assert [line.split(":")[0] for line in lines[5:8]] == [
        "Row 6, job",
        "Row 6, seniority",
        "Row 6, set",
    ]
    assert lines[8].startswith("Row 7: “over” stands outside the named columns.")
    assert lines[9].endswith("5 with something amiss. Nobody was added.")
    assert lines[10] == "To add the others all the same: --keep-good"
    assert names(als) == {}
    kept = als("members", "import", "bad.csv", "--keep-good", "--json")
    assert kept.code == 1
    document = json.loads(kept.out)
    assert (document["added"], document["left_out"], document["refused"]) == (1, 5, False)
    assert document["problems"][0]["line"] == 3
    assert names(als) == {"Asha": "officer"}


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t")]
)
def test_what_a_spreadsheet_writes_is_read(
    als: Als, tmp_path: Path, encoding: str, separator: str
) -> None:
    text = (
        separator.join(("Full name", "Grade")) + "\r\n" + separator.join(("Zoë", "Head")) + "\r\n"
    )
    (tmp_path / "excel.csv").write_bytes(text.encode(encoding))
    done = als("members", "import", "excel.csv")
    assert done.code == 0, done
    assert ("Windows-1252" in done.out) == (encoding == "cp1252")
    assert list(names(als)) == ["Zoë"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is nothing in it"),
        ("nome\nAsha\n", "no column called “name”"),
        ("name,nations\nAsha,ENG\n", "did you mean “nation”"),
        ("name,name\nAsha,Ben\n", "this column is there twice"),
        ('name\n"Asha\n', "cannot be read as CSV"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_whole(
    als: Als, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "odd.csv").write_text(text)
    refused = als("members", "import", "odd.csv", "--keep-good")
    assert refused.code == 1
    assert said in refused.out + refused.err
    assert "Traceback" not in refused.err
    assert names(als) == {}


def test_a_column_of_something_else_is_only_told(als: Als, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("name,shoe size\nAsha,41\n")
    done = als("members", "import", "more.csv")
    assert done.code == 0
    assert "(only to tell) The file, shoe size: this is nothing that is kept" in done.out
    assert list(names(als)) == ["Asha"]


def test_sets_are_filled_and_one_that_would_be_too_large_is_refused(
    als: Als, tmp_path: Path
) -> None:
    rows = [f"North {n},,,,,,North\n" for n in range(9)]
    rows += [f"South {n},,,,,,South\n" for n in range(2)]
    (tmp_path / "sets.csv").write_text(HEADER + "".join(rows))
    done = als("members", "import", "sets.csv")
    assert done.code == 0
    assert "South would have 2 members: it is being gathered" in done.out
    listed = json.loads(als("sets", "list", "--json").out)
    assert [(one["name"], one["members"]) for one in listed] == [("North", 9), ("South", 2)]
    more = [f"More {n},,,,,,North\n" for n in range(4)]
    (tmp_path / "more.csv").write_text(HEADER + "".join(more) + "South 0,,,,,,South\n")
    refused = als("members", "import", "more.csv", "--keep-good")
    assert refused.code == 1
    assert "Row 2, set: North would have 13 members; a set has at most 12" in refused.out
    listed = json.loads(als("sets", "list", "--json").out)
    assert [one["members"] for one in listed] == [9, 2]


def test_codes_and_a_document_do_not_mix(als: Als, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(GOOD)
    refused = als("members", "import", "people.csv", "--json", "--invitations", "-")
    assert "standard output" in refused.refusal
    unwritable = als("members", "import", "people.csv", "--invitations", "nowhere/codes.csv")
    assert "cannot be written" in unwritable.refusal
    assert names(als) == {}
