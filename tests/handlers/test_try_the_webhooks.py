"""docs/try-the-webhooks.sh against a bot that is really running."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from bot import members
from bot.app import Network
from bot.members import Role
from bot.messages import Channel
from bot.settings import read_settings
from handlers import slack, slack_sender, whatsapp, whatsapp_sender
from tests.handlers import fake_slack, fake_twilio
from tests.handlers.fake_slack import FakeSlack
from tests.handlers.fake_twilio import FakeTwilio

SCRIPT = Path(__file__).parents[2] / "docs" / "try-the-webhooks.sh"
TOOLS = ("bash", "curl", "openssl")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"the script needs {', '.join(TOOLS)}"
)


@pytest.fixture
def slack_api() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def bot(network: Network, slack_api: FakeSlack) -> Iterator[str]:
    """The address of a bot with both channels on, and a member who writes from the script."""
    with FakeTwilio() as twilio:
        settings = read_settings(
            None,
            public_url=fake_twilio.PUBLIC,
            twilio_account_sid=fake_twilio.ACCOUNT,
            twilio_auth_token=fake_twilio.TOKEN,
            twilio_whatsapp_from=fake_twilio.NUMBER,
            twilio_api_url=twilio.url,
            slack_bot_token=fake_slack.TOKEN,
            slack_signing_secret=fake_slack.SECRET,
            slack_api_url=f"{slack_api.url}/api",
        )
        texting = whatsapp_sender.sender_for(settings)
        posting = slack_sender.sender_for(settings)
        assert texting is not None
        assert posting is not None
        network.senders = {Channel.WHATSAPP: texting, Channel.SLACK: posting}
        join(network)
        app = slack.bolt_app(network, settings, posting.client)
        assert app is not None
        routes = [*whatsapp.routes(network, settings, texting), *slack.routes(app)]
        with running(Starlette(routes=routes)) as address:
            yield address
        app.close()


def join(network: Network) -> None:
    now = datetime.now(UTC)
    with network.database.writing() as session:
        asha = members.add(session, "Asha", Role.OFFICER, now=now)
        members.connect(session, asha, Channel.WHATSAPP, "whatsapp:+447700900456", now=now)


class running:  # noqa: N801 - reads as a sentence
    """A web server in a thread."""

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_config=None, log_level="error", ws="none"
        )
        self._server = uvicorn.Server(config)
        self._socket = config.bind_socket()
        self._socket.listen()  # so that nobody who comes before the thread is turned away
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *raised: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


def run(bot: str, **environment: str) -> Any:
    return subprocess.run(
        [str(SCRIPT)],
        env={"PATH": os.environ["PATH"], "BOT_URL": bot, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_signed_requests_are_answered_and_unsigned_ones_refused(
    bot: str, slack_api: FakeSlack
) -> None:
    done = run(
        bot,
        PUBLIC_URL=fake_twilio.PUBLIC,
        TWILIO_AUTH_TOKEN=fake_twilio.TOKEN,
        SLACK_SIGNING_SECRET=fake_slack.SECRET,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    statuses = [
        line.split(":", 1)[1].split()[0] for line in done.stdout.splitlines() if "(exp" in line
    ]
    assert statuses == ["200", "200", "403", "200", "401", "401"]
    assert done.stdout.count("terms of reference") == 2
    slack_api.wait_for(2)
    assert "terms of reference" in slack_api.texts[1]


def test_with_the_wrong_secrets_the_script_fails(bot: str) -> None:
    done = run(bot, TWILIO_AUTH_TOKEN="x" * 32, PUBLIC_URL=fake_twilio.PUBLIC)
    assert done.returncode == 1
    assert "403 (expected 200)" in done.stdout
    assert "Slack is left out" in done.stdout
