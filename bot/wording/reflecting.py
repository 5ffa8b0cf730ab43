"""What is said about reflections, and about who may read what members learnt."""

from __future__ import annotations

WORDS_GONE = (
    "Somebody has changed or taken back words that stood here, so I no longer show this message. "
    "Ask for it again to see what is there now."
)
