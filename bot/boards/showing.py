"""What a notice board says of a challenge: rules over facts. Nobody's name is among the facts."""

from __future__ import annotations

from bot.challenges.models import ChallengeState
from bot.challenges.notices import Subject
from bot.messages import Choice, Text
from bot.wording import boards as wording

MOST_SHOWN = 1_000
"""Characters of the context, and of what was tried, so that it is one message on any board."""


def shown(subject: Subject, state: ChallengeState) -> Text | None:
    """None where nothing may hang there any more."""
    match state:
        case ChallengeState.OPEN:
            return _open(subject)
        case ChallengeState.SOLVED | ChallengeState.CLOSED:
            return Text(wording.over(subject.code, state.value, subject.problem))
        case ChallengeState.WITHDRAWN:
            return None


def _open(subject: Subject) -> Text:
    context, tried = _short(subject.context), _short(subject.tried)
    private = Choice(wording.REPLY_PRIVATELY, f"say:reply {subject.code}")
    whole = Choice(wording.SHOW_ALL, f"show:{subject.code}")
    cut = (context, tried) != (subject.context, subject.tried)
    return Text(
        wording.open_challenge(subject.code, subject.problem, context, tried),
        (private, whole) if cut else (private,),
    )


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1].rstrip()}…"
