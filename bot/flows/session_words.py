"""What is typed about sessions: yes M2X, move M2X, attendance M2X all but Asha, write up M2X."""

from __future__ import annotations

import re

from bot.challenges.codes import read_code

_COMING = {"yes": "yes", "maybe": "maybe", "no": "no", "coming": "yes", "come": "yes"}
_SHORT = {
    "yes": {"yes", "y", "yes please", "coming", "i will come", "yes i will", "i'll come"},
    "maybe": {"maybe", "perhaps", "not sure", "i might", "possibly"},
    "no": {"no", "n", "no thanks", "i cannot", "i can't", "i can’t", "sorry no", "cannot come"},
}
_ANSWER = re.compile(
    r"(yes|no|maybe|coming|come)[,.!]?\s+(?:to\s+|for\s+)?(?:session\s+)?(\S+)[.!]?", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(session|volunteer(?:\s+for)?|bring|move|cancel(?:\s+session)?|agenda|attendance"
    r"|(?:write|catch)[\s-]?up)\s+(?:for\s+|of\s+)?(\S+)(.*)",
    re.IGNORECASE | re.DOTALL,
)
_VERBS = {
    "session": "session",
    "volunteer": "volunteer",
    "volunteer for": "volunteer",
    "bring": "volunteer",
    "move": "move",
    "cancel": "cancel session",
    "cancel session": "cancel session",
    "agenda": "agenda",
    "attendance": "attendance",
    "write up": "write up",
    "write-up": "write up",
    "writeup": "write up",
    "catch up": "catch up",
    "catch-up": "catch up",
    "catchup": "catch up",
}
_WITH_MORE = {"volunteer", "attendance"}
"""Commands that may go on after the code."""


def read(text: str) -> tuple[str, str] | None:
    """The command's own word and what follows it; None where it is no such command."""
    text = text.strip()
    if found := _ANSWER.fullmatch(text):
        code = read_code(found[2])
        return ("come", f"{code} {_COMING[found[1].casefold()]}") if code else None
    found = _ABOUT.fullmatch(text)
    code = read_code(found[2]) if found is not None else None
    if found is None or code is None:
        return None
    verb = _VERBS[" ".join(found[1].casefold().split())]
    rest = found[3].strip(" \t\n:-–—.!")
    if rest and verb not in _WITH_MORE:
        return None
    return verb, f"{code} {rest}".strip()


def answers(words: str, value: str) -> bool:
    """Whether these words alone are what that choice, about coming to a session, says."""
    verb, *arguments = value.split(":")
    return verb == "come" and any(words in _SHORT.get(one, ()) for one in arguments[1:2])
