"""Posting a challenge for peers: a conversation that every channel can hold."""

from __future__ import annotations

from dataclasses import replace

from bot.challenges.models import LONGEST_PROBLEM
from bot.drafts import Answers
from bot.flows import ask, form
from bot.flows.already import ENTRY, Already, already
from bot.flows.challenge_form import (
    CONTEXT,
    POST,
    PROBLEM,
    challenge,
    questions,
    themes,
    told,
    wrong,
)
from bot.flows.effect.asking import Rated, WantsPeers
from bot.flows.effect.posting import Followed, Posted
from bot.flows.last_look import last_look
from bot.flows.meaning import Pressed
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.learning_sets.sets import SetView
from bot.messages import Choice, FieldKind, Form, FormField, Text
from bot.questions import Verdict
from bot.wording import posting as words

SEE, NAMED = "see", "named"
_NETWORK, _PSEUDONYM, _NAME = "network", "pseudonym", "name"
_SET = "set:"


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    problem, context_, tried = questions(answers, context)
    found = _already(answers, context)
    if found.taken is not None:
        return (*problem[:1], *found.fields)
    fields = (
        *problem[:1],
        *found.fields,
        *problem[1:],
        *context_,
        *tried,
        themes(answers, context),
        *_see(answers, context),
        *_named(context),
    )
    if any(field.name not in answers for field in fields) or _set_gone(answers, context):
        return fields
    return (*fields, _look(answers, context))


def _already(answers: Answers, context: Context) -> Already:
    return already(answers.one(PROBLEM), answers, context)


def _see(answers: Answers, context: Context) -> tuple[FormField, ...]:
    """Asked where there is a choice, or was one: nothing meant for a set goes to all by itself."""
    sets = context.lookup.sets()
    gone = _set_gone(answers, context)
    if not sets and not gone:
        return ()
    choices = (
        Choice(words.WHOLE_NETWORK, _NETWORK),
        *(Choice(words.only_the_set(one.name), f"{_SET}{one.id}") for one in sets[:9]),
    )
    hint = words.SET_GONE if gone else words.SEE_HINT
    return (FormField(SEE, words.SEE, hint, FieldKind.CHOICE, choices, required=True),)


def _set(answers: Answers, context: Context) -> SetView | None:
    """The set it goes to, where the member is in it still."""
    sets = context.lookup.sets()
    return next((one for one in sets if answers.one(SEE) == f"{_SET}{one.id}"), None)


def _set_gone(answers: Answers, context: Context) -> bool:
    return answers.one(SEE).startswith(_SET) and _set(answers, context) is None


def _named(context: Context) -> tuple[FormField, ...]:
    name = context.lookup.own_name()
    choices = (
        Choice(words.UNDER_A_PSEUDONYM, _PSEUDONYM),
        Choice(words.with_my_name(name), _NAME),
    )
    named = FormField(NAMED, words.NAMED, words.NAMED_HINT, FieldKind.CHOICE, choices)
    return (named,) if name else ()


def _look(answers: Answers, context: Context) -> FormField:
    name = context.lookup.own_name() if answers.one(NAMED) == _NAME else ""
    to = _set(answers, context)
    final = told(answers, context)
    return last_look(final, answers, context, to=to, name=name, submit=words.POST_IT)


def _finish(answers: Answers, context: Context) -> Turn:
    taken = _already(answers, context).taken
    if taken is not None:
        return _took(taken, answers, context)
    final, to = told(answers, context), _set(answers, context)
    new = replace(
        challenge(final, answers),
        set_id=to.id if to is not None else None,
        named=answers.one(NAMED) == _NAME,
    )
    return Turn((), (Posted(new, context.ref, to.name if to is not None else ""),))


def _took(taken: tuple[str, str], answers: Answers, context: Context) -> Turn:
    """What is there already serves: nothing is posted."""
    kind, key = taken
    if kind != ENTRY:
        return Turn((), (Followed(key),))
    entry, asked = context.lookup.entry(key), context.lookup.own_question(answers.about)
    if entry is None:
        return Turn((Text(words.NOT_POSTED),))
    ref = answers.about if asked is not None else ""
    card = ask.card(entry, ref, note=words.NOT_POSTED)
    return Turn((card,), (Rated(ref, entry.id, Verdict.HELPED),) if ref else ())


POSTING = FormPlan(
    name=POST,
    title="Post a challenge",
    called="your post",
    fields=_fields,
    finish=_finish,
    check=wrong,
    intro=words.INTRO,
    submit=words.ON,
)


def post(context: Context) -> Turn:
    """`post`: from nothing."""
    return form.start(POSTING, context)


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about posting does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "peers", (ref,):
            return _from_question(ref, context)
    return None


def _from_question(ref: str, context: Context) -> Turn:
    """The question that had no answer becomes the problem; who asks is remembered as wanting so."""
    asked = context.lookup.own_question(ref)
    if asked is None:
        return post(context)
    problem = " ".join(asked.text.split())
    turn = form.start(POSTING, context, about=ref, given=_carried(problem, asked.text))
    first = turn.replies[0]
    if isinstance(first, Form):
        note = words.CARRIED_AS_CONTEXT if first.at == PROBLEM else words.CARRIED
        turn = replace(turn, replies=(replace(first, note=note), *turn.replies[1:]))
    return replace(turn, effects=(*turn.effects, WantsPeers(ref)))


def _carried(problem: str, text: str) -> dict[str, tuple[str, ...]]:
    """What is too long for a sentence begins as the context."""
    return {PROBLEM: (problem,)} if len(problem) <= LONGEST_PROBLEM else {CONTEXT: (text.strip(),)}
