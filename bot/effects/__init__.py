"""Does what a turn decided, inside the caller's transaction.

A flow looked before it decided, but the world may have changed since: what is refused now undoes
the whole turn, and the refusal is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.challenges.errors import ChallengeError
from bot.effects import (
    asking,
    between,
    boards,
    console,
    forms,
    habits,
    harvest,
    interests,
    posting,
    sessions,
    sets,
    thread,
    trying,
)
from bot.effects.acting import Acting, Made
from bot.flows.effect import Effect
from bot.flows.effect.asking import AskingEffect
from bot.flows.effect.between import BetweenEffect
from bot.flows.effect.boards import BoardEffect
from bot.flows.effect.console import ConsoleEffect
from bot.flows.effect.forms import FormEffect
from bot.flows.effect.habits import HabitsEffect
from bot.flows.effect.harvest import HarvestEffect
from bot.flows.effect.interests import InterestsEffect
from bot.flows.effect.posting import PostingEffect
from bot.flows.effect.sessions import SessionEffect
from bot.flows.effect.sets import SetEffect
from bot.flows.effect.thread import ThreadEffect
from bot.flows.effect.trying import TryingEffect
from bot.flows.turn import Reply, State, Turn
from bot.learning_sets.session_errors import SessionError
from bot.learning_sets.shown import Whose
from bot.learning_sets.size import SetError
from bot.messages import Text


@dataclass(frozen=True)
class Done:
    """What is said in the end, and where the conversation stands. `gone`: the member is no more.

    `shows` are the words of other members in what is said.
    """

    replies: tuple[Reply, ...]
    state: State | None
    gone: bool = False
    shows: tuple[Whose, ...] = ()


def apply(turn: Turn, acting: Acting) -> Done:
    """The turn's replies with what the doing adds, or the refusal alone."""
    try:
        with acting.session.begin_nested():
            made = [_make(effect, acting) for effect in turn.effects]
    except (ChallengeError, SessionError, SetError) as refusal:
        return Done((Text(refusal.sentence),), None)
    said = tuple(reply for one in made for reply in one.replies)
    shows = tuple(whose for one in made for whose in one.shows)
    return Done((*turn.replies, *said), turn.state, any(one.gone for one in made), shows)


def _make(effect: Effect, acting: Acting) -> Made:
    if isinstance(effect, ThreadEffect):
        return thread.make(effect, acting)
    if isinstance(effect, PostingEffect):
        return posting.make(effect, acting)
    if isinstance(effect, BoardEffect):
        return boards.make(effect, acting)
    if isinstance(effect, FormEffect):
        return forms.make(effect, acting)
    if isinstance(effect, HarvestEffect):
        return harvest.make(effect, acting)
    if isinstance(effect, InterestsEffect):
        return interests.make(effect, acting)
    if isinstance(effect, HabitsEffect):
        return habits.make(effect, acting)
    if isinstance(effect, AskingEffect):
        return asking.make(effect, acting)
    if isinstance(effect, ConsoleEffect):
        return console.make(acting)
    return _in_sets(effect, acting)


def _in_sets(
    effect: TryingEffect | SessionEffect | BetweenEffect | SetEffect, acting: Acting
) -> Made:
    if isinstance(effect, BetweenEffect):
        return between.make(effect, acting)
    if isinstance(effect, SetEffect):
        return sets.make(effect, acting)
    if isinstance(effect, SessionEffect):
        return sessions.make(effect, acting)
    return trying.make(effect, acting)
