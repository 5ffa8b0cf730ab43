"""`als knowledge check-text`, run as a command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ALS = Path(sys.executable).with_name("als")


def check_text(text: bytes, folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [ALS, "knowledge", "check-text", *options],
        input=text,
        capture_output=True,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": "sqlite:////nowhere/at/all.db"},
        timeout=60,
        check=False,
    )


def test_the_spans_are_one_json_document_in_code_points(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Asha Okafor\n\nTarnside Trust\n", "utf-8")
    text = "🙂 okafor moved to Kirklees"
    done = check_text(text.encode(), tmp_path, "--names", str(names))
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout) == [
        {"start": 2, "end": 8, "kind": "person"},
        {"start": 18, "end": 26, "kind": "council"},
    ]


def test_a_clean_or_empty_text_gives_an_empty_list(tmp_path: Path) -> None:
    assert check_text(b"", tmp_path).stdout == b"[]\n"


def test_a_text_in_another_encoding_is_refused_in_a_plain_sentence(tmp_path: Path) -> None:
    done = check_text("café".encode("latin-1"), tmp_path)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode() == "The text is not UTF-8 text. Save it as UTF-8 and try again.\n"


def test_names_in_another_encoding_or_missing_are_refused(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes(b"Andr\xe9\n")
    assert check_text(b"hi", tmp_path, "--names", str(names)).returncode == 1
    assert check_text(b"hi", tmp_path, "--names", str(tmp_path / "none")).returncode == 2
