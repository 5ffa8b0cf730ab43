"""Does what a turn decided, inside the caller's transaction.

A flow looked before it decided, but the world may have changed since: what is refused now undoes
the whole turn, and the refusal is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.challenges.errors import ChallengeError
from bot.effects import asking, forms, harvest, interests, posting, sets, thread, trying
from bot.effects.acting import Acting, Made
from bot.flows.effect import Effect
from bot.flows.effect.forms import Closed, Drafted
from bot.flows.effect.harvest import (
    Credited,
    LetBe,
    Merged,
    PointedTo,
    Published,
    Rejected,
    Reworded,
    Shared,
)
from bot.flows.effect.interests import FollowedTheme, Quieted, SaidOfThemselves
from bot.flows.effect.posting import Changed, Followed, Posted
from bot.flows.effect.sets import SetEdited, SetMade, SetsConfirmed
from bot.flows.effect.thread import (
    Corrected,
    Ended,
    Listened,
    Marked,
    Replied,
    Reported,
    Settled,
    TookBack,
)
from bot.flows.effect.trying import LetGo, Postponed, Told, TriesReply, TriesSolution
from bot.flows.turn import Reply, State, Turn
from bot.learning_sets.size import SetError
from bot.messages import Text


@dataclass(frozen=True)
class Done:
    """What is said in the end, and where the conversation stands. `gone`: the member is no more."""

    replies: tuple[Reply, ...]
    state: State | None
    gone: bool = False


def apply(turn: Turn, acting: Acting) -> Done:
    """The turn's replies with what the doing adds, or the refusal alone."""
    try:
        with acting.session.begin_nested():
            made = [_make(effect, acting) for effect in turn.effects]
    except (ChallengeError, SetError) as refusal:
        return Done((Text(refusal.sentence),), None)
    said = tuple(reply for one in made for reply in one.replies)
    return Done((*turn.replies, *said), turn.state, any(one.gone for one in made))


def _make(effect: Effect, acting: Acting) -> Made:
    match effect:
        case Drafted() | Closed():
            return forms.make(effect, acting)
        case Posted() | Changed() | Followed():
            return posting.make(effect, acting)
        case (
            Replied()
            | Corrected()
            | TookBack()
            | Listened()
            | Marked()
            | Ended()
            | Reported()
            | Settled()
        ):
            return thread.make(effect, acting)
        case Published() | Merged() | Rejected() | Reworded():
            return harvest.make(effect, acting)
        case PointedTo() | LetBe() | Shared() | Credited():
            return harvest.make(effect, acting)
        case TriesReply() | TriesSolution() | Postponed() | Told() | LetGo():
            return trying.make(effect, acting)
        case FollowedTheme() | Quieted() | SaidOfThemselves():
            return interests.make(effect, acting)
        case SetMade() | SetEdited() | SetsConfirmed():
            return sets.make(effect, acting)
        case _:
            return asking.make(effect, acting)
