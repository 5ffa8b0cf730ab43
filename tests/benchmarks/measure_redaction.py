"""Measures the Chatham House check as it is judged.

    .venv/bin/python -m tests.benchmarks.measure_redaction [FILE] [--show]
        [--half 0|1|A|B] [--round N]

A span counts as found when any reported span overlaps it. A text without spans is clean; anything
reported in one is a false alarm. `--half` takes every second text, so that one half can be looked
at and the other only measured; a file may name its halves A and B instead, and its rounds.
redaction_written.json does: see docs/redaction.md for which of its texts had been seen when.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.redaction import find_identifiers

WRITTEN = Path(__file__).parent / "redaction_written.json"
DEV = Path(__file__).parents[2] / "../shared/eval/redaction_dev.json"


@dataclass(frozen=True)
class Sample:
    text: str
    names: tuple[str, ...]
    spans: tuple[tuple[int, int, str], ...]
    half: str = ""
    round: int = 0


@dataclass(frozen=True)
class Figures:
    found: dict[str, int]
    asked: dict[str, int]
    clean: int
    alarmed: int

    def recall(self, kind: str) -> float:
        return self.found.get(kind, 0) / self.asked[kind] if self.asked.get(kind) else 1.0

    @property
    def false_alarms(self) -> float:
        return self.alarmed / self.clean if self.clean else 0.0


def samples(file: Path) -> list[Sample]:
    return [
        Sample(
            row["text"],
            tuple(row["names"]),
            tuple((span["start"], span["end"], span["kind"]) for span in row["spans"]),
            row.get("half", ""),
            row.get("round", 0),
        )
        for row in json.loads(file.read_text("utf-8"))
    ]


def measure(measured: Sequence[Sample], show: bool = False) -> Figures:
    found: dict[str, int] = {}
    asked: dict[str, int] = {}
    clean = alarmed = 0
    for sample in measured:
        reported = find_identifiers(sample.text, sample.names)
        if not sample.spans:
            clean += 1
            alarmed += bool(reported)
            if reported and show:
                shown = [(sample.text[s.start : s.end], s.kind.value) for s in reported]
                sys.stdout.write(f"FALSE ALARM {shown} in {sample.text}\n")
        for start, end, kind in sample.spans:
            group = _group(sample, start, end, kind)
            asked[group] = asked.get(group, 0) + 1
            if any(span.start < end and start < span.end for span in reported):
                found[group] = found.get(group, 0) + 1
            elif show:
                sys.stdout.write(f"MISSED {group} {sample.text[start:end]!r} in {sample.text}\n")
    return Figures(found, asked, clean, alarmed)


def _group(sample: Sample, start: int, end: int, kind: str) -> str:
    if kind != "person":
        return kind
    said = set(sample.text[start:end].lower().replace("-", " ").split())
    known = {word for name in sample.names for word in name.lower().replace("-", " ").split()}
    return "registered person" if said & known else "other person"


def _milliseconds() -> float:
    """For one text of about 4,000 characters, once everything is loaded."""
    text = ("We spoke to our partners about the claim form and nobody could agree. " * 60)[:4000]
    find_identifiers(text, ("Asha Okafor",))
    began = time.perf_counter()
    find_identifiers(text, ("Asha Okafor",))
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path, default=DEV)
    parser.add_argument("--half", choices=("0", "1", "A", "B"))
    parser.add_argument("--round", type=int)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    if not asked.file.exists():
        sys.stdout.write(f"Nothing to measure on: {asked.file} is not here.\n")
        return
    measured = samples(asked.file)
    if asked.half in ("0", "1"):
        measured = measured[int(asked.half) :: 2]
    elif asked.half:
        measured = [one for one in measured if one.half == asked.half]
    if asked.round:
        measured = [one for one in measured if one.round == asked.round]
    figures = measure(measured, asked.show)
    for kind in sorted(figures.asked):
        of = figures.asked[kind]
        sys.stdout.write(f"{kind:<18} {figures.recall(kind):.3f} of {of}\n")
    sys.stdout.write(f"{'false alarms':<18} {figures.false_alarms:.3f} of {figures.clean} clean\n")
    sys.stdout.write(f"{'4,000 characters':<18} {_milliseconds():.1f} ms\n")


if __name__ == "__main__":
    main()
