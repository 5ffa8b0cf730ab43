"""What is written for people agrees with what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
NAMES = {name.upper() for name in Settings.model_fields}


def test_the_readme_has_a_row_for_each_setting_and_for_nothing_else() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(NAMES)


def test_the_example_file_has_a_line_for_each_setting_and_for_nothing_else() -> None:
    lines = re.findall(r"^(?:# ?)?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(lines) == sorted(NAMES)


def test_the_example_file_can_be_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    assert read_settings(ROOT / ".env.example") == read_settings(None)


def test_the_defaults_in_the_readme_are_the_ones_in_the_code() -> None:
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| `([^`]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE
    )
    told = dict(rows)
    fields = Settings.model_fields.items()
    known = {
        name.upper(): str(field.default).lower() if field.annotation is bool else str(field.default)
        for name, field in fields
        if field.default is not None
    }
    assert told == known
