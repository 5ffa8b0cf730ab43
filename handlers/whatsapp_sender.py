"""Sends to WhatsApp through Twilio's REST API."""

from __future__ import annotations

from datetime import timedelta
from typing import NoReturn

from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]
from twilio.rest.api.v2010.account.message import (  # type: ignore[import-untyped]
    MessageInstance,
)

from bot.delivery import Delivery, Receipt, SendLater, SendRefused
from bot.messages import Outgoing
from bot.settings import Settings
from handlers import links as addresses
from handlers import whatsapp_templates
from handlers.links import Links
from handlers.whatsapp_client import TwilioUnreachable, client_for
from handlers.whatsapp_knock import Knocker
from handlers.whatsapp_render import Piece, fits_list, piece
from handlers.whatsapp_templates import Templates

STATUS_PATH = "/whatsapp/status"

RATE = 63018
"""Too many messages from this sender at the moment."""
ABOUT_THE_RECIPIENT = {21610, 63016, 63024, 63003}
"""They stopped us, wrote more than 24 hours ago, or cannot receive: no other form will help."""
UNAUTHORISED = 401
CLOCKS_APART = timedelta(seconds=5)
LOOKED_THROUGH = 50
"""Of one member's latest messages, when looking for one: at most a lease old, so among the last."""


class WhatsAppSender:
    """`status_callback` is where Twilio reports what became of a message."""

    def __init__(
        self, client: Client, number: str, status_callback: str | None, links: Links
    ) -> None:
        self.client = client
        self.links = links
        self._from = f"whatsapp:{number.removeprefix('whatsapp:').replace(' ', '')}"
        self._options = {"status_callback": status_callback} if status_callback else {}
        self._templates = Templates(client)
        self._knocker = Knocker(client)

    def shows_list(self, content: Outgoing) -> bool:
        """Whether this message's choices can be something to tap."""
        return self._list_for(content) is not None

    def _list_for(self, content: Outgoing) -> str | None:
        return self._templates.sid_for(len(content.choices)) if fits_list(content) else None

    def send(self, delivery: Delivery) -> Receipt:
        return self._send(self.links.whole(delivery))

    def _send(self, delivery: Delivery) -> Receipt:
        if delivery.knock:
            return self._knock(delivery)
        template = self._list_for(delivery.content)
        this, more = piece(delivery.content, delivery.part, lists=template is not None)
        if this is None:
            raise SendRefused("nothing to say")
        try:
            return Receipt(self._post(delivery, this, template), more)
        except TwilioUnreachable as error:
            # It may have arrived although the answer was lost: look before it is tried again.
            found = self._find(delivery) if error.unsure else None
            if found is not None:
                return found
            raise SendLater(str(error), error.after, unsure=error.unsure) from None
        except TwilioException as error:
            if this.choices and _code(error) not in ABOUT_THE_RECIPIENT | {RATE}:
                return self._send_numbered(delivery)
            _give_up(error)

    def _knock(self, delivery: Delivery) -> Receipt:
        template = self._knocker.sid()
        if template is None:
            raise SendRefused("no approved template")
        try:
            message = self.client.messages.create(
                to=delivery.address, from_=self._from, content_sid=template, **self._options
            )
        except TwilioUnreachable as error:
            found = self.find(delivery) if error.unsure else None
            if found is not None:
                return found
            raise SendLater(str(error), error.after, unsure=error.unsure) from None
        except TwilioException as error:
            _give_up(error)
        return Receipt(str(message.sid))

    def _send_numbered(self, delivery: Delivery) -> Receipt:
        """The same piece in words, after Twilio would not take the list."""
        self._templates.forget()
        return self._send(delivery)

    def _post(self, delivery: Delivery, this: Piece, template: str | None) -> str:
        if this.choices and template is not None:
            values = whatsapp_templates.variables(this.text, this.choices)
            shape = {"content_sid": template, "content_variables": values}
        else:
            shape = {"body": this.text}
        message = self.client.messages.create(
            to=delivery.address, from_=self._from, **shape, **self._options
        )
        return str(message.sid)

    def find(self, delivery: Delivery) -> Receipt | None:
        """The piece among the member's latest messages, newest first.

        Twilio's date filter is not used: it reads the date of sending, which a message that is
        still queued has not got.
        """
        return self._find(self.links.whole(delivery))

    def _find(self, delivery: Delivery) -> Receipt | None:
        this, before = _bodies(delivery, delivery.part), _bodies(delivery, delivery.part - 1)
        for message in self._latest(delivery):
            if message.body in this:
                return Receipt(str(message.sid), this[message.body])
            if message.body in before:
                return None  # an older one of the same words belongs to another delivery
        return None

    def _latest(self, delivery: Delivery) -> list[MessageInstance]:
        try:
            messages = self.client.messages.list(
                to=delivery.address, from_=self._from, limit=LOOKED_THROUGH
            )
        except TwilioUnreachable as error:
            # Whoever looks does so because a piece may have been taken; that stays unknown.
            raise SendLater(str(error), error.after, unsure=True) from None
        except TwilioException as error:
            _give_up(error)
        since = delivery.created_at - CLOCKS_APART
        # Answers inside a response to Twilio are "outbound-reply", and other deliveries'.
        return [
            message
            for message in messages
            if message.direction == "outbound-api" and message.date_created >= since
        ]


def _bodies(delivery: Delivery, part: int) -> dict[str, bool]:
    """How a piece can read, with lists and without, and whether more follow it then."""
    known: dict[str, bool] = {}
    for lists in (True, False):
        this, more = piece(delivery.content, part, lists=lists) if part >= 0 else (None, False)
        if this is not None:
            known.setdefault(this.text, more)
    return known


def _code(error: TwilioException) -> int:
    code = getattr(error, "code", None) or getattr(error, "status", None)
    return int(code) if code else 0


def _give_up(error: TwilioException) -> NoReturn:
    # Twilio's own sentence may hold the number or the text, so only its code is passed on.
    code = _code(error)
    if code == RATE or getattr(error, "status", None) == UNAUTHORISED:
        raise SendLater(str(code)) from None
    raise SendRefused(str(code)) from None


def sender_for(settings: Settings) -> WhatsAppSender | None:
    client = client_for(settings)
    if client is None or settings.twilio_whatsapp_from is None:
        return None
    callback = f"{settings.public_url}{STATUS_PATH}" if settings.public_url else None
    return WhatsAppSender(client, settings.twilio_whatsapp_from, callback, addresses.of(settings))
