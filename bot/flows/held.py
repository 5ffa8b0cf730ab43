"""Words under a post on a notice board that are not passed on before their author has decided.

They wait as the draft of a form, so that pause, the 72 hours, `my data` and `forget me` work for
them as for all drafts. Its `about` holds the challenge's code and which words they are.
"""

from __future__ import annotations

from bot.challenges.models import LONGEST_REPLY
from bot.drafts import Answers
from bot.flows import filling
from bot.flows.effect.boards import PassedOn
from bot.flows.identities import Checked, checked, digest
from bot.flows.plan import FormPlan
from bot.flows.turn import Context, Turn
from bot.messages import Choice, FieldKind, FormField, Text
from bot.wording import held as words
from bot.wording import identities

AS_IT_IS, NEUTRAL, NOT = "as-it-is", "neutral", "not"
_TEXT = FormField("text", words.TEXT, kind=FieldKind.LINES, required=True, longest=LONGEST_REPLY)


def about(code: str, own: str) -> str:
    """How a draft names the words it keeps: `own` is as the board knows them."""
    return f"{code} {own}"


def ask(code: str, own: str, text: str, context: Context) -> Turn:
    """Keeps the words, and asks their author what shall become of them."""
    return filling.begin(HELD, context, Answers(about(code, own), {"text": (text,)}))


def _fields(answers: Answers, context: Context) -> tuple[FormField, ...]:
    found = checked(answers.one("text"), context)
    return (_TEXT,) if found.clean else (_TEXT, _decision(answers, found))


def _decision(answers: Answers, found: Checked) -> FormField:
    code, _, _ = answers.about.partition(" ")
    fits = len(found.neutral) <= LONGEST_REPLY
    told = words.ways(found.told())
    return FormField(
        _name(found.text),
        words.question(code),
        told if fits else f"{told}\n{identities.NO_ROOM}",
        FieldKind.CHOICE,
        (
            Choice(words.AS_IT_IS, AS_IT_IS),
            *((Choice(words.NEUTRAL, NEUTRAL),) if fits else ()),
            Choice(words.NOT, NOT),
        ),
        required=True,
    )


def _name(text: str) -> str:
    """Changes with the words: a decision about others counts no more."""
    return f"names-{digest(text)}"


def _finish(answers: Answers, context: Context) -> Turn:
    code, _, own = answers.about.partition(" ")
    found = checked(answers.one("text"), context)
    match answers.one(_name(found.text)):
        case "not":
            return Turn((Text(words.NOT_PASSED_ON),))
        case "neutral":
            return Turn((), (PassedOn(code, own, found.neutral),))
        case _:
            return Turn((), (PassedOn(code, own, found.text),))


HELD = FormPlan("held", words.TITLE, words.CALLED, _fields, _finish)
