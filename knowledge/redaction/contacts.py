"""E-mail addresses, phone numbers, postcodes and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.redaction.span import Find, Kind

_LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_EMAIL = re.compile(
    rf"(?<![\w.+'-])[\w.+'-]{{1,64}}\s?@\s?(?:{_LABEL}\.){{1,8}}[^\W\d_]{{2,24}}"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s{0,3}[\[(]\s?at\s?[\])]\s{0,3}[\w-]{1,64}"
    r"(?:\s{0,3}(?:\.|[\[(]\s?dot\s?[\])])\s{0,3}[\w-]{1,64}){1,8}"
    r"|(?<![\w.+-])[\w+-]{1,32}(?:\.[\w+-]{1,32}){1,4}@[\w-]{1,64}"
    r"|(?<![\w.+-])[\w.+-]{1,64}(?: dot [\w-]{1,64}){0,3} at [\w-]{1,64}(?: dot [\w-]{1,64}){1,6}\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:[ .](?:gov|org|co|nhs|ac)[ .]uk)\b",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:[a-z][a-z0-9+-]{1,14}://|\bwww\.)[^\s<>\"”]+"
    r"|\\\\[\w.-]+(?:\\[^\s\\<>\"]+)+"
    r"|\b[a-z]:\\[^\s<>\"]+",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,8}(?:"
    r"uk|com|org|net|local|internal|intranet|lan|corp|io|info|wales|cymru|scot|london|example|"
    r"eu|ai|app|site|online|invalid|test|gov|co|int|ly|me|biz|cloud|tech|dev|link|page)"
    r"(?::\d+)?(?:/[^\s<>\"”]*)?(?![\w@-])"
    r"|(?<![\w@./-])(?:intranet|sharepoint|teams|wiki|portal|sp|mytown|staff)/[\w./-]+",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r"(?i)^(?:https?://)?(?:[a-z0-9-]+\.)*(?:www\.)?gov\.uk(?:[:/?#]|$)")
_OWN_GOV = re.compile(r"(?i)^(?:https?://)?(?:(?:www|assets\.publishing\.service)\.)?gov\.uk")
_NATIONAL = re.compile(
    r"(?i)^(?:https?://)?(?:[a-z0-9-]+\.)*(?:service|blog|campaign|data|legislation|parliament|"
    r"nationalarchives|ons|hmrc|dwp|communities|levellingup|beis|dcms|education|judiciary)"
    r"\.gov\.uk(?:[:/?#]|$)"
)
_TRAILING = ".,;:!?)]}'’"

_AREA = r"[A-PR-UWYZ](?:\d[A-HJKPSTUW\d]?|[A-HK-Y]\d[ABEHMNPRVWXY\d]?)"
_POSTCODE = re.compile(rf"\b(?:{_AREA}|GIR)[ \t\u00a0]{{0,2}}[0-9OI][ABD-HJLNP-UW-Z]{{2}}\b", re.I)
_SPREAD_POSTCODE = re.compile(
    r"\b([A-Z]{1,2})[ \t]?\d[A-Z\d]?(?:[ \t]{1,2}|[-./])?\d[ \t]?[ABD-HJLNP-UW-Z]{2}\b"
)
"""With a gap or a hyphen where none belongs; then only in capitals."""
_TOWNS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU "
    "M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP "
    "SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE GY JE IM GIR"
)
_AREAS = frozenset(_TOWNS.split())
_OUTWARD = re.compile(
    rf"(?:\b(?:postcodes?|post codes?|postal districts?|sectors?)(?: areas?| districts?)?"
    rf"(?: (?:is|of|in|like|are|starting|beginning|with))* )"
    rf"({_AREA}(?:(?:,| and| or) ?{_AREA})*)(?: \d)?\b"
    rf"|\b({_AREA})(?= (?:postcodes?|post codes?)\b)",
    re.IGNORECASE,
)

_EXTENSION = re.compile(
    r"\b(?:ext(?:ension|n|\.)?|x|dial|direct(?: line| dial)|desk phone)\.?"
    r"(?:\s+(?:number|no\.?))?:?\s*(?:is\s+)?#?\d{3,6}\b(?![\s.-]?\d)",
    re.IGNORECASE,
)
_LOOSE_PHONE = re.compile(
    r"(?<![\w£$€.,/-])(?:\(?(?:\+|00\s?)?44\)?[\s.-]*(?:\(0\)[\s.-]*)?|\(?[0oO]\)?)[12378]"
    r"(?:(?:[\s().-]*|[/_])[\doO]){7,9}"
    r"(?![\w%/]|[.,-]\d)"
)
_DIAL = re.compile(
    r"(?i)\b(?:ring|phone|tel|telephone|mobile|mob|whatsapp|direct line|dial|switchboard|"
    r"(?:call|text|reach) (?:me|us|him|her|them) on)\b[^\n.!?]{0,30}?"
    r"((?<![\w£])\d{3,4}[\s.-]\d{3,4}(?:[\s.-]\d{2,4})?(?![\w%]))"
)
_SPOKEN_DIGIT = (
    r"(?:(?:double|treble|triple) )?"
    r"(?:oh?|nought|zero|one|two|three|four|five|six|seven|eight|nine|hundred)"
)
_SPOKEN = re.compile(
    rf"(?i)\b(?:oh?|zero|nought|plus four four)(?:[\s,.-]+{_SPOKEN_DIGIT}){{6,11}}\b"
)
_APART = re.compile(r"(?<![\w.,])0 (?!1 2)[12378](?:[ -]{1,2}\d){8,9}(?![\w]|[ -]\d)")
_DIGITS = re.compile(r"\d")


def contacts(text: str) -> Iterator[Find]:
    """The contact details in a text."""
    for match in _EMAIL.finditer(text):
        yield Find(*match.span(), Kind.EMAIL)
    yield from _links(text)
    yield from _postcodes(text)
    yield from _phones(text)


def _links(text: str) -> Iterator[Find]:
    for pattern in (_URL, _BARE):
        for match in pattern.finditer(text):
            said = match.group().rstrip(_TRAILING)
            if said and not _is_public(said):
                yield Find(match.start(), match.start() + len(said), Kind.URL)


def _is_public(link: str) -> bool:
    """Whether a link leads to GOV.UK; a council's own site under gov.uk names the council."""
    if not _PUBLIC.match(link):
        return False
    return bool(_OWN_GOV.match(link) or _NATIONAL.match(link))


