"""The moves in a form that is open: ask, take an answer, go back, skip, hand in, drop."""

from __future__ import annotations

from dataclasses import replace

from bot import days, wording
from bot.drafts import Answers, Draft, DraftStatus
from bot.flows import field as one_field
from bot.flows import plan as planned
from bot.flows.effect.forms import Closed, Drafted
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Reply, State, Turn
from bot.messages import Choice, FieldKind, Filled, Form, Text
from bot.wording import forms as words
from knowledge.text import normalise

FLOW = "form"


def begin(plan: FormPlan, context: Context, answers: Answers) -> Turn:
    """A new draft and its first question."""
    draft = Draft(context.ref, plan.name, plan.title, at="", answers=answers)
    form = plan.whole(draft, context)
    first = form.fields[0].name
    if first not in answers or form.asked.problem or plan.walks:
        return ask(plan, replace(draft, at=first), context)
    return go_on(plan, replace(draft, at=first), context)


def ask(
    plan: FormPlan,
    draft: Draft,
    context: Context,
    *,
    note: str = "",
    problem: str = "",
    page: int = 0,
) -> Turn:
    """The question at hand; from now on words are its answer, numbers those of this page."""
    form = plan.whole(draft, context)
    offers: tuple[Choice, ...] = ()
    if one_field.too_long(form.asked, form.asked.values):
        fits = len(one_field.start_of(form.asked.values[0], form.asked.longest))
        problem = f"{problem or form.asked.problem} {words.kept_whole(fits)}"
        offers = (Choice(words.KEEP_START, f"form:cut:{draft.ref}:{form.at}"),)
    sent = planned.to_send(form, note=note, problem=problem, offers=offers)
    state = {"ref": draft.ref, "channel": context.channel, "page": str(page)}
    return Turn(
        (replace(sent, page=page),),
        (Drafted(replace(draft, at=form.at)),),
        State(FLOW, "ask", state),
    )


def go_on(
    plan: FormPlan, draft: Draft, context: Context, *, note: str = "", whole: bool = False
) -> Turn:
    """The next question that wants an answer, or the end where there is none."""
    form = plan.whole(draft, context)
    following = form.fields[form.number : form.number + 1] if plan.walks and not whole else ()
    waiting = next(iter(following), None) or planned.unanswered(form, draft.answers)
    if waiting is not None:
        return ask(plan, replace(draft, at=waiting.name), context, note=note)
    final = planned.asked_now(form, draft.answers)
    turn = plan.finish(final, replace(context, ref=draft.ref))
    before: tuple[Reply, ...] = (Text(note),) if note else ()
    done = Closed(draft.ref, DraftStatus.HANDED_IN)
    return replace(turn, replies=(*before, *turn.replies), effects=(done, *turn.effects))


def answered(plan: FormPlan, draft: Draft, context: Context, *, page: int = 0) -> Turn:
    """The words that were typed, taken as the answer to the question at hand, whatever they are.

    What is picked from a further page of choices comes to what was picked before.
    """
    text = context.typed or ""
    if not normalise(text):
        return ask(
            plan, draft, context, problem=words.NOT_TEXT if context.attached else words.EMPTY
        )
    form = plan.whole(draft, context)
    if form.at != draft.at:  # what was asked is asked no more: these words answer nothing
        return ask(plan, draft, context)
    asked = form.asked
    if one_field.too_long(asked, asked.values) and one_field.means_the_start(text):
        return cut(plan, draft, asked.name, context)
    reading = one_field.typed(asked, text, today=days.today(context.now), page=page)
    aside = wording.PICTURE_TOO if context.attached else ""
    if reading.problem:
        if reading.values:
            draft = replace(draft, answers=draft.answers.filled(asked.name, reading.values))
        return ask(plan, draft, context, note=aside, problem=reading.problem, page=page)
    note = " ".join(filter(None, (aside, reading.note)))
    values = tuple(dict.fromkeys((*(asked.values if page else ()), *reading.values)))
    if not reading.more:
        kept = words.KEPT_A_QUESTION if one_field.is_perhaps_a_question(asked, text) else ""
        return take(plan, draft, asked.name, values, context, note=note, kept=kept)
    answers = draft.answers.filled(asked.name, values) if values else draft.answers
    return ask(plan, replace(draft, answers=answers), context, note=note, page=page + 1)


