"""Cutting a message into parts that a provider takes: at sentence ends, never inside a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# Each match ends where a text may be cut.
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*(?=\s+[^\sa-z])|(?=\n)")
_WORD_END = re.compile(r"(?=\s)")


def units(text: str) -> int:
    """Length in UTF-16 code units: as providers may count, and never fewer than characters."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int, size: Callable[[str], int] = units) -> tuple[str, ...]:
    """The text in parts within the limit, cut at sentence ends, else at spaces, else anywhere.

    `size` must be additive: the size of a text is the sum over its characters.
    """
    parts, rest = [], text.strip()
    while size(rest) > limit:
        cut = _cut(rest, limit, size)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*parts, rest) if rest else tuple(parts)


def _cut(text: str, limit: int, size: Callable[[str], int]) -> int:
    fits, taken = 0, 0
    for character in text:
        taken += size(character)
        if taken > limit:
            break
        fits += 1
    for boundary in (_SENTENCE_END, _WORD_END):
        places = [found.end() for found in boundary.finditer(text) if 0 < found.end() <= fits]
        if places:
            return places[-1]
    return max(fits, 1)


def pack(
    blocks: Iterable[str], limit: int, gap: str = "\n\n", size: Callable[[str], int] = units
) -> tuple[str, ...]:
    """As few texts as hold the blocks in order; only a block that is itself too long is cut."""
    packed: list[str] = []
    for block in blocks:
        for part in split(block, limit, size):
            joined = f"{packed[-1]}{gap}{part}" if packed else part
            if packed and size(joined) <= limit:
                packed[-1] = joined
            else:
                packed.append(part)
    return tuple(packed)
