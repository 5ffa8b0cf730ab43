"""Many choices where they are typed: nine to a page, and the way to the next one as the last."""

from __future__ import annotations

from bot.messages import MOST_CHOICES, Choice, FieldKind, FormField
from bot.wording import forms as words

MORE = "+more"
"""The value of what leads to the next page: no answer has it."""
_SIZE = MOST_CHOICES - 1


def paged(field: FormField) -> bool:
    return field.kind is FieldKind.CHOICES and len(field.choices) > MOST_CHOICES


def page(field: FormField, number: int) -> tuple[Choice, ...]:
    """What one message offers of a field; after the last page comes the first again."""
    if not paged(field):
        return field.choices
    pages = -(-len(field.choices) // _SIZE)
    start = number % pages * _SIZE
    is_last = start + _SIZE >= len(field.choices)
    label = words.THE_FIRST_AGAIN if is_last else field.more or words.MORE_OF_THESE
    return (*field.choices[start : start + _SIZE], Choice(label, MORE))
