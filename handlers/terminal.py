"""The chat in a terminal; also how the scenario tests speak."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from bot import members, outbox
from bot.app import Network
from bot.delivery import read_here
from bot.members import Role
from bot.messages import Channel, Inbound, Outgoing
from handlers.links import Links
from handlers.numbered import as_text


class Terminal:
    """One member's seat at a terminal."""

    def __init__(
        self,
        network: Network,
        name: str,
        now: Callable[[], datetime],
        links: Links | None = None,
    ) -> None:
        self._network = network
        self._links = links
        self._now = now
        with network.database.writing() as session:
            member = members.named_or_new(session, name, Role.OFFICER, now=now())
            self._address = f"member:{member.id}"
            members.connect(session, member, Channel.TERMINAL, self._address, now=now())

    def says(self, text: str) -> list[str]:
        """Sends a line and returns the bot's messages, each as it is shown.

        What came of others' doing since the last line stands before the answers.
        """
        news = self._news()
        inbound = Inbound(Channel.TERMINAL, uuid.uuid4().hex, self._address, text)
        inbox_id = self._network.keep(inbound, now=self._now())
        self._network.handle(inbox_id, now=self._now())
        answers = self._network.answer_here(inbox_id, now=self._now())
        return [*news, *(self._shown(delivery.content) for delivery in answers)]

    def _news(self) -> list[str]:
        with self._network.database.writing() as session:
            waiting = read_here(session, Channel.TERMINAL, self._address, now=self._now())
        return [self._shown(content) for content in waiting]

    def _shown(self, content: Outgoing) -> str:
        return as_text(self._links.written(content) if self._links is not None else content)

    def earlier(self) -> list[str]:
        """The last thing that was said to this member here, to pick the thread up again."""
        with self._network.database.reading() as session:
            said = outbox.transcript(session, Channel.TERMINAL, self._address, limit=1)
        return [self._shown(delivery.content) for delivery in said]
