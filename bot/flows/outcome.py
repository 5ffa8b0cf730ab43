"""How it went: what a member meant to try, told when they are asked or at any time they like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.drafts import Answers
from bot.flows import begun, committing, readers, trying
from bot.flows.effect.trying import Told
from bot.flows.meaning import Pressed, Said
from bot.flows.plan import FormPlan
from bot.flows.readers import Shareable
from bot.flows.turn import Context, Turn
from bot.learning_sets.check_backs import outcome_choices
from bot.learning_sets.commitments import Commitment, Outcome
from bot.messages import Choice, Choices, FieldKind, FormField, Text
from bot.wording import OLD_BUTTON
from bot.wording import committing as commit_words
from bot.wording import trying as words
from knowledge.evidence import LONGEST_LEARNT

PAGE = 8
_OUTCOMES = {one.value: one for one in Outcome}
_HOW = FormField(
    "outcome",
    words.HOW,
    kind=FieldKind.CHOICE,
    choices=tuple(Choice(label, value) for value, label in words.OUTCOMES.items()),
    required=True,
)
_DAY = FormField("day", words.WHICH_DAY, words.DAY_HINT, FieldKind.DATE, required=True)
_LEARNING = FormField(
    "learning", words.LEARNING, words.LEARNING_HINT, FieldKind.LINE, longest=LONGEST_LEARNT
)


def mine(context: Context, start: int = 0) -> Turn:
    """`commitments`: what is still to be told stands first."""
    all_of_them = context.lookup.threads.commitments()
    ordered = sorted(all_of_them, key=lambda one: not one.open)
    if not ordered:
        return Turn((Text(words.NOTHING_TO_TRY),))
    start = start if start < len(ordered) else 0
    choices = [Choice(_line(one), f"kept:{one.id}") for one in ordered[start : start + PAGE]]
    if len(ordered) > start + PAGE:
        choices.append(Choice(words.MORE, f"commitments:{start + PAGE}"))
    elif start:
        choices.append(Choice(words.FIRST, "commitments:0"))
    return Turn((Choices(words.MINE, tuple(choices)),))


def _line(one: Commitment) -> str:
    return words.line(one.what, one.check_back_on, one.outcome or "")


def pressed(press: Pressed, context: Context) -> Turn | None:
    """What a button about an outcome does; None where it is not one of ours."""
    match press.verb, press.arguments:
        case "commitments", (start,) if start.isdecimal():
            return mine(context, int(start))
        case "kept", (number,):
            one = trying.kept(number, context)
            return _shown(one, context) if one is not None else Turn((Text(OLD_BUTTON),))
        case "went", (number, outcome) if outcome in _OUTCOMES:
            one = trying.kept(number, context)
            if one is None:
                return Turn((Text(OLD_BUTTON),))
            return _went(one, _OUTCOMES[outcome], context)
    return None


def _shown(one: Commitment, context: Context) -> Turn:
    told = words.one(
        one.what, one.check_back_on, one.outcome or "", one.learning, one.sharing.value
    )
    after = context.lookup.rhythm.after().get(one.id)
    if after is not None:
        told = "\n".join((told, commit_words.after_session(after.starts_on)))
    change = Choice(commit_words.CHANGE_WORDS, f"words:{one.id}")
    who = Choice(commit_words.WHO_MAY_READ, f"who:commitment:{one.id}")
    if not one.open:
        return Turn((Text(told, (*outcome_choices(one.id), who, change)),))
    day = Choice(words.ANOTHER_DAY, f"pick-day:kept:{one.id}")
    let_go = Choice(words.LET_GO, f"let-go:{one.id}")
    return Turn((Text(told, (*outcome_choices(one.id), day, who, change, let_go)),))


def went(said: Said, context: Context) -> Turn:
    """`went`, with the outcome or without: of the one thing that is still to be told."""
    waiting = [one for one in context.lookup.threads.commitments() if one.open]
    if not waiting:
        return Turn((Text(commit_words.NOTHING_OPEN),))
    outcome = _OUTCOMES.get(said.argument.casefold())
    if len(waiting) > 1:
        return mine(context)
    return _went(waiting[0], outcome, context) if outcome else _shown(waiting[0], context)


def _went(one: Commitment, outcome: Outcome, context: Context) -> Turn:
    """The outcome counts at once; what was learnt is asked after it."""
    if outcome is Outcome.NOT_YET:
        day, source = trying.usual_day(context), ("kept", str(one.id))
        choices = trying.day_choices(source, context.now)
        told = Told(one.id, outcome, check_back_on=day)
        return Turn((Text(words.not_yet(day), choices),), (told,), trying.waiting(source))
    turn = begun.begin(
        OUTCOME,
        context,
        about=str(one.id),
        given={"outcome": outcome.value},
        note=words.noted(outcome.value),
    )
    return replace(turn, effects=(Told(one.id, outcome), *turn.effects))


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    if answers.one("outcome") == Outcome.NOT_YET:
        return _HOW, _DAY
    if not answers.one("learning"):
        return _HOW, _LEARNING
    one = trying.kept(answers.about, context)
    return (_HOW, _LEARNING, *readers.fields(_shareable(one), answers, context))


def _shareable(one: Commitment | None) -> tuple[Shareable, ...]:
    """What was learnt, and what was tried in the member's own words."""
    learnt = Shareable(_LEARNING, words.YOUR_LEARNING)
    return (learnt, *committing.shareable(one, learning=False)) if one is not None else (learnt,)


def _finish(answers: Answers, context: Context) -> Turn:
    one = trying.kept(answers.about, context)
    if one is None:
        return Turn((Text(OLD_BUTTON),))
    outcome = _OUTCOMES[answers.one("outcome")]
    if outcome is Outcome.NOT_YET:
        day = date.fromisoformat(answers.one("day"))
        return Turn((Text(words.asks_on(day)),), (Told(one.id, outcome, check_back_on=day),))
    learning, what = (readers.text(each, answers, context) for each in _shareable(one))
    asked = readers.SHARING in answers
    who = readers.chosen(answers, context) if asked else None
    told = Told(one.id, outcome, learning, who, what if asked else "")
    return Turn((Text(words.RECORDED),), (told,))


OUTCOME = FormPlan(
    "outcome", words.OUTCOME_TITLE, words.HOW_IT_WENT, _fields, _finish, trying.not_ahead
)
