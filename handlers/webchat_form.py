"""A form on the web: as its template shows it, and read again when it is posted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.flows.field import day
from bot.messages import FieldKind, Filled, Form, FormField
from bot.wording import forms as words
from handlers.form_words import hint
from handlers.refusals import BadForm

REF = "form"
ANSWER = "answer:"
"""Before the name of a field, so that no field of ours can be taken for one of the page's own."""
LONGEST_REF = 32


@dataclass(frozen=True)
class Option:
    id: str
    label: str
    value: str
    picked: bool


@dataclass(frozen=True)
class Question:
    """One field. `id` is its box, or the first of its options: where a link to it leads.

    `told` is the question and what is wrong with its answer, for the list of all that is wrong.
    """

    id: str
    name: str
    words: str
    told: str
    hint: str
    problem: str
    kind: FieldKind
    value: str
    options: tuple[Option, ...]
    as_date: bool

    @property
    def described_by(self) -> str:
        """The ids of its hint and of what is wrong with it."""
        parts = (("hint", self.hint), ("problem", self.problem))
        return " ".join(f"{self.id}-{name}" for name, words in parts if words)


@dataclass(frozen=True)
class Sheet:
    """A form that can be filled in."""

    ref: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    submit: str
    said: str

    @property
    def problems(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.problem)


def sheet(sent: Form, current: Form, ref: str) -> Sheet:
    """The form as it stands now, with what was said about the last answer when it was sent.

    `ref` is the delivery's: it makes the ids of this copy its own.
    """
    fields = current.fields
    if sent.at == current.at and not current.asked.problem:
        at = current.number - 1
        fields = (*fields[:at], replace(fields[at], problem=sent.asked.problem), *fields[at + 1 :])
    return Sheet(
        ref=current.ref,
        title=current.title,
        intro=current.intro,
        questions=tuple(_question(field, f"f-{ref}-{field.name}") for field in fields),
        submit=current.submit,
        said=words.filled_in(current.title),
    )


def _question(field: FormField, where: str) -> Question:
    options = tuple(
        Option(
            where if number == 1 else f"{where}-{number}",
            choice.label,
            choice.value,
            choice.value in field.values,
        )
        for number, choice in enumerate(field.choices, 1)
    )
    value = "".join(field.values[:1])
    as_date = field.kind is FieldKind.DATE and (not value or day(value) is not None)
    return Question(
        id=where,
        name=f"{ANSWER}{field.name}",
        words=field.question if field.required else f"{field.question} ({words.OPTIONAL})",
        told=f"{field.question}{'' if field.question.endswith('?') else ':'} {field.problem}",
        hint=field.hint if as_date else hint(field),
        problem=field.problem,
        kind=field.kind,
        value=value,
        options=options,
        as_date=as_date,
    )


def read(pairs: Iterable[tuple[str, str]]) -> Filled | None:
    """The form in what was posted, where it is one. Raises BadForm."""
    pairs = tuple(pairs)
    refs = [value for name, value in pairs if name == REF]
    if not refs:
        return None
    if len(refs) != 1 or not 0 < len(refs[0]) <= LONGEST_REF:
        raise BadForm
    answers = (
        (name.removeprefix(ANSWER), value) for name, value in pairs if name.startswith(ANSWER)
    )
    return Filled(refs[0], tuple(answers))


def digest(filled: Filled) -> str:
    """Of what was filled in: the same page handed in with other words is another message."""
    return hashlib.sha256(repr(filled).encode(errors="surrogatepass")).hexdigest()[:16]