def take(
    plan: FormPlan,
    draft: Draft,
    name: str,
    values: tuple[str, ...],
    context: Context,
    *,
    note: str = "",
    kept: str = "",
) -> Turn:
    """One answer: kept where it is in order, or asked for again with what is wrong.

    `kept` is said once it is.
    """
    filled = replace(draft, at=name, answers=draft.answers.filled(name, values))
    problem = plan.whole(filled, context).asked.problem
    if problem:
        return ask(plan, replace(draft, at=name), context, note=note, problem=problem)
    return go_on(plan, filled, context, note=" ".join(filter(None, (note, kept))))


def picked(plan: FormPlan, draft: Draft, name: str, value: str, context: Context) -> Turn:
    """A choice that was pressed; an old button may belong to a question that is asked no more."""
    form = plan.whole(draft, context)
    for field in form.fields:
        if field.name == name and field.kind is FieldKind.CHOICE:
            return take(plan, draft, name, (value,), context)
    return ask(plan, draft, context)


def cut(plan: FormPlan, draft: Draft, name: str, context: Context) -> Turn:
    """An answer that was too long is shortened to what fits; an old button changes nothing."""
    for field in plan.whole(draft, context).fields:
        if field.name == name and one_field.too_long(field, field.values):
            start = one_field.start_of(field.values[0], field.longest)
            return take(plan, draft, name, (start,), context, note=words.kept_start(len(start)))
    return ask(plan, draft, context)


def back(plan: FormPlan, draft: Draft, context: Context) -> Turn:
    form = plan.whole(draft, context)
    if form.number == 1:
        return ask(plan, draft, context, note=words.FIRST_QUESTION)
    return ask(plan, replace(draft, at=form.fields[form.number - 2].name), context)


def skipped(plan: FormPlan, draft: Draft, context: Context) -> Turn:
    """On to the next question: an answer that is there already stays."""
    form = plan.whole(draft, context)
    asked = form.asked
    if form.at != draft.at:
        return ask(plan, draft, context)
    if asked.values and not asked.problem:
        return go_on(plan, draft, context)
    if asked.required:
        return ask(plan, draft, context, problem=words.CANNOT_SKIP)
    return go_on(plan, replace(draft, answers=draft.answers.filled(asked.name, ())), context)


def whole(plan: FormPlan, draft: Draft, filled: Filled, context: Context) -> tuple[Draft, Form]:
    """The draft with all that was handed in, and the form as it then stands.

    What one answer brings up or hides may come in the same hand-in, so it is read twice.
    """
    for _ in range(2):
        form = plan.whole(draft, context)
        answers = planned.handed_in(form, draft.answers, filled.values, context)
        draft = replace(draft, answers=answers)
    return draft, plan.whole(draft, context)


def handed_in(plan: FormPlan, draft: Draft, filled: Filled, context: Context) -> Turn:
    """A whole form: done, or shown again with what is wrong, nothing lost."""
    draft, form = whole(plan, draft, filled, context)
    wrong = [field.name for field in form.fields if field.problem]
    if wrong:
        draft = replace(draft, at=wrong[0])
        return ask(plan, draft, context, note=words.look_again(len(wrong)))
    if planned.unanswered(form, draft.answers) is not None:
        note = words.more_questions(plan.called)
        return go_on(plan, draft, context, note=note, whole=True)
    return go_on(plan, draft, context, whole=True)


def drop(plan: FormPlan, draft: Draft) -> Turn:
    return Turn((Text(words.dropped(plan.called)),), (Closed(draft.ref, DraftStatus.DROPPED),))


def later(plan: FormPlan, draft: Draft) -> Turn:
    """Put aside: the next words are a question again."""
    return Turn((Text(aside(plan, draft), (carry_on_choice(plan, draft),)),))


def aside(plan: FormPlan, draft: Draft) -> str:
    until = draft.expires_at
    return words.set_aside(plan.called, until.astimezone(days.HOME)) if until else ""


def carry_on_choice(plan: FormPlan, draft: Draft) -> Choice:
    return Choice(words.carry_on(plan.called), f"form:on:{draft.ref}")


def start_again_choice(draft: Draft) -> Choice:
    return Choice(words.START_AGAIN, f"form:anew:{draft.ref}")
