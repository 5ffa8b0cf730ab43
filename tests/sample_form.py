"""A form as a flow would define it, for tests: one field of each kind, and one that depends."""

from __future__ import annotations

import pytest

from bot import conversation
from bot.drafts import Answers
from bot.flows import form
from bot.flows.meaning import Command
from bot.flows.plan import FormPlan
from bot.flows.plans import PLANS
from bot.flows.turn import Context, Turn
from bot.messages import Choice, FieldKind, FormField, Text

TITLE = "What is your challenge, in one sentence?"
TRIED = "What have you tried so far?"
SOON = "How soon do you need an answer?"
BY = "By which day?"
TOUCHES = "What does it touch?"
SOON_CHOICES = (
    Choice("This week", "week"),
    Choice("This month", "month"),
    Choice("No hurry", "none"),
)
TOUCHES_CHOICES = (
    Choice("Skills & jobs", "skills"),
    Choice("Places", "places"),
    Choice("Data", "data"),
)
NO_ADDRESSES = "Please leave e-mail addresses out."


def _fields(answers: Answers, _context: Context) -> tuple[FormField, ...]:
    by = FormField("by", BY, kind=FieldKind.DATE, required=True)
    return (
        FormField("title", TITLE, "Leave out names.", required=True, longest=100, asks=True),
        FormField("tried", TRIED, kind=FieldKind.LINES, longest=500),
        FormField("soon", SOON, kind=FieldKind.CHOICE, choices=SOON_CHOICES, required=True),
        *((by,) if answers.one("soon") == "week" else ()),
        FormField("touches", TOUCHES, kind=FieldKind.CHOICES, choices=TOUCHES_CHOICES),
    )


def _check(field: FormField, answers: Answers, _context: Context) -> str:
    return NO_ADDRESSES if field.name == "title" and "@" in answers.one("title") else ""


def posted(**answers: str) -> str:
    """What the bot says once the form is done."""
    return "Posted: " + "; ".join(f"{name}={value}" for name, value in answers.items())


def _finish(answers: Answers, _context: Context) -> Turn:
    said = {name: "+".join(values) for name, values in answers.values.items()}
    return Turn((Text(posted(**dict(sorted(said.items())))),))


POST = FormPlan(
    name="post",
    title="Post a challenge",
    called="your post",
    fields=_fields,
    finish=_finish,
    check=_check,
    intro="Your peers read it without your name.",
    submit="Post it",
)


@pytest.fixture
def post_form(monkeypatch: pytest.MonkeyPatch) -> FormPlan:
    """From now on `post` begins the sample form."""
    monkeypatch.setitem(PLANS, POST.name, POST)
    monkeypatch.setitem(
        conversation._COMMANDS, Command.POST, lambda _, context: form.start(POST, context)
    )
    return POST
