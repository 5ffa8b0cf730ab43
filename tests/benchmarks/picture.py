"""The figures of a speed run as a table and a picture for docs/."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
WAYS = {
    "engine_ms": "this engine, whole question",
    "embedding_ms": "embedding the question, nothing else",
    "minilm_alone_ms": "MiniLM alone (embedding + one product)",
    "bm25_ms": "BM25 alone",
    "fts5_ms": "SQLite FTS5",
    "token_set_ms": "rapidfuzz token_set_ratio",
    "wratio_ms": "rapidfuzz WRatio",
}
_SIZES = {
    "times_embedding_and_product": "engine / MiniLM alone",
    "times_embedding": "engine / embedding",
    "token_set_times_ours": "token_set_ratio / engine",
    "wratio_times_ours": "WRatio / engine",
    "start_seconds": "start, nothing embedded (s)",
    "phrase_learnt_seconds": "one learnt phrase taken up (s)",
    "memory_mb": "memory above the process's base (MB)",
    "problem_vectors_mb": "problem vectors as float32 (MB)",
    "all_vectors_mb": "all vectors as float32 (MB)",
}
_HEIGHT, _WIDTH, _LEFT = 26, 900, 300

Figures = Mapping[str, float]


def table(found: Sequence[Figures]) -> str:
    head = "| | " + " | ".join(f"{int(one['entries']):,} entries" for one in found) + " |"
    lines = [head, "|---|" + "---|" * len(found)]
    for key, label in {**{k: f"{v} (ms)" for k, v in WAYS.items()}, **_SIZES}.items():
        lines.append(f"| {label} | " + " | ".join(f"{one[key]:g}" for one in found) + " |")
    return "\n".join(lines) + "\n"


def picture(figures: Figures) -> str:
    """Bars on a logarithmic scale, with each figure written out."""
    most = max(figures[key] for key in WAYS)
    least = min(figures[key] for key in WAYS) / 2
    bars = []
    for row, (key, label) in enumerate(WAYS.items()):
        share = math.log(figures[key] / least) / math.log(most / least)
        top, long = 40 + row * _HEIGHT, share * (_WIDTH - _LEFT - 110)
        colour = "#005a30" if key == "engine_ms" else "#8a8a8a"
        bars += [
            f'<text x="{_LEFT - 10}" y="{top + 14}" text-anchor="end">{label}</text>',
            f'<rect x="{_LEFT}" y="{top}" width="{long:.0f}" height="18" fill="{colour}"/>',
            f'<text x="{_LEFT + long + 8:.0f}" y="{top + 14}">{figures[key]:.1f} ms</text>',
        ]
    height = 50 + len(WAYS) * _HEIGHT
    title = f"One question against {int(figures['entries']):,} entries (logarithmic scale)"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"',
            f'  font-family="sans-serif" font-size="13"><title>{title}</title>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            f'<text x="10" y="22" font-size="15">{title}</text>',
            *bars,
            "</svg>\n",
        ]
    )


def write(found: Sequence[Figures]) -> None:
    head = "Made by `make bench PART=speed`; the collection is made up.\n\n"
    (DOCS / "answer-engine-speed.md").write_text(
        f"# Speed and size of the answer engine\n\n{head}{table(found)}\n"
        "![One question against the largest collection](answer-engine-speed.svg)\n",
        encoding="utf-8",
    )
    (DOCS / "answer-engine-speed.svg").write_text(picture(found[-1]), encoding="utf-8")
