"""Forms in a conversation: begun, filled in on any channel, put aside, carried on with.

A form is in front while its question was the last thing asked in this conversation: then words are
answers, whatever they are. Another command or button is obeyed and puts the form aside; the draft
stays, and every answer offers to carry on with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot import wording
from bot.challenges.codes import read_code
from bot.drafts import Answers, Draft, DraftStatus
from bot.flows import field as one_field
from bot.flows import filling
from bot.flows.effect.asking import Agreed, Forgot
from bot.flows.effect.forms import Closed
from bot.flows.meaning import Command, Pressed, Said, command
from bot.flows.named import is_bare
from bot.flows.numbers import plain
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Reply, State, Turn
from bot.members import ConsentKind
from bot.messages import MOST_CHOICES, Choice, Filled, Form, Text
from bot.wording import forms as words

LATER = "later"
"""Typed while a form is in front: it is put aside, and the next words are a question again."""

_MAY_BE_ANSWERS = (Command.COMMIT, Command.REFLECT, Command.REFLECTIONS)
"""With words behind them they may be the beginning of an answer: "commit to one call a week"."""

Plans = Mapping[str, FormPlan]
Found = tuple[FormPlan, Draft]


def start(
    plan: FormPlan,
    context: Context,
    *,
    about: str = "",
    given: Mapping[str, tuple[str, ...]] | None = None,
) -> Turn:
    """Begins a form, or finds it begun already. `given` are answers that need not be asked for."""
    for draft in context.lookup.drafts(context.now):
        if (draft.form, draft.answers.about) == (plan.name, about):
            choices = (filling.carry_on_choice(plan, draft), filling.start_again_choice(draft))
            return Turn((Text(words.already_started(plan.called), choices),))
    answers = Answers(about, given or {})
    return filling.begin(plan, context, answers)


def step(state: State | None, context: Context, plans: Plans) -> Turn | None:
    """Words while a form is in front; None where they are no answer to it."""
    found = _in_front(state, context, plans)
    if found is None or context.typed is None:
        return None
    plan, draft = found
    if one_field.is_an_answer_on_offer(plan.whole(draft, context).asked, context.typed):
        return filling.answered(plan, draft, context, page=_page(state))
    if plain(context.typed) == LATER:
        return filling.later(plan, draft)
    said = _command(context)
    return (
        _obeyed(said.command, plan, draft, context)
        if said
        else filling.answered(plan, draft, context, page=_page(state))
    )


def _command(context: Context) -> Said | None:
    """ "themes" is a command; "themes in our plan" is an answer, unless a theme is called that."""
    said = command(context.typed or "")
    if read_code(context.typed or "") is not None or is_bare((context.typed or "").strip()):
        return None  # a code alone shows a challenge, or is an abbreviation in an answer
    if said is not None and said.command in _MAY_BE_ANSWERS and " " in said.argument:
        return None
    if said is None or said.command is not Command.THEMES or not said.argument:
        return said
    return said if context.lookup.theme_named(said.argument) is not None else None


def _obeyed(said: Command, plan: FormPlan, draft: Draft, context: Context) -> Turn | None:
    """The commands that are about the form; None leaves the others to the conversation."""
    match said:
        case Command.BACK:
            return filling.back(plan, draft, context)
        case Command.SKIP:
            return filling.skipped(plan, draft, context)
        case Command.CANCEL:
            return filling.drop(plan, draft)
        case Command.CARRY_ON:
            return filling.ask(plan, draft, context)
        case _:
            return None


def pressed(press: Pressed, context: Context, plans: Plans) -> Turn | None:
    """What a button of a form does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "form", ("anew", ref):
            return _anew(ref, context, plans)
        case "form", ("on" | "drop" | "pick" | "cut" as act, ref, *rest):
            found = _open(ref, context, plans)
            return (
                _acted(act, found, tuple(rest), context)
                if found
                else (_closed(ref, context, plans))
            )
    return None


def _acted(act: str, found: Found, rest: tuple[str, ...], context: Context) -> Turn | None:
    plan, draft = found
    match act, rest:
        case "on", ():
            return filling.ask(plan, draft, context)
        case "drop", ():
            return filling.drop(plan, draft)
        case "pick", (name, *value):
            return filling.picked(plan, draft, name, ":".join(value), context)
        case "cut", (name,):
            return filling.cut(plan, draft, name, context)
    return None


def _anew(ref: str, context: Context, plans: Plans) -> Turn:
    """The same form from the start; what was written in this draft goes."""
    draft = context.lookup.draft(ref)
    plan = plans.get(draft.form) if draft else None
    if draft is None or plan is None:
        return Turn((Text(words.FORM_UNKNOWN),))
    if not draft.open(context.now):
        return start(plan, context, about=draft.answers.about)
    turn = filling.begin(plan, context, Answers(draft.answers.about))
    return replace(turn, effects=(*filling.drop(plan, draft).effects, *turn.effects))


