"""What the web chat refuses, and how it fails."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from bot import outbox
from bot.app import Network
from bot.inbox import InboxMessage
from handlers.web_forms import FORM as KIND
from handlers.web_forms import LARGEST
from tests.handlers.webchat.driver import (
    BOARD,
    JSON,
    Browser,
    client_of,
    link,
    new_id,
    rows,
    settings,
)

FORM = {"Content-Type": KIND}


@pytest.mark.parametrize(
    "form",
    [
        {"text": "no id"},
        {"id": "", "text": "empty id"},
        {"id": "12", "text": "short id"},
        {"id": "{1b4e28ba-2fa1-41d2-883f-0016d3cca427}", "text": "odd id"},
        {"id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"},
        {"id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "choice": ""},
        {"id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "choice": "x" * 5_000},
    ],
)
def test_a_malformed_form_is_refused_and_nothing_is_kept(
    network: Network, asha: Browser, form: dict[str, str]
) -> None:
    response = asha.client.post("/chat/messages", data=form, headers=JSON)
    assert response.status_code == 400
    assert response.json() == {
        "error": "That form cannot be read. Please reload the page and send it again."
    }
    assert asha.client.post("/chat/messages", data=form).status_code == 400
    assert rows(network, InboxMessage) == 0


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "application/json"}, b'{"text": "hello"}'),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--"),
        ({"Content-Type": KIND + "; charset=utf-16"}, b"text=hello"),
        ({}, b"text=hello"),
        (FORM, b"text=%ff%fe"),
        (FORM, "text=café".encode()),
        (FORM, b"&".join([b"a=b"] * 100)),
    ],
)
def test_anything_but_a_form_in_utf_8_is_refused(
    network: Network, asha: Browser, headers: dict[str, str], body: bytes
) -> None:
    response = asha.client.post("/chat/messages", content=body, headers=headers)
    assert response.status_code == 400
    assert "That form cannot be read." in response.text
    assert rows(network, InboxMessage) == 0


def test_a_form_that_names_utf_8_is_read(asha: Browser) -> None:
    body = urlencode({"id": new_id(), "text": "help"})
    kind = {"Content-Type": KIND + '; charset="UTF-8"'}
    assert asha.client.post("/chat/messages", content=body, headers=kind).status_code == 303


def test_a_body_beyond_the_limit_is_not_even_read(network: Network, asha: Browser) -> None:
    body = b"text=" + b"x" * LARGEST
    response = asha.client.post("/chat/messages", content=body, headers=FORM | JSON)
    assert response.status_code == 413
    assert "too long" in response.json()["error"]
    assert rows(network, InboxMessage) == 0


def test_a_stranger_cannot_post_or_look(network: Network, client: TestClient) -> None:
    form = {"id": new_id(), "text": "hello"}
    assert client.post("/chat/messages", data=form, headers=JSON).status_code == 401
    assert client.post("/chat/messages", data=form).headers["location"] == "/"
    assert client.get("/chat/updates", headers=JSON).status_code == 401
    assert rows(network, InboxMessage) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/chat/messages", "/sign-out", "/sign-in/token"])
def test_other_sites_cannot_post(
    network: Network, asha: Browser, path: str, headers: dict[str, str]
) -> None:
    form = {"id": new_id(), "text": "hello"}
    assert asha.client.post(path, data=form, headers=headers).status_code == 403
    assert rows(network, InboxMessage) == 0
    assert asha.looks().status == 200, "still signed in"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Origin": "https://bot.example.org"},
    ],
)
def test_our_own_pages_can_post(network: Network, headers: dict[str, str]) -> None:
    client = client_of(network, settings(public_url="https://bot.example.org"))
    _, token = link(network)
    assert client.post(f"/sign-in/{token}", headers=headers).status_code == 303


def test_an_unreachable_database_is_said_in_one_sentence_and_keeps_the_words(
    network: Network, asha: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_reach(*_: object, **__: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("disk I/O error"))

    form = {"id": new_id(), "text": BOARD}
    with monkeypatch.context() as broken:
        broken.setattr("sqlalchemy.orm.Session.scalar", out_of_reach)
        broken.setattr("sqlalchemy.orm.Session.get", out_of_reach)
        told = asha.client.post("/chat/messages", data=form, headers=JSON)
        shown = asha.client.post("/chat/messages", data=form)
        page = asha.client.get("/")
    assert (told.status_code, shown.status_code, page.status_code) == (503, 503, 503)
    assert told.json() == {
        "error": "The network cannot be reached at the moment. Please try again in a minute."
    }
    assert f'value="{form["id"]}"' in shown.text
    assert BOARD in shown.text
    assert "secret" not in page.text + shown.text + told.text
    assert asha.client.post("/chat/messages", data=form).status_code == 303


def test_our_own_failure_is_told_without_a_traceback(
    network: Network,
    asha: Browser,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = "what a member said"

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(outbox, "transcript", broken)
    page = asha.client.get("/")
    assert page.status_code == 500
    assert "Something went wrong on our side." in page.text
    assert "Traceback" not in page.text
    assert words not in page.text + capsys.readouterr().out
