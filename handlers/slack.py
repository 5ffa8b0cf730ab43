"""What Slack sends: events, commands and buttons, over HTTP or Socket Mode, through Bolt.

A middleware keeps each message before it is acknowledged; a listener then answers it in a thread of
Bolt's. Slack repeats what was not acknowledged, and a repeat changes nothing.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, TimeoutError
from typing import Any, Protocol

import structlog
from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.app import Network
from bot.delivery import SendError
from bot.messages import Form, Inbound
from bot.settings import Settings
from handlers import clock, slack_form, slack_inbound, slack_thread
from handlers.slack_api import ask
from handlers.slack_inbound import BUTTON_PREFIX, COMMAND, FORM, Body, Malformed
from handlers.slack_manifest import EVENTS_PATH
from knowledge.database import DatabaseUnavailable

KEEP_WITHIN = 2.0
"""Seconds. Slack waits 3 for an acknowledgement, and repeats what got 503."""
MOST_BYTES = 2 * 1024 * 1024
"""A message has at most 40,000 characters, which Slack sends twice, escaped."""
THREADS = 8

NOT_SET_UP = "Slack is not set up here."
ONLY_SOCKET = "Slack is reached through Socket Mode here."
TOO_LARGE = "That request is too large."
FORGED = "That is not signed by Slack, or it is more than five minutes old."
MALFORMED = "That is nothing that Slack would send."
BUSY = "The network cannot be reached at the moment. Please send that again."

RECEIVED = "als_received"
INBOUND = "als_inbound"

log = structlog.get_logger()


class OfficerApp(App):
    """Bolt's app. `verifier` is for what comes over HTTP; None where only Socket Mode is on."""

    verifier: SignatureVerifier | None = None
    executors: tuple[ThreadPoolExecutor, ...] = ()

    def close(self) -> None:
        """Returns when all that was acknowledged is answered."""
        for executor in self.executors:
            executor.shutdown()


def bolt_app(network: Network, settings: Settings, client: WebClient) -> OfficerApp | None:
    if settings.slack_bot_token is None:
        return None
    token = settings.slack_bot_token.get_secret_value()
    secret = settings.slack_signing_secret
    answering = ThreadPoolExecutor(THREADS, thread_name_prefix="slack")
    keeping = ThreadPoolExecutor(THREADS, thread_name_prefix="slack-keep")
    quiet = logging.getLogger("handlers.slack.bolt")
    quiet.setLevel(logging.ERROR)  # below it, Bolt logs whole bodies
    app = OfficerApp(
        # Without a token of its own: Bolt takes one from the environment, warns of two, and turns
        # to its own installation files when it sees SLACK_CLIENT_ID there. `authorize` settles it.
        client=WebClient(base_url=client.base_url, timeout=client.timeout, retry_handlers=[]),
        authorize=lambda enterprise_id, team_id: AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=token
        ),
        signing_secret=secret.get_secret_value() if secret else "",
        token_verification_enabled=False,
        listener_executor=answering,
        logger=quiet,
    )
    app.verifier = SignatureVerifier(secret.get_secret_value()) if secret else None
    app.executors = (answering, keeping)
    app.middleware(_keeper(network, keeping, settings.slack_challenges_channel or ""))
    answer = _answerer(network)
    app.event(re.compile(".*"))(answer)
    app.command(COMMAND)(answer)
    app.action(re.compile(f"^{re.escape(BUTTON_PREFIX)}"))(answer)
    app.view(FORM)(answer)
    return app


def _keeper(network: Network, executor: Executor, board: str) -> Callable[..., BoltResponse | None]:
    def keep(
        body: Body,
        context: BoltContext,
        next: Callable[[], BoltResponse],
    ) -> BoltResponse | None:
        try:
            inbound = slack_inbound.read(body) or slack_thread.read(body, board)
        except Malformed:
            return BoltResponse(status=400, body=MALFORMED)
        if inbound is None:
            return BoltResponse(status=200, body="")
        opens = slack_inbound.opens_form(body)
        try:
            received = executor.submit(_receive, network, inbound, opens).result(KEEP_WITHIN)
        except (DatabaseUnavailable, TimeoutError) as error:
            log.warning("message_not_kept", error=type(error).__name__)
            return BoltResponse(status=503, body=BUSY)
        if isinstance(received, dict):
            return _wrong(received)
        context[RECEIVED] = received
        context[INBOUND] = inbound
        return next()

    return keep


