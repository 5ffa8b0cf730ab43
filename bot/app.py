"""The network at work: what a handler calls, and where each transaction begins and ends.

A handler keeps a message (`keep`), acknowledges it as its provider wishes, has it handled
(`handle`) and gives the answer: inside its own response (`answer_here`), or through
its channel's sender (`deliver`). Whatever a crash leaves undone, `tick` does.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.exc import IntegrityError

from bot import conversation, drafts, harvest, inbox, open_forms, outbox
from bot.answering import answer
from bot.boards.board import Board
from bot.boards.upkeep import keep_up
from bot.challenges import circle
from bot.delivery import Delivery, Receipt, Sender, SendLater, SendRefused, Via
from bot.flows.at_hand import at_hand
from bot.inbox import Waiting
from bot.learning_sets import upkeep
from bot.messages import Channel, Form, Inbound
from bot.nudges.round import Rounds
from bot.prepared import Prepared, in_haste, prepare
from bot.rules import Rules
from knowledge.database import Database
from knowledge.errors import KnowledgeError
from knowledge.search import Engine

LEFT_BEHIND = timedelta(seconds=20)
"""Age at which a message that is still waiting is taken to have lost its request."""
TIDY_EVERY = timedelta(hours=1)

log = structlog.get_logger()


class Network:
    """Safe to use from any number of threads and processes on one database."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        senders: Mapping[Channel, Sender],
        rules: Rules,
        board: Board | None = None,
    ) -> None:
        self.database = database
        self.engine = engine
        self.senders = senders
        self.board = board
        self._rules = rules
        self._rounds = Rounds(database, rules.routing.zone, rules.nudging)
        self._tidied = datetime.min.replace(tzinfo=UTC)

    def keep(self, inbound: Inbound, *, now: datetime) -> int:
        """Commits the message to the inbox, once however often it comes. The id of its row."""
        with self.database.writing() as session:
            return inbox.keep(session, inbound, now=now)

    def handle(self, inbox_id: int, *, now: datetime) -> None:
        """Handles what this sender has waiting, oldest first, until this message is done.

        Stops early where an older message failed and waits for its next try.
        """
        while True:
            with self.database.reading() as session:
                self.engine.refresh(session)
                waiting = inbox.oldest_beside(session, inbox_id)
            if waiting is None or (waiting.retry_at is not None and waiting.retry_at > now):
                return
            try:
                prepared = self._prepared(waiting.inbound, now=now)
                self._take(waiting, prepared, now=now)
            except Exception as error:  # one bad message must not stop the rest
                log.error("message_failed", inbox_id=waiting.id, error=_where(error))
                self._failed(waiting, error, now=now)

    def _prepared(self, inbound: Inbound, *, now: datetime) -> Prepared:
        """What takes time (a sentence is embedded), done before any write begins."""
        with self.database.reading() as session:
            posting = at_hand(session, inbound, now=now)
        return prepare(self.engine, inbound, posting)

    def _take(self, waiting: Waiting, prepared: Prepared, *, now: datetime) -> None:
        inbound = waiting.inbound
        with self.database.writing() as session:
            member = inbox.lock(session, inbound.channel, inbound.address)
            oldest = inbox.oldest_beside(session, waiting.id)
            if oldest is None or oldest.id != waiting.id:
                return  # another process was quicker; look again
            said = conversation.hold(
                session, inbound, prepared, member=member, rules=self._rules, now=now
            )
            answer(session, waiting, said, now=now)

    def _failed(self, waiting: Waiting, error: Exception, *, now: datetime) -> None:
        inbound = waiting.inbound
        with self.database.writing() as session:
            member = inbox.lock(session, inbound.channel, inbound.address)
            oldest = inbox.oldest_beside(session, waiting.id)
            if oldest is None or oldest.id != waiting.id:
                return
            if not inbox.failed(session, waiting.id, type(error).__name__, now=now):
                return
            said = conversation.apologise(inbound, member=member)
            answer(session, waiting, said, now=now, failure=type(error).__name__)

    def answers(self, inbox_id: int) -> tuple[Delivery, ...]:
        """All that answered a message, in order, whether it has left or not."""
        with self.database.reading() as session:
            return outbox.replies(session, inbox_id)

    def answer_here(self, inbox_id: int, *, now: datetime) -> tuple[Delivery, ...]:
        """The answers that leave in the response to the request, in order.

        They are sent from now on, and never resent; a repeat of the request gets the same ones.
        """
        with self.database.writing() as session:
            for delivery in outbox.take_replies(session, inbox_id, "response", now=now):
                outbox.sent(session, delivery.id, Receipt(""), Via.RESPONSE, now=now)
            return tuple(
                delivery
                for delivery in outbox.replies(session, inbox_id)
                if delivery.via is Via.RESPONSE
            )

    def deliver(self, inbox_id: int, *, now: datetime) -> None:
        """Sends the answers to a message at once, unless another request is sending them."""
        owner = f"request:{secrets.token_hex(8)}"
        with self.database.writing() as session:
            deliveries = outbox.take_replies(session, inbox_id, owner, now=now)
            if deliveries and outbox.anything_before(session, deliveries[0], now=now):
                # An earlier message's answers are still on their way: the worker sends these
                # after them, so that nobody reads a conversation in the wrong order.
                for delivery in deliveries:
                    outbox.released(session, delivery.id)
                return
        for number, delivery in enumerate(deliveries):
            if not self._send(delivery, now=now):
                self._hand_over(deliveries[number + 1 :])
                return

    def _hand_over(self, deliveries: tuple[Delivery, ...]) -> None:
        """What must wait behind a delivery that failed goes to the worker."""
        with self.database.writing() as session:
            for delivery in deliveries:
                outbox.released(session, delivery.id)

    def open_forms(self, channel: Channel, address: str, *, now: datetime) -> tuple[Form, ...]:
        """The open forms of whoever writes from there, whole, the one last touched first."""
        inbound = Inbound(channel, "", address)
        prepared = self._prepared(inbound, now=now)
        with self.database.reading() as session:
            return open_forms.opened(session, inbound, prepared, now=now)

    def form_problems(self, inbound: Inbound, *, now: datetime) -> Mapping[str, str] | None:
        """What is wrong with a form that came whole, by field; None where it is not open."""
        prepared = in_haste(self.engine)  # Slack waits for three seconds
        with self.database.reading() as session:
            return open_forms.problems(session, inbound, prepared, now=now)

    def tick(self, now: datetime) -> None:
        """All that time brings: what a crash left in the inbox, what is due, what is too old."""
        with self.database.reading() as session:
            self.engine.refresh(session)
            left = inbox.waiting(session, received_before=now - LEFT_BEHIND, now=now)
        if self.engine.unkept:  # what was learnt since, so that no other process embeds it again
            with self.database.writing() as session:
                self.engine.keep(session)
        for inbox_id in left:
            self.handle(inbox_id, now=now)
            self.deliver(inbox_id, now=now)
        self._widen(now)
        self._harvest(now)
        self._rounds.go(now)
        upkeep.keep_up(self.database, now=now)
        owner = f"worker:{secrets.token_hex(8)}"
        while self._send_due(owner, now=now):
            pass
        if self.board is not None:
            keep_up(self.database, self.board, now=now)
        if now - self._tidied >= TIDY_EVERY:
            with self.database.writing() as session:
                outbox.tidy(session, now=now)
                inbox.tidy(session, now=now)
                drafts.tidy(session, now=now)
            self._tidied = now

    def _widen(self, now: datetime) -> None:
        """Carries challenges that nobody answers further, one in a transaction."""
        more = True
        while more:
            with self.database.reading() as session:
                if not circle.any_due(session, now=now):
                    return
            try:
                with self.database.writing() as session:
                    more = circle.widen_next(session, self._rules.routing, now=now)
            except IntegrityError:  # a member left while they were being asked: the next tick asks
                log.warning("widening_postponed")
                return

    def _harvest(self, now: datetime) -> None:
        """Brings in what peers worked out, one challenge in a transaction."""
        with self.database.reading() as session:
            due = harvest.due(session, now=now)
        for challenge_id in due:
            try:
                with self.database.writing() as session:
                    harvest.bring_in(session, challenge_id, now=now)
            except KnowledgeError as error:  # one that cannot be brought in stops no other
                log.error("harvest_failed", challenge_id=challenge_id, error=type(error).__name__)

    def _send_due(self, owner: str, *, now: datetime) -> int:
        with self.database.reading() as session:
            if not outbox.any_due(session, now=now):
                return 0
        with self.database.writing() as session:
            deliveries = outbox.claim(session, owner, now=now)
        for delivery in deliveries:
            self._send(delivery, now=now)
        return len(deliveries)

    def _send(self, delivery: Delivery, *, now: datetime) -> bool:
        """Sends what is left of a delivery, recording each piece. False when it has to wait."""
        more, unsettled = True, delivery.unsettled
        while more:
            try:
                receipt = self._send_piece(delivery, unsettled=unsettled)
            except SendLater as error:
                log.warning("delivery_postponed", ref=delivery.ref, reason=str(error))
                with self.database.writing() as session:
                    outbox.postponed(session, delivery.id, error, now=now)
                return False
            except SendRefused as error:
                log.warning("delivery_refused", ref=delivery.ref, reason=str(error))
                with self.database.writing() as session:
                    outbox.refused(session, delivery.id, str(error))
                return True
            with self.database.writing() as session:
                outbox.sent(session, delivery.id, receipt, Via.API, now=now)
            delivery = replace(delivery, part=delivery.part + 1)
            more, unsettled = receipt.more, False
        return True

    def _send_piece(self, delivery: Delivery, *, unsettled: bool) -> Receipt:
        sender = self.senders.get(delivery.channel)
        if sender is None:
            raise SendLater("the channel is off")
        if unsettled:
            found = sender.find(delivery)
            if found is not None:
                return found
        return sender.send(delivery)


def _where(error: Exception) -> str:
    """What went wrong and where, without the error's own words: they may quote a member's."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
