"""What the network's owners decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.challenges.routing import Routing
from bot.learning_sets.peers import SetPeers
from bot.messages import Channel
from bot.nudges.thermostat import THERMOSTAT, Thermostat


@dataclass(frozen=True)
class Rules:
    """What the network's owners decided.

    On an open channel whoever can write is a member; on others an invitation is needed.
    `learn_from_members`: a wording that helped three members needs no moderator. `routing`: how
    peers are asked. `nudging`: when and how often the bot starts to speak.
    """

    open: frozenset[Channel] = frozenset()
    learn_from_members: bool = False
    routing: Routing = field(default_factory=lambda: Routing(SetPeers(), ZoneInfo("Europe/London")))
    nudging: Thermostat = THERMOSTAT
