"""The cast of the scenarios."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.app import Network
from handlers.terminal import Terminal
from tests.scenarios.peers import chidi, dana, eve, post, posted
from tests.scenarios.sets import asha_outside, met
from tests.scenarios.transcript import Administrator, Bot, Clock, Officer, Phone

__all__ = ["asha_outside", "chidi", "dana", "eve", "met", "post", "posted"]


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def asha(network: Network, bot: Bot, clock: Clock) -> Officer:
    return Officer("Asha", Terminal(network, "Asha", clock), bot)


@pytest.fixture
def ben(network: Network, bot: Bot, clock: Clock) -> Officer:
    return Officer("Ben", Terminal(network, "Ben", clock), bot)


@pytest.fixture
def phone(network: Network, bot: Bot, clock: Clock) -> Phone:
    return Phone("+447700900123", network, bot, clock)


@pytest.fixture
def administrator(network: Network, clock: Clock) -> Administrator:
    return Administrator(network, clock)