def _postcodes(text: str) -> Iterator[Find]:
    for match in _POSTCODE.finditer(text):
        letters = re.match(r"[A-Za-z]+", match.group())
        if letters and letters.group().upper() in _AREAS:
            yield Find(*match.span(), Kind.POSTCODE)
    for match in _SPREAD_POSTCODE.finditer(text):
        if match.group(1) in _AREAS:
            yield Find(*match.span(), Kind.POSTCODE)
    for match in _OUTWARD.finditer(text):
        group = 1 if match.group(1) else 2
        letters = re.match(r"[A-Za-z]+", match.group(group))
        if letters and letters.group().upper() in _AREAS:
            yield Find(*match.span(group), Kind.POSTCODE)


def _phones(text: str) -> Iterator[Find]:
    for match in _SPOKEN.finditer(text):
        yield Find(*match.span(), Kind.PHONE)
    if len(_DIGITS.findall(text)) < 3:
        return
    for pattern in (_LOOSE_PHONE, _APART, _EXTENSION):
        for match in pattern.finditer(text):
            yield Find(*match.span(), Kind.PHONE)
    for match in _DIAL.finditer(text):
        yield Find(*match.span(1), Kind.PHONE)
    yield from _valid_numbers(text)


def _valid_numbers(text: str) -> Iterator[Find]:
    import phonenumbers

    if not re.search(r"[+0][\s().-]*\d(?:[\s().-]*\d){6}", text):
        return
    for match in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.VALID):
        if match.raw_string.lstrip("( ")[:1] in {"+", "0"}:
            yield Find(match.start, match.end, Kind.PHONE)
