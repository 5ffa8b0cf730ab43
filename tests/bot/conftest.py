"""For tests that talk to the bot: one warm engine for all of them, and officers on each channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot import members
from bot.app import Network
from bot.members import Role
from bot.messages import Channel
from bot.rules import Rules
from knowledge.database import Database
from knowledge.search import Decision, Engine, Finding, Match
from knowledge.semantic import Embedder
from tests.fake_sender import FakeSender
from tests.officer import Officer

Settle = Callable[[Decision], None]


class SettledEngine(Engine):
    """The real engine with its decision settled by the test: how sure it is, is measured elsewhere.

    It knows the starter knowledge as it was first loaded, whatever a test does to it afterwards, as
    an engine does for a moment when another process changes something.
    """

    def __init__(self, known: Engine) -> None:
        super().__init__(None)
        self._known = known
        self.decision: Decision | None = None

    def refresh(self, session: Session) -> bool:  # noqa: ARG002
        return False

    def find(self, text: str) -> Finding:
        finding = self._known.find(text)
        if self.decision is None or finding.small_talk is not None:
            return finding
        return replace(finding, decision=self.decision)

    def nearest(self, text: str, limit: int = 3) -> tuple[Match, ...]:
        return self._known.nearest(text, limit)

    def near(self, entry_id: str, limit: int = 3) -> tuple[Match, ...]:
        return self._known.near(entry_id, limit)


@pytest.fixture(scope="session")
def _engine(embedder: Embedder) -> Engine:
    return Engine(embedder)


@pytest.fixture
def known(_engine: Engine, stocked: Database) -> Engine:
    """One engine for all tests, filled from the first one's untouched starter knowledge."""
    if not _engine.version:
        with stocked.reading() as session:
            _engine.refresh(session)
    return _engine


@pytest.fixture
def talking(stocked: Database, known: Engine) -> Network:
    """A network on the starter knowledge: Slack's door open, the others by invitation."""
    return Network(stocked, SettledEngine(known), {}, Rules(frozenset({Channel.SLACK})))


@pytest.fixture
def settle(talking: Network) -> Settle:
    """From now on the engine is as sure as the test says."""

    def settle(decision: Decision) -> None:
        assert isinstance(talking.engine, SettledEngine)
        talking.engine.decision = decision

    return settle


@pytest.fixture
def stranger(talking: Network, now: datetime) -> Officer:
    """A telephone number that nobody invited."""
    return Officer(talking, Channel.WHATSAPP, "whatsapp:+447700900999", now)


@pytest.fixture
def newcomer(talking: Network, now: datetime) -> Officer:
    """In the Slack workspace, and has never written."""
    return Officer(talking, Channel.SLACK, "T1:U2", now)


@pytest.fixture
def asha(talking: Network, now: datetime) -> Officer:
    """A member who has been welcomed."""
    return welcomed(talking, "Asha", now)


def welcomed(network: Network, name: str, now: datetime) -> Officer:
    with network.database.writing() as session:
        member = members.add(session, name, Role.OFFICER, now=now)
        officer = Officer(network, Channel.TERMINAL, f"member:{member.id}", now)
        members.connect(session, member, officer.channel, officer.address, now=now)
        member.welcomed_at = now
    return officer


@pytest.fixture
def slack(network: Network) -> FakeSender:
    sender = FakeSender()
    network.senders = {**network.senders, Channel.SLACK: sender}
    return sender
