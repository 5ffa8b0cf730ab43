"""Is this Welsh? Officers in Wales may write either language; the knowledge is in English."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.spelling import general_words
from knowledge.text import normalise, words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SURE = 0.9
_MOSTLY_ENGLISH = 0.5
"""Share of words in the English list above which a text is English, whatever its letters say."""

_WELSH = """
    ac achos beth blwyddyn bore bwrdd cael cyfarfod cyngor cymraeg da dda ddim diolch dych dw eich
    ein er eto fod fy gallaf gallwn gan gwneud gyda gydag helo hoffwn hwyl hyn mae maen mewn neu
    nid nos oedd oes pam partneriaeth pawb prosiect pryd prynhawn pwy rhaid roedd rwy rydw rydym
    rydyn shwmae sut sydd unrhyw wedi wnes wrth ydw ydy ydych yn yna yr
"""
_WELSH_WORDS = frozenset(_WELSH.split())
"""Words that carry Welsh sentences and are no English ones: a guard for acronyms and names."""


class Language(StrEnum):
    ENGLISH = "en"
    WELSH = "cy"


def language(text: str) -> Language:
    """English unless the text is surely Welsh."""
    found = [word for word in words(normalise(text)) if not word.isdigit()][:200]
    welsh = [word for word in found if word in _WELSH_WORDS]
    if not welsh or _english_share(found) > _MOSTLY_ENGLISH:
        return Language.ENGLISH
    if len(welsh) == len(found):
        return Language.WELSH
    name, probability = _identify(" ".join(found))
    return Language.WELSH if name == "cy" and probability >= _SURE else Language.ENGLISH


def _english_share(found: list[str]) -> float:
    english = sum(word in general_words() and word not in _WELSH_WORDS for word in found)
    return english / len(found)


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", "cy"])
    return identifier


def _identify(text: str) -> tuple[str, float]:
    classify: Callable[[str], tuple[str, float]] = _identifier().classify
    name, probability = classify(text)
    return name, float(probability)
