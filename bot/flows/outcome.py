"""How it went: what a member meant to try, told when they are asked or at any time they like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.drafts import Answers
from bot.flows import begun, trying
from bot.flows.effect.trying import Told
from bot.flows.identities import guarded
from bot.flows.meaning import Pressed
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.learning_sets.check_backs import outcome_choices
from bot.learning_sets.commitments import Commitment, Outcome, Sharing
from bot.messages import Choice, Choices, FieldKind, FormField, Text
from bot.wording import OLD_BUTTON
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
    """`commit`: what is still to be told stands first."""
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
            return _shown(one) if one is not None else Turn((Text(OLD_BUTTON),))
        case "went", (number, outcome) if outcome in _OUTCOMES:
            one = trying.kept(number, context)
            if one is None:
                return Turn((Text(OLD_BUTTON),))
            return _went(one, _OUTCOMES[outcome], context)
    return None


def _shown(one: Commitment) -> Turn:
    told = words.one(
        one.what, one.check_back_on, one.outcome or "", one.learning, one.sharing.value
    )
    if not one.open:
        return Turn((Text(told, outcome_choices(one.id)),))
    day = Choice(words.ANOTHER_DAY, f"pick-day:kept:{one.id}")
    let_go = Choice(words.LET_GO, f"let-go:{one.id}")
    return Turn((Text(told, (*outcome_choices(one.id), day, let_go)),))


def _went(one: Commitment, outcome: Outcome, context: Context) -> Turn:
    """The outcome counts at once; what was learnt is asked after it."""
    if outcome is Outcome.NOT_YET:
        day, source = trying.usual_day(context), ("kept", str(one.id))
        choices = trying.day_choices(source, context)
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
    shared = answers.one("sharing") in (Sharing.SET, Sharing.NETWORK)
    names = guarded(_LEARNING, answers, context, about=words.YOUR_LEARNING) if shared else None
    return (_HOW, _LEARNING, _sharing(context), *(names.fields if names is not None else ()))


def _sharing(context: Context) -> FormField:
    with_a_set = (Choice(words.MY_SET, Sharing.SET.value),)
    choices = (
        Choice(words.PRIVATE, Sharing.PRIVATE.value),
        *(with_a_set if context.lookup.threads.in_a_set() else ()),
        Choice(words.NETWORK, Sharing.NETWORK.value),
    )
    return FormField("sharing", words.SHARING, "", FieldKind.CHOICE, choices, required=True)


def _finish(answers: Answers, context: Context) -> Turn:
    one = trying.kept(answers.about, context)
    if one is None:
        return Turn((Text(OLD_BUTTON),))
    outcome = _OUTCOMES[answers.one("outcome")]
    if outcome is Outcome.NOT_YET:
        day = date.fromisoformat(answers.one("day"))
        return Turn((Text(words.asks_on(day)),), (Told(one.id, outcome, check_back_on=day),))
    sharing = Sharing(answers.one("sharing") or Sharing.PRIVATE)
    learning = answers.one("learning")
    if sharing is not Sharing.PRIVATE:
        learning = guarded(_LEARNING, answers, context, about=words.YOUR_LEARNING).text
    return Turn((Text(words.RECORDED),), (Told(one.id, outcome, learning, sharing),))


OUTCOME = FormPlan(
    "outcome", words.OUTCOME_TITLE, words.HOW_IT_WENT, _fields, _finish, trying.not_ahead
)
