"""The composition root: settings in, a network and an ASGI application out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

import structlog
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from bot.app import Network
from bot.challenges.routing import Routing
from bot.delivery import Sender
from bot.learning_sets.peers import SetPeers
from bot.messages import Channel
from bot.rules import Rules
from bot.settings import Settings, read_settings
from handlers import (
    calendar_files,
    console,
    health,
    logs,
    sessions,
    slack,
    slack_board,
    slack_sender,
    webchat,
    whatsapp,
    whatsapp_sender,
    worker,
)
from handlers.matching import embedder
from handlers.secret import signing_key
from knowledge.database import Database
from knowledge.search import Engine
from knowledge.semantic import Embedder

SLACK_AGAIN_SECONDS = 30

log = structlog.get_logger("handlers.app")


def network(settings: Settings, database: Database, model: Embedder | None) -> Network:
    """Everything below the handlers, with the senders of the channels that are on."""
    engine = Engine(model)
    senders: dict[Channel, Sender] = {Channel.WEB: webchat.WebSender()}
    texting = whatsapp_sender.sender_for(settings)
    if texting is not None:
        senders[Channel.WHATSAPP] = texting
    posting = slack_sender.sender_for(settings)
    if posting is not None:
        senders[Channel.SLACK] = posting
    board = slack_board.SlackBoard(posting.client, settings) if posting is not None else None
    return Network(database, engine, senders, rules(settings), board)


def rules(settings: Settings) -> Rules:
    """In Slack the workspace is the invitation; the other channels bring members who have one."""
    return Rules(
        open=frozenset() if settings.slack_invite_only else frozenset({Channel.SLACK}),
        learn_from_members=settings.learn_from_members,
        routing=Routing(SetPeers(), ZoneInfo(settings.timezone), settings.challenges_a_week),
    )


def asgi(settings: Settings, network: Network, *, with_worker: bool) -> Starlette:
    """The web application: web chat, webhooks and, on request, the worker."""
    senders: Mapping[Channel, Sender] = network.senders
    texting = senders.get(Channel.WHATSAPP)
    posting = senders.get(Channel.SLACK)
    bolt = (
        slack.bolt_app(network, settings, posting.client)
        if isinstance(posting, slack_sender.SlackSender)
        else None
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        ticking = worker.start(network) if with_worker else None
        connecting = (
            asyncio.create_task(_connected(bolt, settings))
            if bolt is not None and settings.slack_app_token is not None
            else None
        )
        try:
            yield
        finally:
            if connecting is not None and not connecting.cancel():
                connecting.result().close()
            if bolt is not None:
                await run_in_threadpool(bolt.close)
            if ticking is not None:
                ticking.shutdown()

    return Starlette(
        routes=[
            *health.routes(network),
            *whatsapp.routes(
                network,
                settings,
                texting if isinstance(texting, whatsapp_sender.WhatsAppSender) else None,
            ),
            *slack.routes(bolt),
            *calendar_files.routes(network, settings),
            *webchat.routes(network, settings),
            *console.routes(network, settings),
        ],
        middleware=[sessions.cookies(settings, signing_key(settings))],
        lifespan=lifespan,
    )


async def _connected(bolt: slack.OfficerApp, settings: Settings) -> slack.Connection:
    """Socket Mode, tried until Slack answers: the other channels do not wait for it."""
    while True:
        try:
            return await run_in_threadpool(slack.start_socket_mode, bolt, settings)
        except (SlackApiError, OSError) as error:
            log.error("slack_unreachable", error=type(error).__name__)
            await asyncio.sleep(SLACK_AGAIN_SECONDS)


def create() -> Starlette:
    """The web process, for an ASGI server: `uvicorn --factory handlers.app:create`."""
    settings = read_settings()
    logs.configure(settings.log_format)
    model, why = embedder(settings)
    if why:
        log.warning("words_only", reason=why)
    return asgi(
        settings, network(settings, Database(settings.database_url), model), with_worker=False
    )
