"""A plan of a form: what it asks, and what is done once all of it is answered.

A challenge's flow, say, defines its plan once; `bot.flows.form` asks the questions on every
channel, keeps the draft and gives the plan the answers. Plans are registered in `bot.flows.plans`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot import days
from bot.drafts import Answers, Draft
from bot.flows import field as one_field
from bot.flows.turn import Context, Turn
from bot.messages import Choice, Form, FormField
from bot.wording import forms as words


def _nothing_more_to_check(_field: FormField, _answers: Answers, _context: Context) -> str:
    return ""


@dataclass(frozen=True)
class FormPlan:
    """`called` is how the form is spoken of: "your post"; up to 10 characters fit WhatsApp's lists.

    `fields` gives the questions, one at least, which may depend on the answers so far; each time
    the same for the same answers. `check` is asked about an answer that is in order as far as its
    field's kind, length and choices go, and says in a sentence what is wrong with it, or "".
    `finish` is given the answers to the fields that were asked, all of them in order, exactly once
    for a form, and makes the turn; what it may do is checked there. The `ref` of its context is the
    form's own: the same however often this form is handed in.

    A plan that `walks` asks one question after another even where they are answered already, as for
    a change to what was said before.

    Where one question comes after another, the last answer hands the form in: a plan that wants a
    last look asks for it with a field that depends on all the others. `title` has up to 24
    characters where a Slack modal is to show all of it.
    """

    name: str
    title: str
    called: str
    fields: Callable[[Answers, Context], tuple[FormField, ...]]
    finish: Callable[[Answers, Context], Turn]
    check: Callable[[FormField, Answers, Context], str] = _nothing_more_to_check
    intro: str = ""
    submit: str = words.SEND
    walks: bool = False

    def problem(self, field: FormField, answers: Answers, context: Context) -> str:
        """What is wrong with the answer to a field; "" where it is in order or not yet given."""
        if field.name not in answers:
            return ""
        values = answers.many(field.name)
        return one_field.wrong(field, values) or (
            self.check(field, answers, context) if values else ""
        )

    def whole(self, draft: Draft, context: Context) -> Form:
        """The form with all answers so far, right or wrong, and what is wrong with them."""
        filled = tuple(
            replace(
                field,
                values=draft.answers.many(field.name),
                problem=self.problem(field, draft.answers, context),
            )
            for field in self.fields(draft.answers, context)
        )
        at = draft.at if draft.at in {field.name for field in filled} else ""
        form = Form(draft.ref, self.title, filled, at or filled[0].name, self.submit, self.intro)
        return form if at else replace(form, at=_first_open(form, draft.answers).name)


def _first_open(form: Form, answers: Answers) -> FormField:
    """Where to go on when the question at hand is asked no more."""
    waiting = (field for field in form.fields if field.name not in answers or field.problem)
    return next(waiting, form.fields[0])


def unanswered(form: Form, answers: Answers) -> FormField | None:
    """The next field to ask, beginning with the one after `at`: not answered, or wrongly."""
    ordered = (*form.fields[form.number :], *form.fields[: form.number])
    waiting = (field for field in ordered if field.name not in answers or field.problem)
    return next(waiting, None)


def handed_in(
    form: Form, answers: Answers, pairs: Iterable[tuple[str, str]], context: Context
) -> Answers:
    """The answers with those of a form that came whole, as far as its fields go."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    today = days.today(context.now)
    for field in form.fields:
        if field.name in given:
            values = one_field.tidied(field, given[field.name], today=today)
            answers = answers.filled(field.name, values)
    return answers


def asked_now(form: Form, answers: Answers) -> Answers:
    """The answers to the fields that the form has now: what an earlier answer hid is left out."""
    names = {field.name for field in form.fields}
    return replace(answers, values={k: v for k, v in answers.values.items() if k in names})


def to_send(
    form: Form, *, note: str = "", problem: str = "", offers: tuple[Choice, ...] = ()
) -> Form:
    """The form as it is sent: of the answers, only the one that is asked about now.

    Hints go too: one may quote an answer.
    """
    fields = tuple(
        replace(field, problem=problem or field.problem)
        if field.name == form.at
        else replace(field, values=(), problem="", hint="")
        for field in form.fields
    )
    stands = bool(form.asked.values) and not form.asked.problem
    return replace(form, fields=fields, note=note, offers=offers, stands=stands)
