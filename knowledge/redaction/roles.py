"""Roles that give a place away: the post itself names nobody, but what is said about it does.

"Our chief executive" could be anywhere. "The only female director of place in Wales", "the leader
of the only independent-run unitary" and "the bishop who chairs our board" could not.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from knowledge.redaction.span import Find, Kind

_STANDING = (
    r"(?:(?:deputy |lord |lady |group |cabinet |council |vice[- ])*"
    r"(?:leader|mayor(?:ess)?|provost|ceo|chief exec(?:utive)?(?: officer)?|chief officer|"
    r"chair(?:man|woman|person)?|monitoring officer|s(?:ection )?151(?: officer)?|"
    r"finance director|(?:assistant |strategic |executive |corporate |interim )?director(?: of [\w ,&-]{2,40}?)?|"
    r"portfolio holder(?: for [\w &-]{2,30}?)?|cabinet member(?: for [\w &-]{2,30}?)?|member of parliament|"
    r"head of [\w ,&-]{2,40}?|returning officer|bishop|archdeacon|dean|vicar|imam|rabbi|sheriff|"
    r"lord[- ]lieutenant|mp|msp|ms|pcc|police and crime commissioner|convenor|convener|principal|"
    r"headteacher|head teacher|headmistress|headmaster|town clerk|councillor|cllr|alderman|"
    r"chief constable|whip|treasurer|county treasurer|borough treasurer|governor|duke|earl|baroness))"
)
_ANY_POST = (
    rf"(?:{_STANDING}|officer|manager|adviser|advisor|lead|accountant|planner|economist|solicitor|"
    r"boss|secretary|clerk|caseworker|coordinator|co-ordinator|team leader|apprentice|employee|"
    r"member|trustee|engineer|owner|landlord|person|woman|man)"
)
_PLACE = (
    r"(?:authority|council|city|town|borough|county|district|unitary|island|resort|port|village|"
    r"parish|spa|seaside|region|constituency|area|patch|valley|ward)"
)
_OWNER = r"(?:the|our|my|their|his|her|its|your|a|an|that|one)"
_REST = r"[^.!?;:,\n]{2,120}"
_UNIQUE = (
    r"(?:only|first|last|sole|youngest|oldest|longest[- ]serving|newest|tallest|smallest|largest|"
    r"biggest|poorest|richest|most \w+|least \w+|highest[- ]paid|best[- ]paid|(?!rest|inter|lat|requ|t)\w+est)"
)
_PARTY = (
    r"(?:labour|conservative|tory|lib(?:eral)?[- ]?dem(?:ocrat)?|green|plaid(?: cymru)?|snp|reform"
    r"(?: uk)?|independent|dup|sdlp|sinn f[eé]in|ukip|ratepayers?'?|residents'?(?: association)?)"
)
_SCANDAL = (
    r"(?:resigned|quit|sacked|suspended|arrested|dismissed|fired|jailed|convicted|deselected|"
    r"defected|left (?:over|after|because|under|following)|stood down|stepped down|went to prison|"
    r"was (?:on|in) (?:the )?(?:tv|telly|television|news|papers?)|walked out|lost (?:his|her|their) seat|"
    r"appeared on|used to (?:play|be|present|run)|won|wrote the|famously)"
)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    flags = re.IGNORECASE
    sources = (
        # a post that there is one of, and a clause that tells which
        rf"\b(?:the|our|my|their|that) (?:[\w-]+ ){{0,3}}?{_STANDING},? (?:who|whose|that) {_REST}",
        rf"\b{_OWNER} (?:[\w-]+ ){{0,3}}?{_ANY_POST},? (?:who|whose) (?:\w+ ){{0,2}}?{_SCANDAL}\b(?:{_REST})?",
        rf"\bthe (?:one|ones|woman|man|guy|lady|chap) who (?:\w+ ){{0,2}}?{_SCANDAL}\b(?:{_REST})?",
        # the only, the first, the youngest ...
        rf"\b(?:the|one of the|our|[\w-]+'s) (?:[\w-]+ ){{0,2}}?{_UNIQUE} (?:[\w-]+ ){{0,4}}?{_STANDING}\b"
        rf"(?: (?:in|of|at|to|from|for|on|with|who) {_REST})?",
        rf"\b(?:the|[\w-]+'s) (?:[\w-]+ ){{0,2}}?{_UNIQUE} (?:[\w-]+ ){{0,4}}?{_ANY_POST}"
        rf" (?:in|of) (?:the (?:\w+ )?(?:country|county|region|uk|land|north|south|east|west|midlands)|"
        rf"england|wales|scotland|britain|northern ireland|europe)\b",
        # a post at a place that is told apart
        rf"\b{_OWNER} (?:[\w-]+ ){{0,3}}?{_ANY_POST} (?:of|at|for|from|in|with) (?:a|an|the|one|that) "
        rf"(?:[\w'-]+ ){{0,5}}?{_PLACE} (?:whose|where|with|that|which|famous|known|near|beside|by) {_REST}",
        rf"\b{_OWNER} (?:[\w-]+ ){{0,3}}?{_ANY_POST} (?:of|at|for|from|in) (?:the|england's|wales's|scotland's|"
        rf"britain's|the uk's) (?:[\w-]+ )?{_UNIQUE} (?:[\w'-]+ ){{0,5}}?{_PLACE}\b(?: (?:in|with|to|on) {_REST})?",
        rf"\b(?:the|a|an|that|one) (?:[\w-]+ ){{0,3}}?(?:authority|council|borough|district|unitary) whose {_REST}",
        rf"\b(?:the|england's|wales's|scotland's|britain's) (?:only|smallest|largest|biggest|newest|"
        rf"poorest|first) (?:[\w'-]+ ){{0,4}}?(?:authority|council|borough|district|unitary|city|county)\b"
        rf" (?:in|with|to|on|that|without) {_REST}",
        # whose party, whose board
        rf"\b{_OWNER} (?:[\w-]+ ){{0,2}}?{_PARTY} (?:[\w-]+ ){{0,2}}?{_STANDING}\b(?: (?:of|for|on|in) {_REST})?",
        rf"\b(?:our|my|the) (?:former|ex-?|previous|disgraced|acting|outgoing|incoming|blind|deaf|"
        rf"female|gay|disabled|black|asian|muslim|sikh|polish|welsh-speaking|new|interim) "
        rf"(?:female |male |welsh-speaking |deputy )?{_STANDING} (?:of|for|in|at) (?:our|the|a|this) {_REST}",
    )
    return tuple(re.compile(source, flags) for source in sources)


def roles(text: str) -> Iterator[Find]:
    """The roles in a text that give a place away."""
    straight = text.replace("’", "'")
    for pattern in _patterns():
        for match in pattern.finditer(straight):
            yield Find(match.start(), match.start() + len(match.group().rstrip()), Kind.ROLE)
