"""Commands that name something: reply K7M ..., follow theme Data, mute until Friday, try 2.

What follows a command keeps the member's own letters and lines. Words that only begin like such a
command ("close the gap", "report on skills") are none: they name nothing that has a code.
"""

from __future__ import annotations

import re

from bot.challenges.codes import LONG, SHORT, read_code
from bot.flows import session_words
from knowledge.spelling import general_words

_VERBS = {
    "challenge": "challenge",
    "show": "challenge",
    "reply": "reply",
    "answer": "reply",
    "follow": "follow",
    "unfollow": "unfollow",
    "same": "same",
    "mute": "mute",
    "unmute": "unmute",
    "report": "report",
    "close": "close",
    "reopen": "reopen",
    "withdraw": "withdraw",
}
_WITH_WORDS = {"reply", "report"}
"""Commands whose code may be followed by words."""
_LINE = re.compile(r"\s*(\w+)\s+(\S+)(.*)", re.DOTALL)
_THEME = re.compile(r"\s*(follow|unfollow)\s+(theme\s+\S.*)", re.IGNORECASE | re.DOTALL)
_QUIET = re.compile(
    r"\s*mute\s+((?:until|till|for)\s+\S.*|\d.*"
    r"|(?:(?:an?|one|two|three|four|five|six|a\s+couple\s+of)\s+)?(?:week|fortnight|month)s?)",
    re.IGNORECASE | re.DOTALL,
)
_TRY = re.compile(
    r"\s*(?:i['’]ll\s+)?try\s+(?:number\s+|solution\s+|no\.?\s*)?(\d{1,2})[.!]?\s*", re.IGNORECASE
)
_SHAPE = re.compile(r"#?[a-z]\d[a-z](\d[a-z])?[.,;:!?]?", re.IGNORECASE)
"""Letters and digits by turns, as codes have them, though perhaps not those that codes have."""
_LETTERS = re.compile(rf"#?([a-z]{{{SHORT}}}|[a-z]{{{LONG}}})[.,;:!?]?", re.IGNORECASE)
_UNMARK = re.compile(r"\s*unmark\s+(\S+)(?:\s+(?:officer\s+)?([a-z]{1,2}))?[.!]?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(commit|reflect|reflections)\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_WENT = re.compile(r"\s*went\s+(worked|partly|did not|not yet)[.!]?\s*", re.IGNORECASE)
_HELD = re.compile(r"\s*(guide|digest)\s+(\S+(?:\s+\d{1,2})?)[.!]?\s*", re.IGNORECASE)
_LIKE_A_CODE = re.compile(r"#?(?=\w*\d)(?=\d*[a-z])\w{2,6}[.,;:!?]?", re.IGNORECASE)
"""Letters and digits together: a code, right or mistyped."""


def named(text: str) -> tuple[str, str] | None:
    """The command's own word and what follows it; None where it is no such command."""
    for pattern, verb in ((_THEME, ""), (_QUIET, "mute"), (_TRY, "try")):
        found = pattern.fullmatch(text)
        if found is not None and read_code(found[1]) is None:
            return verb or found[1].casefold(), found[found.re.groups].strip()
    return (
        _unmark(text)
        or _between_sessions(text)
        or session_words.read(text)
        or _coded(text)
        or _bare(text)
    )


def _unmark(text: str) -> tuple[str, str] | None:
    found = _UNMARK.fullmatch(text)
    if found is None or not is_like_a_code(found[1]):
        return None
    return "unmark", f"{code(found[1])} {(found[2] or '').upper()}".strip()


def _between_sessions(text: str) -> tuple[str, str] | None:
    """commit ring them, reflect K7M ..., guide M2X 8, went partly. A question is none of them."""
    if found := _WENT.fullmatch(text):
        return "went", found[1].casefold()
    if (found := _HELD.fullmatch(text)) and is_surely_a_code(found[2].split()[0]):
        return found[1].casefold(), found[2]
    found = _BETWEEN.fullmatch(text)
    if found is None or text.rstrip().endswith("?"):
        return None
    return found[1].casefold(), found[2].strip()


def _coded(text: str) -> tuple[str, str] | None:
    found = _LINE.fullmatch(text)
    verb = _VERBS.get(found[1].casefold()) if found is not None else None
    if found is None or verb is None:
        return None
    rest = found[3].strip(" \t\n:-–—") if verb in _WITH_WORDS else found[3].strip(" .!?")
    if rest and verb not in _WITH_WORDS:
        return None
    alone = not rest and found[1].casefold() == verb
    meant = may_be_a_code(text, found[2], alone=alone)
    if not is_like_a_code(found[2]) and not (meant and (alone or verb == "reply")):
        return None
    return verb, f"{code(found[2])} {rest}".strip()


def _bare(text: str) -> tuple[str, str] | None:
    """A code alone; without a digit it is rather somebody's abbreviation."""
    word = text.strip()
    return ("challenge", code(word)) if is_bare(word) else None


def is_bare(word: str) -> bool:
    """Whether a word alone looks like a code, right or mistyped."""
    in_marks = any(sign.isdigit() for sign in word) and read_code(word) is not None
    return len(word.split()) == 1 and (in_marks or _SHAPE.fullmatch(word) is not None)


def may_be_a_code(text: str, word: str, *, alone: bool) -> bool:
    """Whether letters behind a command's word are meant for a code: "close ZZZ", not "close gap".

    Capitals among small letters say so, and letters that no word is made of; where nothing follows
    (`alone`), also what is no English word.
    """
    found = _LETTERS.fullmatch(word)
    if found is None:
        return False
    letters = found[1]
    shouted = letters.isupper() and not text.isupper()
    unspoken = not set(letters.casefold()) & set("aeiouy")
    return shouted or unspoken or (alone and letters.casefold() not in general_words())


def is_like_a_code(word: str) -> bool:
    return read_code(word) is not None or _LIKE_A_CODE.fullmatch(word) is not None


def is_surely_a_code(word: str) -> bool:
    """Before words of one's own "ask" is no code, though it may be one with its S read as a 5."""
    return is_like_a_code(word) and any(sign.isdigit() for sign in word)


def code(word: str) -> str:
    """The code as it is stored, or the word itself where it can be none."""
    return read_code(word) or word.strip("#.,;:!?").upper()


def code_and_words(argument: str) -> tuple[str, str]:
    """What `named` gave for a command with a code."""
    first, _, rest = argument.partition(" ")
    return first, rest.strip()
