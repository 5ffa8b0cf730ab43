"""A wording that names nobody, to stand where something was found."""

from __future__ import annotations

import re

from knowledge.redaction.councils import gazetteer
from knowledge.redaction.reading import keys
from knowledge.redaction.settlements import is_town
from knowledge.redaction.span import Find, Kind, Span
from knowledge.redaction.vocabulary import vocabulary

_FIXED = {
    Kind.EMAIL: "[an e-mail address]",
    Kind.PHONE: "[a phone number]",
    Kind.POSTCODE: "[a postcode]",
    Kind.URL: "[a link]",
    Kind.ROLE: "a senior officer",
    Kind.PROJECT: "a local project",
}
_BY_TYPE = {
    "county council": "a county council",
    "district council": "a district council",
    "metropolitan district": "a metropolitan council",
    "unitary authority": "a unitary council",
    "London borough": "a London borough",
    "combined authority": "a combined authority",
    "combined county authority": "a combined authority",
}
_OURS = re.compile(
    r"(?i)\b(?:we(?:'re| are)?|i(?:'m| am)?|i work|we work|here|us|our \w+|based|speaking as \w+)"
    r"(?: \w+){0,3} (?:in|at|from|for)(?: the)?\s*$"
)
_ELECTED = re.compile(r"(?i)\b(?:cllr|councillor|leader|mayor|portfolio|cabinet|chair|mp|msp)\b")


def proposed(text: str, find: Find) -> Span:
    """The find with its neutral wording, with a capital where it begins a sentence."""
    wording = _wording(text, find)
    before = text[: find.start].rstrip()
    if wording[0].isalpha() and (not before or before[-1] in ".!?\n"):
        wording = wording[0].upper() + wording[1:]
    if re.search(r"(?i)\b(?:the|our|my|an?)\s*$", text[: find.start]):
        wording = re.sub(r"(?i)^(?:our|an?) ", "", wording)
    return Span(find.start, find.end, find.kind, wording)


def _wording(text: str, find: Find) -> str:
    said = text[find.start : find.end]
    near = text[max(0, find.start - 60) : find.start].replace("’", "'")
    if find.kind is Kind.COUNCIL:
        return "our council" if _OURS.search(near) else _council(said)
    if find.kind is Kind.PERSON:
        elected = _ELECTED.search(near[-14:] + said)
        return "a councillor" if elected else "a colleague"
    if find.kind is Kind.ROLE:
        return _role(said)
    return _FIXED[find.kind]


def _council(said: str) -> str:
    words = keys(said)
    bare = tuple(word for word in words if word not in vocabulary("council_words") | {"of", "the"})
    kind = gazetteer().names.get(words) or gazetteer().names.get(bare, "")
    if "combined" in words:
        kind = "combined authority"
    if not kind and (is_town(words) or len(words) == len(bare)) and words not in gazetteer().names:
        return "a local place"
    return _BY_TYPE.get(kind, "another council")


def _role(said: str) -> str:
    if re.search(r"(?i)\b(?:leader|mayor|provost|cabinet|portfolio|councillor|cllr|chair)", said):
        return "a senior councillor"
    if re.search(r"(?i)\b(?:bishop|vicar|imam|rabbi|dean|mp|msp|sheriff|duke|earl)\b", said):
        return "a senior partner"
    if re.search(r"(?i)^(?:\S+ ){0,3}(?:authority|council|borough|district|unitary)\b", said):
        return "another council"
    return _FIXED[Kind.ROLE]
