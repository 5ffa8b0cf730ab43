"""`als knowledge import`, `export` and `check`, run as commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.handlers.als import Als

GOOD = "id,problem,solution 1,theme\nbins,Who empties the park bins?,Ask the depot.,High streets\n"
BAD = GOOD + "paths,,Mow them.,High streets\nlamps,Who mends lamps?,Ring,High steets\n"


@pytest.fixture
def als(tmp_path: Path, sqlite_templates: dict[bool, Path]) -> Als:
    """On a database with the starter knowledge."""
    shutil.copyfile(sqlite_templates[True], tmp_path / "network.db")
    return Als(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/network.db")


def test_a_good_file_is_looked_at_imported_and_found(als: Als, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(GOOD)
    looked = als("knowledge", "import", "new.csv", "--dry-run")
    assert (looked.code, looked.err) == (0, "")
    counts = "1 entry read: 1 new, 0 changed, 0 as they were, 0 with something amiss."
    assert looked.out == f"{counts}\n"
    done = als("knowledge", "import", "new.csv")
    assert (done.code, done.out, done.err) == (0, f"{counts} 1 imported.\n", "")
    asked = json.loads(als("ask", "who empties the park bins", "--json").out)
    assert (asked["decision"], asked["matches"][0]["id"]) == ("answer", "bins")
    again = json.loads(als("knowledge", "import", "new.csv", "--json").out)
    assert (again["unchanged"], again["imported"], again["problems"]) == (1, 0, [])


def test_a_file_with_bad_rows_is_refused_unless_the_good_ones_are_kept(
    als: Als, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text(BAD)
    refused = als("knowledge", "import", "bad.csv")
    assert (refused.code, refused.err) == (1, "")
    assert refused.out.splitlines() == [
        "Row 3, problem: the problem is missing.",
        "Row 4, theme: there is no theme called “High steets”. Did you mean “High streets”?",
        "3 entries read: 1 new, 0 changed, 0 as they were, 2 with something amiss. "
        "Nothing was imported.",
        "To import the others all the same: --keep-good",
    ]
    kept = als("knowledge", "import", "bad.csv", "--keep-good", "--json")
    assert (kept.code, kept.err) == (1, "")
    document = json.loads(kept.out)
    assert (document["imported"], document["left_out"], document["refused"]) == (1, 2, False)
    assert document["problems"][0] == {
        "row": 3,
        "line": 3,
        "column": "problem",
        "kind": "problem missing",
        "stops": True,
        "sentence": "the problem is missing.",
    }


def test_what_goes_out_on_standard_output_comes_in_on_standard_input(
    als: Als, tmp_path: Path
) -> None:
    out = als("knowledge", "export", "-", "--format", "yaml", "--theme", "high street")
    assert (out.code, out.err) == (0, "1 exported.\n")
    came = als("knowledge", "import", "-", "--format", "yaml", stdin=out.out.encode())
    assert (came.code, came.err) == (0, "")
    assert "1 as they were" in came.out


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_another_network_takes_an_export_as_it_is(
    als: Als, tmp_path: Path, sqlite_templates: dict[bool, Path], name: str
) -> None:
    assert als("knowledge", "export", name).code == 0
    shutil.copyfile(sqlite_templates[False], tmp_path / "other.db")
    other = f"sqlite:///{tmp_path}/other.db"
    done = als("knowledge", "import", name, "--new-themes", DATABASE_URL=other)
    assert (done.code, done.err) == (0, "")
    ours = als("knowledge", "export", "-", "--format", "json").out
    assert als("knowledge", "export", "-", "--format", "json", DATABASE_URL=other).out == ours


def test_a_file_is_checked_without_any_database(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(BAD)
    als = Als(tmp_path, DATABASE_URL="sqlite:////nowhere/at/all.db")
    checked = als("knowledge", "check", "bad.csv")
    assert (checked.code, checked.err) == (1, "")
    assert "Row 3, problem: the problem is missing." in checked.out
    (tmp_path / "good.csv").write_text(GOOD)
    assert als("knowledge", "check", "good.csv").code == 0


def test_the_network_itself_is_checked(als: Als, tmp_path: Path) -> None:
    (tmp_path / "more.json").write_text(
        json.dumps(
            [
                {"id": "bare", "problem": "Who owns the lamp posts?", "solutions": ["Ask."]},
                {"id": "known", "problem": "Who knows?", "solutions": ["Ring 0161 496 0999."]},
            ]
        )
    )
    refused = als("knowledge", "import", "more.json")
    assert "“0161 496 0999” may tell who said it" in refused.out
    assert "--names-read" in refused.out
    assert als("knowledge", "import", "more.json", "--names-read").code == 0
    checked = als("knowledge", "check")
    assert (checked.code, checked.err) == (1, "")
    assert "bare (“Who owns the lamp posts?”) stands under no theme." in checked.out
    assert "known (“Who knows?”): “0161 496 0999” may tell who said it" in checked.out
    listed = json.loads(als("knowledge", "check", "--json").out)["problems"]
    assert {"no theme", "identity", "near-duplicate"} == {one["kind"] for one in listed}


def test_an_empty_network_has_nothing_amiss(
    als: Als, tmp_path: Path, sqlite_templates: dict[bool, Path]
) -> None:
    shutil.copyfile(sqlite_templates[False], tmp_path / "network.db")
    checked = als("knowledge", "check")
    assert (checked.code, checked.out, checked.err) == (0, "Nothing is amiss.\n", "")


def test_what_cannot_be_done_is_one_line(als: Als, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear diary")
    (tmp_path / "broken.json").write_text('[{"id": "a"')
    assert "should end with .csv" in als("knowledge", "import", "notes.txt").refusal
    assert "cannot be read" in als("knowledge", "import", "none.csv").refusal
    assert "cannot be read as JSON" in als("knowledge", "import", "broken.json").refusal
    assert "--format csv" in als("knowledge", "export", "-").refusal
    assert "no theme" in als("knowledge", "export", "a.csv", "--theme", "Zebras").refusal
    assert "cannot be written" in als("knowledge", "export", "no/folder/a.csv").refusal
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "broken.json",
        "network.db",
        "notes.txt",
    ]
