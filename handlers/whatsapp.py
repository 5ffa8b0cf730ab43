"""The webhooks that Twilio calls: messages from WhatsApp, and what became of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from twilio.twiml.messaging_response import MessagingResponse  # type: ignore[import-untyped]

from bot import outbox
from bot.app import Network
from bot.delivery import Delivery, Via
from bot.messages import Channel, Inbound
from bot.settings import Settings
from handlers import clock
from handlers.whatsapp_render import pieces
from handlers.whatsapp_sender import STATUS_PATH, WhatsAppSender
from knowledge.database import DatabaseUnavailable

MESSAGES_PATH = "/whatsapp/messages"
MOST_BYTES = 64 * 1024
MOST_FIELDS = 200
LONGEST_SID = 64
LONGEST_CHOICE = 200

NOT_SET_UP = "WhatsApp is not set up here."
TOO_LARGE = "That form is too large."
FORGED = "That is not signed by Twilio for this address."
MALFORMED = "That form is not a WhatsApp message."
MALFORMED_STATUS = "That form is not a message's status."
BUSY = "The network cannot be reached at the moment. Please send that again."

# The address of a person: a telephone number, or what WhatsApp gives instead of one. A number
# without the prefix is a text message, whose sender is easily forged: it is nobody's address here.
_SENDER = re.compile(r"whatsapp:(\+[\d ]{6,25}|[\w.\-]{4,150})", re.ASCII)
_SID = re.compile(r"[!-~]+")

log = structlog.get_logger()


class NotAMessage(Exception):
    """The form is signed and yet no message."""


def routes(network: Network, settings: Settings, sender: WhatsAppSender | None) -> list[BaseRoute]:
    if sender is None or settings.twilio_auth_token is None:
        return [Route(path, _not_set_up, methods=["POST"]) for path in (MESSAGES_PATH, STATUS_PATH)]
    validator = RequestValidator(settings.twilio_auth_token.get_secret_value())
    hooks = _Webhooks(network, settings.address, validator, sender)
    return [
        Route(MESSAGES_PATH, hooks.messages, methods=["POST"]),
        Route(STATUS_PATH, hooks.status, methods=["POST"]),
    ]


async def _not_set_up(_request: Request) -> Response:
    return PlainTextResponse(NOT_SET_UP, 503)


@dataclass(frozen=True)
class _Webhooks:
    network: Network
    address: str
    validator: RequestValidator
    sender: WhatsAppSender

    async def messages(self, request: Request) -> Response:
        form = await self._signed(request)
        if isinstance(form, Response):
            return form
        try:
            inbound = read(form)
        except NotAMessage:
            return PlainTextResponse(MALFORMED, 400)
        return await run_in_threadpool(_or_busy, lambda: self._answer(inbound))

    async def status(self, request: Request) -> Response:
        form = await self._signed(request)
        if isinstance(form, Response):
            return form
        sid, status = _field(form, "MessageSid"), _field(form, "MessageStatus")
        if not sid or not status:
            return PlainTextResponse(MALFORMED_STATUS, 400)
        reason = _field(form, "ErrorCode")
        return await run_in_threadpool(_or_busy, lambda: self._progressed(sid, status, reason))

    async def _signed(self, request: Request) -> FormData | Response:
        """The form, where it is one and Twilio has signed it; else what to answer."""
        body = await _body(request)
        if body is None:
            return PlainTextResponse(TOO_LARGE, 413)
        form = _form(body)
        query = f"?{request.url.query}" if request.url.query else ""
        url = f"{self.address}{request.url.path}{query}"
        signature = request.headers.get("x-twilio-signature", "")
        # A body that is no form (JSON, say) leaves nothing signed: that is a refusal as well.
        if not form or not self.validator.validate(url, form, signature):
            return PlainTextResponse(FORGED, 403)
        return form

    def _answer(self, inbound: Inbound) -> Response:
        """Keeps the message, has it handled, and gives what answers it.

        A repeat finds all that done, and gets the same document again.
        """
        inbox_id = self.network.keep(inbound, now=clock.now())
        self.network.handle(inbox_id, now=clock.now())
        answers = self.network.answers(inbox_id)
        in_response = any(answer.via is Via.RESPONSE for answer in answers)
        if not in_response and any(self.sender.shows_list(answer.content) for answer in answers):
            # A list can only be sent through the API; what goes with it goes the same way, or the
            # two would arrive in any order.
            self.network.deliver(inbox_id, now=clock.now())
            return twiml(())
        answered = self.network.answer_here(inbox_id, now=clock.now())
        return twiml(tuple(map(self.sender.links.whole, answered)))

    def _progressed(self, sid: str, status: str, reason: str) -> Response:
        with self.network.database.writing() as session:
            outbox.progressed(session, sid, status, reason)
        return Response()


def _or_busy(act: Callable[[], Response]) -> Response:
    try:
        return act()
    except DatabaseUnavailable:
        log.warning("database_unavailable")
        return PlainTextResponse(BUSY, 503)


def twiml(deliveries: tuple[Delivery, ...]) -> Response:
    """The answers in order as TwiML. The same answers always make the same bytes."""
    document = MessagingResponse()
    for delivery in deliveries:
        for piece in pieces(delivery.content, lists=False):
            document.message(piece.text)
    return Response(str(document), media_type="application/xml")


async def _body(request: Request) -> bytes | None:
    """None when it is larger than any message can be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _form(body: bytes) -> FormData:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return FormData()
    return FormData([*pairs])


def read(form: FormData) -> Inbound:
    """A signed form as a message. Raises NotAMessage."""
    sid, sender = _field(form, "MessageSid"), _field(form, "From")
    if len(sid) > LONGEST_SID or not _SID.fullmatch(sid) or not _SENDER.fullmatch(sender):
        raise NotAMessage
    choice = _field(form, "ButtonPayload") or _field(form, "ListId")
    return Inbound(
        channel=Channel.WHATSAPP,
        provider_id=sid,
        address=sender.replace(" ", ""),
        text=_field(form, "Body"),
        choice=choice if 0 < len(choice) <= LONGEST_CHOICE else None,
        attachments=_attachments(form),
    )


def _attachments(form: FormData) -> int:
    """Photos and the like are counted; a place, a contact or a reaction comes with no media."""
    count = _field(form, "NumMedia")
    media = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 0
    if media or _field(form, "Body").strip():
        return media
    kind = _field(form, "MessageType").casefold()
    wordless = kind not in {"", "text", "button", "interactive"}
    return int(wordless or bool(_field(form, "Latitude")))


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
