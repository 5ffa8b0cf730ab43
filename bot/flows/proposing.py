"""Which themes a text seems to be about: those of the entries that fit best, and by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.themes import ThemeView

MOST_PROPOSED = 3
A_WORD = 0.1
"""What a word of a theme's name in the text weighs, beside all the entries together."""
_WORDS = re.compile(r"[a-z]{4,}")


def proposed(
    text: str,
    themes: Sequence[ThemeView],
    fitting: Sequence[tuple[float, Sequence[str]]],
    near: Mapping[str, float],
) -> tuple[str, ...]:
    """The ids of up to three themes, likeliest first; none where nothing speaks for any.

    `fitting` are the scores of entries with the names of their themes, `near` the cosines of the
    names of themes. The weights were tried on questions (tests/benchmarks/posting.py).
    """
    weights = {theme.name: near.get(theme.name, 0.0) + _named(text, theme) for theme in themes}
    whole = sum(score**0.5 for score, _ in fitting) or 1.0
    for score, names in fitting:
        for name in names:
            weights[name] = weights.get(name, 0.0) + score**0.5 / whole
    ordered = sorted(themes, key=lambda theme: -weights[theme.name])
    return tuple(theme.id for theme in ordered if weights[theme.name] > 0)[:MOST_PROPOSED]


def _named(text: str, theme: ThemeView) -> float:
    said = set(_WORDS.findall(text.lower()))
    return A_WORD * len(said & set(_WORDS.findall(" ".join((theme.name, *theme.also)).lower())))
