"""Begins a form that a command or a button has answered in part: only the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.drafts import Answers, Draft
from bot.flows import filling, form
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.messages import Form, Whose
from bot.wording import threads as wording


def begin(
    plan: FormPlan,
    context: Context,
    *,
    about: str,
    given: Mapping[str, str],
    words: str = "",
    anew: str = "",
    note: str = "",
    quotes: tuple[Whose, ...] = (),
) -> Turn:
    """The form with what was given; a draft of the same goes on, its other answers kept.

    With words that are given now, the answer called `anew` in such a draft counts no more: it was
    chosen for other words.

    A draft that has the answer called `words`, which is not given now, is offered instead: nobody's
    words are sent by a command that only names what they are about. `quotes`: whose words the note
    has.
    """
    draft = _draft(plan, context, about)
    if draft is not None and words in draft.answers and words not in given:
        return form.start(plan, context, about=about)
    if draft is None:
        draft = Draft(context.ref, plan.name, plan.title, at="", answers=Answers(about))
    answers = draft.answers
    if words in given:
        answers = answers.without(anew)
        note = "\n".join(filter(None, (note, _written_before(answers.one(words), given[words]))))
    for name, value in given.items():
        answers = answers.filled(name, (value,))
    whole = plan.whole(replace(draft, answers=answers), context)
    waiting = next(
        (field for field in whole.fields if field.name not in answers or field.problem), None
    )
    if waiting is None:
        return filling.go_on(plan, replace(draft, answers=answers), context)
    return noting(
        filling.ask(plan, replace(draft, answers=answers, at=waiting.name), context), note, quotes
    )


def _written_before(before: str, now: str) -> str:
    """Said where new words take the place of others, so that those can still be copied."""
    return wording.in_place_of(before) if before and before != now else ""


def noting(turn: Turn, note: str, quotes: tuple[Whose, ...] = ()) -> Turn:
    """The turn with a note before the question of its form; `quotes`: whose words the note has."""
    replies = tuple(
        replace(one, note=note, quotes=quotes)
        if isinstance(one, Form) and note and not one.note
        else one
        for one in turn.replies
    )
    return replace(turn, replies=replies)


def _draft(plan: FormPlan, context: Context, about: str) -> Draft | None:
    drafts = context.lookup.drafts(context.now)
    same = (one for one in drafts if (one.form, one.answers.about) == (plan.name, about))
    return next(same, None)
