"""What is asked about a challenge, to post or to change it: its words, checked, and its themes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.challenges.models import (
    LONGEST_CONTEXT,
    LONGEST_PROBLEM,
    LONGEST_TRIED,
    MOST_THEMES,
)
from bot.challenges.posts import NewChallenge
from bot.drafts import Answers
from bot.flows.identities import Guarded, guarded
from bot.flows.proposing import proposed
from bot.flows.turn import Context
from bot.messages import MOST_TO_PICK, Choice, FieldKind, FormField
from bot.wording import posting as words
from knowledge.themes import ThemeView

POST, EDIT = "post", "edit"
PROBLEM, CONTEXT, TRIED, THEMES = "problem", "context", "tried", "themes"

_PROBLEM = FormField(
    PROBLEM, words.PROBLEM, words.PROBLEM_HINT, required=True, longest=LONGEST_PROBLEM
)
_TEXTS = (
    _PROBLEM,
    FormField(CONTEXT, words.CONTEXT, words.CONTEXT_HINT, FieldKind.LINES, longest=LONGEST_CONTEXT),
    FormField(TRIED, words.TRIED, words.TRIED_HINT, FieldKind.LINES, longest=LONGEST_TRIED),
)


@dataclass(frozen=True)
class Told:
    """The words of a challenge as they would go out."""

    problem: str
    context: str
    tried: str


def questions(
    answers: Answers, context: Context, *, posted: Collection[str] = ()
) -> tuple[tuple[FormField, ...], ...]:
    """The problem, the context and what was tried, each with the questions that its words bring up.

    `posted` are words that others have read already: nobody is asked about those again.
    """
    return tuple((field, *_guarded(field, answers, context, posted).fields) for field in _TEXTS)


def told(answers: Answers, context: Context, *, posted: Collection[str] = ()) -> Told:
    return Told(*(_guarded(field, answers, context, posted).text for field in _TEXTS))


def _guarded(
    field: FormField, answers: Answers, context: Context, posted: Collection[str]
) -> Guarded:
    text = answers.one(field.name)
    if text in posted:
        return Guarded(text)
    return guarded(field, answers, context, about=words.ABOUT[field.name])


def themes(answers: Answers, context: Context) -> FormField:
    """All themes to pick from, those proposed and picked first."""
    known = context.lookup.themes()
    names = {theme.id: theme.name for theme in known}
    first_ones = _proposed(answers.one(PROBLEM), known, context)
    picked = [one for one in answers.many(THEMES) if one in names]
    first = list(dict.fromkeys((*first_ones, *picked)))
    rest = [one for one in names if one not in first]
    shown = (*first, *rest)[:MOST_TO_PICK]
    return FormField(
        THEMES,
        words.THEMES,
        words.themes_hint(len(first_ones), MOST_THEMES),
        FieldKind.CHOICES,
        tuple(Choice(names[one], one) for one in shown),
        more=words.MORE_THEMES,
        also=tuple(Choice(name, theme.id) for theme in known for name in theme.also),
    )


def theme_names(answers: Answers, context: Context) -> tuple[str, ...]:
    picked = answers.many(THEMES)
    return tuple(theme.name for theme in context.lookup.themes() if theme.id in picked)


def _proposed(text: str, known: Sequence[ThemeView], context: Context) -> tuple[str, ...]:
    if not text:
        return ()
    likeness = context.lookup.likeness
    around = {match.entry_id: match.score for match in likeness.around(text)}
    fitting = [
        (around[entry.id], entry.themes)
        for entry in context.lookup.entries(around)
        if entry.id in around
    ]
    near = likeness.to_themes(text, [theme.name for theme in known])
    return proposed(text, known, fitting, near)


def challenge(final: Told, answers: Answers) -> NewChallenge:
    """What is asked to be posted, or to stand in place of what was."""
    return NewChallenge(final.problem, final.context, final.tried, answers.many(THEMES))


def wrong(field: FormField, answers: Answers, _context: Context) -> str:
    """What is wrong with an answer that is in order as far as its length and choices go."""
    if field.name == THEMES and len(answers.many(THEMES)) > MOST_THEMES:
        return words.too_many_themes(MOST_THEMES)
    return not_in_words(field, answers, _context)


def not_in_words(field: FormField, answers: Answers, _context: Context) -> str:
    """What is wrong with an answer for others to read that holds no letter."""
    said = "".join(answers.many(field.name))
    in_words = field.kind not in (FieldKind.LINE, FieldKind.LINES) or any(map(str.isalpha, said))
    return "" if in_words else words.IN_WORDS