def handed_in(filled: Filled, context: Context, plans: Plans) -> Turn:
    """A form that came whole: it takes effect once, however often it is handed in."""
    found = _open(filled.ref, context, plans)
    if found is None:
        return _closed(filled.ref, context, plans)
    plan, draft = found
    return filling.handed_in(plan, draft, filled, context)


def carry_on(context: Context, plans: Plans) -> Turn:
    """`carry on`, typed anywhere: the draft that was last touched."""
    for plan, draft in _drafts(context, plans):
        return filling.ask(plan, draft, context, note=words.carrying_on(plan.called))
    return Turn((Text(words.NOTHING_TO_CARRY_ON),))


def cancel(context: Context, plans: Plans) -> Turn:
    """`cancel` while no form is in front: nothing is dropped that the member may have forgotten."""
    for plan, draft in _drafts(context, plans):
        drop = Choice(words.DROP, f"form:drop:{draft.ref}")
        choices = (filling.carry_on_choice(plan, draft), drop)
        return Turn((Text(words.sure_to_drop(plan.called), choices),))
    return Turn((Text(wording.NOTHING_TO_CANCEL),))


def with_way_back(turn: Turn, state: State | None, context: Context, plans: Plans) -> Turn:
    """The turn with one more choice: to carry on with a draft that waits.

    Where the form was in front until now, it is said first that it is kept. What was said aside, in
    a channel say, is answered without a word of anybody's draft.
    """
    if turn.state is not None or context.person.stopped or _is_leaving(turn) or not turn.replies:
        return turn
    if state is not None and state.flow == filling.FLOW and _is_elsewhere(state, context):
        turn = replace(turn, state=state)  # there its question still stands
    if context.aside or not turn.replies or any(_is_about_a_form(reply) for reply in turn.replies):
        return turn
    closed = {effect.ref for effect in turn.effects if isinstance(effect, Closed)}
    for plan, draft in _drafts(context, plans):
        if draft.ref not in closed:
            kept = _in_front(state, context, plans) is not None
            before = (Text(filling.aside(plan, draft)),) if kept else ()
            last = _offering(turn.replies[-1], filling.carry_on_choice(plan, draft))
            return replace(turn, replies=(*before, *turn.replies[:-1], last))
    return turn


def _is_leaving(turn: Turn) -> bool:
    return any(
        isinstance(effect, Forgot)
        or (isinstance(effect, Agreed) and effect.kind is ConsentKind.STOPPED)
        for effect in turn.effects
    )


def _is_about_a_form(reply: Reply) -> bool:
    return isinstance(reply, Form) or any(
        choice.value.startswith("form:") for choice in reply.choices
    )


def _offering(reply: Reply, choice: Choice) -> Reply:
    """On the last message, after its own choices: the numbers of those stay what they were."""
    if isinstance(reply, Form) or len(reply.choices) >= MOST_CHOICES:
        return reply
    return replace(reply, choices=(*reply.choices, choice))


def _is_elsewhere(state: State, context: Context) -> bool:
    return context.aside or state.data.get("channel") != context.channel


def _in_front(state: State | None, context: Context, plans: Plans) -> Found | None:
    if state is None or state.flow != filling.FLOW or _is_elsewhere(state, context):
        return None
    return _open(state.data.get("ref", ""), context, plans)


def _page(state: State | None) -> int:
    """Which page of the choices was shown with the question."""
    return int(state.data.get("page", "0")) if state is not None else 0


def _open(ref: str, context: Context, plans: Plans) -> Found | None:
    draft = context.lookup.draft(ref)
    if draft is None or draft.form not in plans or not draft.open(context.now):
        return None
    return plans[draft.form], draft


def _drafts(context: Context, plans: Plans) -> Iterator[Found]:
    """Those that are open, the one last touched first."""
    drafts = context.lookup.drafts(context.now)
    return ((plans[draft.form], draft) for draft in drafts if draft.form in plans)


def _closed(ref: str, context: Context, plans: Plans) -> Turn:
    """A form that can no longer be filled in: why, and the way on."""
    draft = context.lookup.draft(ref)
    if draft is None or draft.form not in plans:
        return Turn((Text(words.FORM_UNKNOWN),))
    again = (filling.start_again_choice(draft),)
    if draft.lapsed(context.now):
        return Turn((Text(words.lapsed(draft.title), again),))
    if draft.status is DraftStatus.DROPPED:
        return Turn((Text(words.was_dropped(draft.title), again),))
    return Turn((Text(words.already_sent(draft.title), again),))


def all_open(context: Context, plans: Plans) -> tuple[Form, ...]:
    """The member's open forms, each whole and with the answers so far."""
    return tuple(plan.whole(draft, context) for plan, draft in _drafts(context, plans))


def problems(filled: Filled, context: Context, plans: Plans) -> Mapping[str, str] | None:
    """What would be wrong if this were handed in, by field; None where the form is not open."""
    found = _open(filled.ref, context, plans)
    if found is None:
        return None
    _, form = filling.whole(*found, filled, context)
    return {field.name: field.problem for field in form.fields if field.problem}
