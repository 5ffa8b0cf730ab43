"""What those who run the bot can ask it: alive, ready, how much waits."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot import outbox
from bot.app import Network
from bot.delivery import Recipient
from bot.messages import Channel, Inbound, Text
from bot.rules import Rules
from handlers import health
from knowledge.database import Database
from knowledge.search import Engine
from tests.handlers.als import free_port


def looking_at(network: Network) -> TestClient:
    return TestClient(Starlette(routes=health.routes(network)))


def quiet(database: Database) -> Network:
    return Network(database, Engine(None), {}, Rules(frozenset()))


def stamp(database: Database, revision: str) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


@pytest.fixture
def away() -> Network:
    """A network whose database server is not there."""
    return quiet(Database(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none"))


def test_alive_asks_nothing_of_the_database(away: Network) -> None:
    answer = looking_at(away).get("/healthz")
    assert (answer.status_code, answer.text) == (200, "alive\n")


def test_ready_with_a_current_database(network: Network) -> None:
    answer = looking_at(network).get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "database": "current",
        "matching": "meaning and words",
    }


def test_matching_by_words_alone_is_ready_and_says_so(database: Database) -> None:
    answer = looking_at(quiet(database)).get("/readyz")
    assert (answer.status_code, answer.json()["matching"]) == (200, "words only")


def test_not_ready_with_a_database_of_another_version(database: Database) -> None:
    stamp(database, "9999")
    answer = looking_at(quiet(database)).get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "newer")


def test_not_ready_without_a_database(away: Network) -> None:
    answer = looking_at(away).get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
    figures = looking_at(away).get("/metrics")
    assert figures.status_code == 503
    assert figures.text == "The database cannot be reached.\n"


def test_the_figures_count_what_waits_and_name_nobody(network: Network, now: datetime) -> None:
    network.keep(Inbound(Channel.SLACK, "Ev1", "T1:ZANZIBAR", "zanzibar"), now=now)
    with network.database.writing() as session:
        for number in range(3):
            to = Recipient(Channel.WHATSAPP, f"whatsapp:+4477009{number}")
            outbox.enqueue(session, [Text("zanzibar")], to, now=now)
    figures = looking_at(network).get("/metrics")
    assert figures.status_code == 200
    assert "als_inbox_waiting 1.0" in figures.text
    assert 'als_deliveries{channel="whatsapp",status="waiting"} 3.0' in figures.text
    assert "zanzibar" not in figures.text.lower()
    assert "4477009" not in figures.text


def test_the_figures_are_read_anew_at_each_look(network: Network, now: datetime) -> None:
    client = looking_at(network)
    assert "als_inbox_waiting 0.0" in client.get("/metrics").text
    network.keep(Inbound(Channel.SLACK, "Ev1", "T1:U1", "hello"), now=now)
    assert "als_inbox_waiting 1.0" in client.get("/metrics").text
