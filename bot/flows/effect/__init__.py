"""What a flow would have done: `bot.effects` does it. One module for each kind of conversation."""

from __future__ import annotations

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

Effect = (
    AskingEffect
    | BetweenEffect
    | BoardEffect
    | ConsoleEffect
    | FormEffect
    | HabitsEffect
    | HarvestEffect
    | InterestsEffect
    | PostingEffect
    | SessionEffect
    | SetEffect
    | ThreadEffect
    | TryingEffect
)
