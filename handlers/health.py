"""For those who run the bot: is it alive, is it ready, how much waits."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import migrations
from bot.app import Network
from bot.delivery import DeliveryRow
from bot.inbox import InboxMessage
from knowledge.database import DatabaseUnavailable


def routes(network: Network) -> list[BaseRoute]:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Waiting(network))

    def healthz(_request: Request) -> Response:
        return PlainTextResponse("alive\n")

    def readyz(_request: Request) -> Response:
        try:
            database = migrations.state(network.database).value
        except DatabaseUnavailable:
            database = "unreachable"
        ready = database == migrations.State.CURRENT.value
        body = {
            "ready": ready,
            "database": database,
            "matching": "meaning and words" if network.engine.semantic else "words only",
        }
        return JSONResponse(body, 200 if ready else 503)

    def metrics(_request: Request) -> Response:
        try:
            page = generate_latest(registry)
        except DatabaseUnavailable:
            return PlainTextResponse("The database cannot be reached.\n", 503)
        return Response(page, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]


class _Waiting(Collector):
    """Read from the database at each look, so that it is right for any number of processes."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._network.database.reading() as session:
            counts = session.execute(
                select(DeliveryRow.channel, DeliveryRow.status, func.count()).group_by(
                    DeliveryRow.channel, DeliveryRow.status
                )
            ).all()
            inbox = session.scalar(
                select(func.count())
                .select_from(InboxMessage)
                .where(InboxMessage.handled_at.is_(None))
            )
        deliveries = GaugeMetricFamily(
            "als_deliveries", "Deliveries of the last 30 days.", labels=["channel", "status"]
        )
        for channel, status, count in counts:
            deliveries.add_metric([channel.value, status.value], count)
        yield deliveries
        yield GaugeMetricFamily("als_inbox_waiting", "Messages not handled yet.", value=inbox or 0)
