"""Typed words as they count: without marks around them, and which number they are."""

from __future__ import annotations

import re
import unicodedata

_AROUND_WORDS = " .,;:!?…\"'“”‘’*_"
_KEYCAP = {0xFE0F: None, 0x20E3: None}
"""What makes a digit a keycap."""
_KEYCAP_TEN = "\N{KEYCAP TEN}"
_NUMBER = re.compile(r"(?:option|number|no\.?)?\s*([0-9]{1,2})[.)]?", re.IGNORECASE)


def plain(text: str) -> str:
    """The words alone, as far as a command is concerned; marks alone stay as they are."""
    words = " ".join(text.split()).casefold()
    return words.strip(_AROUND_WORDS) or words


def digits(text: str) -> str:
    """The text with digits as a keyboard has them: also those of keycap emoji and full width."""
    return unicodedata.normalize("NFKC", text.replace(_KEYCAP_TEN, "10").translate(_KEYCAP))


def number(text: str) -> int | None:
    """The bare number that these words are: "2", "2.", "option 2"."""
    found = _NUMBER.fullmatch(plain(digits(text)))
    return int(found[1]) if found is not None else None