def _receive(network: Network, inbound: Inbound, opens: bool) -> int | Form | dict[str, str]:
    """The id of the message, which is kept now, or else what is to be shown at once and changes
    nothing: a form to open, or what is wrong with one that was handed in.

    In a thread, for it may take longer than Slack waits. What is kept late is handled by the
    worker or by Slack's repeat, whichever is first.
    """
    now = clock.now()
    if opens:
        for form in network.open_forms(inbound.channel, inbound.address, now=now):
            if inbound.choice == f"form:on:{form.ref}":
                return form
    if inbound.filled is not None:
        problems = network.form_problems(inbound, now=now)
        errors = slack_form.errors(inbound.filled, problems)
        if errors:
            return errors
    return network.keep(inbound, now=now)


def _wrong(errors: dict[str, str]) -> BoltResponse:
    """Shown in the open modal, which keeps the member's words."""
    told = {"response_action": "errors", "errors": errors}
    kind: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
    return BoltResponse(status=200, body=json.dumps(told), headers=kind)


def _answerer(network: Network) -> Callable[..., None]:
    def answer(ack: Ack, body: Body, client: WebClient, context: BoltContext) -> None:
        ack()
        received: int | Form = context[RECEIVED]
        try:
            if isinstance(received, Form):
                if _opened(client, body["trigger_id"], received):
                    return
                received = network.keep(context[INBOUND], now=clock.now())
            network.handle(received, now=clock.now())
            network.deliver(received, now=clock.now())
        except Exception as error:  # nobody waits for it; the worker finishes what is left
            log.error("answer_failed", error=type(error).__name__)

    return answer


def _opened(client: WebClient, trigger: str, form: Form) -> bool:
    """False where Slack would not open it: the question is then asked again in words."""
    try:
        ask(lambda: client.views_open(trigger_id=trigger, view=slack_form.view(form)))
    except SendError as error:
        log.warning("form_not_opened", error=str(error))
        return False
    return True


class Connection(Protocol):
    """A connection that stays open until it is closed."""

    def close(self) -> None: ...


def start_socket_mode(app: OfficerApp, settings: Settings) -> Connection:
    """Connects to Slack and returns. Needs SLACK_APP_TOKEN; raises SlackApiError or OSError."""
    if settings.slack_app_token is None:
        raise ValueError("SLACK_APP_TOKEN is missing")
    handler = SocketModeHandler(app, settings.slack_app_token.get_secret_value())
    handler.connect()  # type: ignore[no-untyped-call]
    connection: Connection = handler
    return connection


def routes(app: OfficerApp | None) -> list[BaseRoute]:
    async def events(request: Request) -> Response:
        if app is None:
            return PlainTextResponse(NOT_SET_UP, 503)
        if app.verifier is None:
            return PlainTextResponse(ONLY_SOCKET, 404)
        body = await _body(request)
        if body is None:
            return PlainTextResponse(TOO_LARGE, 413)
        if not _signed(app.verifier, body, request):
            return PlainTextResponse(FORGED, 401)
        try:
            asked = _read(request, body)
        except Malformed:
            return PlainTextResponse(MALFORMED, 400)
        return to_starlette_response(await run_in_threadpool(app.dispatch, asked))

    return [Route(EVENTS_PATH, events, methods=["POST"])]


async def _body(request: Request) -> bytes | None:
    """None when it is larger than anything Slack sends."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _signed(verifier: SignatureVerifier, body: bytes, request: Request) -> bool:
    """Bolt looks again; it is looked at here so that a stranger's bytes are not even parsed."""
    try:
        return verifier.is_valid_request(body, dict(request.headers))
    except (ValueError, TypeError):  # a time that is no number, a signature that is not ASCII
        return False


def _read(request: Request, body: bytes) -> BoltRequest:
    try:
        asked = to_bolt_request(request, body)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed from error
    content: Any = asked.body
    if not isinstance(content, dict) or not isinstance(content.get("event", {}), dict):
        raise Malformed
    return asked
