import json
from pathlib import Path

import pytest

from knowledge.entries import EntryView
from knowledge.errors import CollectionMalformed
from knowledge.evaluation import auroc, evaluate
from knowledge.glossary import Expansion
from knowledge.interchange import ask_json
from knowledge.search import Decision, Finding, Match
from knowledge.semantic import Embedder
from knowledge.solutions import SolutionView
from knowledge.spelling import Correction
from knowledge.why import Part, Why

KB = [
    {"id": "m", "problem": "How do we revive a street market?", "solutions": ["Ask traders."]},
    {
        "id": "v",
        "problem": "How do we recruit volunteers?",
        "solutions": ["Feed them."],
        "theme": "People",
        "phrases": ["nobody wants to steward"],
    },
]
QUERIES = [
    {"text": "how do we revive a street market", "entry": "m", "style": "paraphrase"},
    {"text": "recruiting volunters", "entry": "v", "style": "typos"},
    {"text": "how do we recruit volunteers", "entry": "m", "also": ["v"]},
    {"text": "how do we recruit volunteers?", "entry": "m", "style": "wrong"},
]
KEYS = {
    *("queries", "recall@1", "recall@3", "recall@5", "mrr", "answered", "suggested", "missed"),
    *("answered_correct", "helped", "out_of_scope_answered", "out_of_scope_suggested", "auroc"),
    *("p50_ms", "p99_ms", "entries", "groups"),
}


def _file(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_collection_is_measured_as_the_design_says(tmp_path: Path, embedder: Embedder) -> None:
    report = evaluate(
        _file(tmp_path, "kb.json", KB),
        _file(tmp_path, "queries.json", QUERIES),
        _file(tmp_path, "out.json", [{"text": "when are the bins collected", "kind": "bins"}]),
        embedder,
    ).as_json()
    assert set(report) == KEYS
    assert (report["entries"], report["queries"]) == (2, 4)
    assert report["recall@1"] == 0.75
    assert report["recall@3"] == 1
    assert report["mrr"] == (1 + 1 + 1 + 0.5) / 4
    assert report["out_of_scope_answered"] == 0
    assert report["auroc"] == 1
    groups = report["groups"]
    assert isinstance(groups, dict)
    assert set(groups) == {"paraphrase", "typos", "wrong", "bins"}
    assert groups["wrong"]["recall@1"] == 0
    assert groups["bins"] == {
        "queries": 1,
        "out_of_scope_answered": 0,
        "out_of_scope_suggested": 0,
    }
    assert json.loads(json.dumps(report)) == report


def test_shares_of_nothing_are_null(tmp_path: Path) -> None:
    empty = _file(tmp_path, "empty.json", [])
    report = evaluate(empty, empty, empty, None).as_json()
    assert report["recall@1"] is None
    assert report["auroc"] is None
    assert report["p50_ms"] is None
    assert report["queries"] == 0


@pytest.mark.parametrize(
    ("kb", "queries", "message"),
    [
        ({"a": 1}, [], "kb.json: the file: value"),
        ([KB[0], {"id": "x", "solutions": []}], [], "kb.json: item 2: problem"),
        ([KB[0], KB[0]], [], "kb.json: item 2: id"),
        ([{**KB[0], "solutions": ["a", 5]}], [], r"kb.json: item 1: solutions\.1"),
        (KB, [{"text": "x", "entry": "zz"}], "queries.json: item 1: entry: .*zz"),
        (KB, [{"text": "x", "entry": "m", "also": ["zz"]}], "queries.json: item 1: also"),
        (KB, [{"entry": "m"}], "queries.json: item 1: text"),
        (KB, ["text"], "queries.json: item 1: value"),
    ],
)
def test_a_malformed_file_is_named_with_the_item_and_the_field(
    tmp_path: Path, kb: object, queries: object, message: str
) -> None:
    with pytest.raises(CollectionMalformed, match=message):
        evaluate(
            _file(tmp_path, "kb.json", kb), _file(tmp_path, "queries.json", queries), None, None
        )


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_file_that_is_no_json_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kb.json"
    path.write_bytes(content)
    with pytest.raises(CollectionMalformed, match=r"kb\.json: the file"):
        evaluate(path, path, None, None)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionMalformed, match=r"nowhere\.json: the file"):
        evaluate(tmp_path / "nowhere.json", tmp_path / "x", None, None)


def test_a_collection_measured_may_have_any_ids(tmp_path: Path) -> None:
    kb = [{"id": "so:1 é/?", "problem": "How do we count footfall?", "solutions": []}]
    queries = [{"text": "how do we count footfall?", "entry": "so:1 é/?"}]
    report = evaluate(
        _file(tmp_path, "kb.json", kb), _file(tmp_path, "queries.json", queries), None, None
    )
    assert report.as_json()["recall@1"] == 1.0


def test_auroc_counts_ties_half() -> None:
    assert auroc([2, 1], [1, 0]) == (1 + 1 + 0.5 + 1) / 4
    assert auroc([], [1]) is None


def test_an_answer_is_handed_on_as_the_design_says() -> None:
    said = (SolutionView(1, 1, "One."), SolutionView(2, 2, "Two."))
    view = EntryView("m", "A problem", said, ("High streets", "Other"), "s", None)
    why = Why(
        ("board",),
        (Expansion("M&E", "monitoring and evaluation"),),
        (Correction("bord", "board"),),
        Part.SOLUTION,
        2,
    )
    finding = Finding("q", "q", Decision.SUGGEST, (Match("m", 0.5, why), Match("gone", 0.25)))
    assert ask_json(finding, {"m": view}) == {
        "decision": "suggest",
        "matches": [
            {
                "id": "m",
                "problem": "A problem",
                "theme": "High streets",
                "score": 0.5,
                "solutions": ["One.", "Two."],
                "why": {
                    "words": ["board"],
                    "also_means": [{"term": "M&E", "means": "monitoring and evaluation"}],
                    "corrections": [{"wrong": "bord", "right": "board"}],
                    "text": "solution",
                    "number": 2,
                },
            }
        ],
    }
