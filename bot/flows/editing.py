"""Changing a challenge that is posted: the same form, filled with what was said."""

from __future__ import annotations

from bot.challenges.errors import ChallengeError
from bot.challenges.models import ChallengeState
from bot.challenges.views import ChallengeView
from bot.drafts import Answers
from bot.flows import form, thread
from bot.flows.challenge_form import (
    CONTEXT,
    EDIT,
    PROBLEM,
    THEMES,
    TRIED,
    challenge,
    questions,
    themes,
    told,
    wrong,
)
from bot.flows.effect.posting import Changed
from bot.flows.last_look import look
from bot.flows.meaning import Pressed, Said
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.messages import MOST_CHOICES, Choice, FormField, Text
from bot.wording import challenges as refusals
from bot.wording import posting as words


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    texts = questions(answers, context, posted=_posted(answers, context))
    fields = (*(field for some in texts for field in some), themes(answers, context))
    if any(field.name not in answers for field in fields):
        return fields
    final = told(answers, context, posted=_posted(answers, context))
    return (*fields, look(final, answers, context, submit=words.SAVE_IT))


def _posted(answers: Answers, context: Context) -> tuple[str, ...]:
    try:
        one = context.lookup.challenge(answers.about)
    except ChallengeError:
        return ()
    return (one.problem, one.context, one.tried)


def _finish(answers: Answers, context: Context) -> Turn:
    final = told(answers, context, posted=_posted(answers, context))
    return Turn((), (Changed(answers.about, challenge(final, answers)),))


EDITING = FormPlan(
    name=EDIT,
    title="Change a challenge",
    called="your change",
    fields=_fields,
    finish=_finish,
    check=wrong,
    intro=words.EDIT_INTRO,
    submit=words.ON,
    walks=True,
)


def edit(said: Said, context: Context) -> Turn:
    """`edit K7`; without a code, which one."""
    if said.argument:
        return _edit(said.argument, context)
    open_ones = [
        line for line in context.lookup.own_challenges() if line.state is ChallengeState.OPEN
    ]
    if not open_ones:
        return Turn((Text(words.NOTHING_TO_EDIT),))
    if len(open_ones) == 1:
        return _edit(open_ones[0].code, context)
    choices = [
        Choice(words.open_challenge(line.code, line.problem), f"edit:{line.code}")
        for line in open_ones
    ]
    return Turn((Text(words.WHICH_TO_EDIT, tuple(choices[: MOST_CHOICES - 1])),))


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about a change does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "edit", (code,):
            return _edit(code, context)
    return None


def _edit(code: str, context: Context) -> Turn:
    try:
        one = context.lookup.challenge(code)
    except ChallengeError:
        return thread.no_such_challenge(code)
    refused = _refused(one)
    if refused:
        return Turn((Text(refused),))
    ids = {theme.name: theme.id for theme in context.lookup.themes()}
    given = {
        PROBLEM: (one.problem,),
        CONTEXT: tuple(filter(None, (one.context,))),
        TRIED: tuple(filter(None, (one.tried,))),
        THEMES: tuple(ids[name] for name in one.themes if name in ids),
    }
    return form.start(EDITING, context, about=one.code, given=given)


def _refused(one: ChallengeView) -> str:
    if not one.mine:
        return refusals.NOT_YOURS
    if one.state is ChallengeState.OPEN:
        return ""
    return {
        ChallengeState.CLOSED: refusals.is_closed,
        ChallengeState.SOLVED: refusals.is_solved,
        ChallengeState.WITHDRAWN: refusals.is_withdrawn,
    }[one.state](one.code)
