"""A form's question in words: for where one question comes after another."""

from __future__ import annotations

from bot.flows.field import spoken
from bot.flows.pages import page
from bot.messages import LONGEST_ANSWER, FieldKind, Form, FormField
from bot.wording import forms as words

LONGEST_QUOTE = 200
"""Characters of an earlier answer that are shown again, to know it by."""
_TYPED = {FieldKind.LINE, FieldKind.LINES}


def paragraphs(form: Form) -> list[str]:
    """The question that is asked now, what is wrong with its answer, and how to leave."""
    return [part for part in (form.note, _heading(form), _question(form), _ways(form)) if part]


def hint(field: FormField) -> str:
    """What is said below a question: how long an answer may be, or how to write a date."""
    if field.kind is FieldKind.DATE:
        return field.hint or words.DATE_HINT
    short = field.kind in _TYPED and field.longest < LONGEST_ANSWER
    return " ".join(
        part for part in (field.hint, words.up_to(field.longest) if short else "") if part
    )


def _heading(form: Form) -> str:
    """The form's name and what it is for, before its first question."""
    if form.number > 1:
        return ""
    return "\n".join(part for part in (form.title, form.intro) if part)


def _question(form: Form) -> str:
    asked = form.asked
    answer = _short(spoken(asked))
    lines = (
        asked.problem,
        words.question(form.number, asked.question, only=len(form.fields) == 1),
        hint(asked),
        *_to_choose_several(asked, form.page),
        words.so_far(answer) if answer else "",
    )
    return "\n".join(line for line in lines if line)


def _short(answer: str) -> str:
    return answer if len(answer) <= LONGEST_QUOTE else f"{answer[:LONGEST_QUOTE].rstrip()}…"


def _to_choose_several(asked: FormField, at: int) -> list[str]:
    """Numbers alone: one tap would be taken for the whole answer."""
    if asked.kind is not FieldKind.CHOICES:
        return []
    lines = (f"{number}. {choice.label}" for number, choice in enumerate(page(asked, at), 1))
    return [words.CHOOSE_NUMBERS, *lines]


def _ways(form: Form) -> str:
    asked = form.asked
    skippable = not asked.required or form.stands or bool(asked.values and not asked.problem)
    return words.ways(first=form.number == 1, skippable=skippable)
