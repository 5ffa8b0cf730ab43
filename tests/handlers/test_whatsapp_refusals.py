"""What Twilio did not send, or not like this, is refused and leaves nothing behind."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.testclient import TestClient

from bot.app import Network
from bot.inbox import InboxMessage
from bot.settings import read_settings
from handlers import whatsapp
from knowledge.database import DatabaseUnavailable
from tests.handlers.fake_twilio import PATH, form, post, said, signed
from tests.handlers.rows import count

FORGERIES: dict[str, dict[str, str]] = {
    "unsigned": {},
    "another token": signed(PATH, form(), token="x" * 32),
    "another form": signed(PATH, form("something else")),
    "another address": signed("/elsewhere", form()),
    "not ASCII": {"X-Twilio-Signature": "å"},
}


def test_a_forged_form_is_refused_and_nothing_is_kept(hooks: TestClient, network: Network) -> None:
    for name, headers in FORGERIES.items():
        raw = {key.encode(): value.encode("latin-1") for key, value in headers.items()}
        response = hooks.post(PATH, data=form(), headers=raw)
        assert response.status_code == 403, name
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_what_is_no_form_is_refused(hooks: TestClient, network: Network) -> None:
    headers = {"Content-Type": "application/json", **signed(PATH, {})}
    for body in (b'{"MessageSid": "SM1"}', b"", b"\xff\xfe=1", b"a=1&" * 300):
        assert hooks.post(PATH, content=body, headers=headers).status_code == 403, body
    assert count(network, InboxMessage) == 0


def test_the_query_and_parameters_that_are_new_are_signed_as_well(hooks: TestClient) -> None:
    path = f"{PATH}?from=console&x="
    assert said(post(hooks, form(Brand="new", Empty=""), path))


def test_a_parameter_that_comes_twice_is_signed_with_both_values(hooks: TestClient) -> None:
    pairs = [*form().items(), ("Twice", "b"), ("Twice", "a")]
    data = FormData([*pairs])
    headers = signed(PATH, data)  # type: ignore[arg-type]
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    assert said(hooks.post(PATH, content=urlencode(pairs).encode(), headers=headers))


MALFORMED = {
    "no id": {"MessageSid": ""},
    "a long id": {"MessageSid": "S" * 65},
    "no sender": {"From": ""},
    "a long sender": {"From": "whatsapp:+" + "4" * 40},
    "a text message's sender": {"From": "+447700900123"},
    "another channel": {"From": "messenger:12345"},
}


def test_a_form_that_is_no_message_gets_one_line(hooks: TestClient, network: Network) -> None:
    for name, wrong in MALFORMED.items():
        response = post(hooks, form() | wrong)
        assert response.status_code == 400, name
        assert len(response.text.splitlines()) == 1
    assert count(network, InboxMessage) == 0


def test_a_form_holds_64_kilobytes(hooks: TestClient) -> None:
    for over, status in [(-1, 200), (0, 200), (1, 413)]:
        fields = form() | {"Padding": ""}
        fields["Padding"] = "x" * (whatsapp.MOST_BYTES - len(urlencode(fields)) + over)
        assert post(hooks, fields).status_code == status


def test_when_the_database_is_away_twilio_is_asked_to_come_again(
    hooks: TestClient, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> int:
        raise DatabaseUnavailable("locked")

    with monkeypatch.context() as patch:
        patch.setattr(network, "keep", away)
        response = post(hooks, form())
    assert response.status_code == 503
    assert len(response.text.splitlines()) == 1
    assert said(post(hooks, form()))


def test_where_whatsapp_is_off_it_says_so(network: Network) -> None:
    client = TestClient(Starlette(routes=whatsapp.routes(network, read_settings(None), None)))
    response = client.post(PATH, data=form())
    assert (response.status_code, response.text) == (503, whatsapp.NOT_SET_UP)
