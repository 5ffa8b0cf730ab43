"""A browser that nobody has signed in with, and Asha's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.app import Network
from tests.handlers.webchat.driver import Browser, client_of, link, settings


@pytest.fixture
def client(network: Network) -> Iterator[TestClient]:
    with client_of(network, settings()) as client:
        yield client


@pytest.fixture
def asha(network: Network, client: TestClient) -> Browser:
    member, token = link(network)
    assert client.post(f"/sign-in/{token}").status_code == 303
    return Browser(client, member)
