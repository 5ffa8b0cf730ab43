"""Sends to Slack through its Web API."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.delivery import Delivery, Receipt, SendLater, SendRefused
from bot.messages import Form
from bot.settings import Settings
from handlers import links as addresses
from handlers import slack_history
from handlers.links import Links
from handlers.slack_api import SlackUnsure, ask, web_client
from handlers.slack_place import Place
from handlers.slack_render import Piece, pieces

DIRECT = "D"
"""How the ids of direct conversations begin."""

NOT_THERE = {"channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"}
"""Why an answer for one person alone cannot be shown where the command was typed."""


class SlackSender:
    """Links below the bot's own address can be clicked."""

    def __init__(self, client: WebClient, links: Links) -> None:
        self.client = client
        self._links = links

    def send(self, delivery: Delivery) -> Receipt:
        whole = self._pieces(delivery)
        if delivery.part >= len(whole):
            raise SendRefused("nothing to say")
        try:
            ref = self._post(delivery, whole[delivery.part])
        except SlackUnsure as error:
            # It may have arrived although the answer was lost: look before it is tried again.
            found = self.find(delivery)
            if found is None:
                raise SendLater(str(error), unsure=True) from None
            return found
        return Receipt(ref, more=delivery.part + 1 < len(whole))

    def _pieces(self, delivery: Delivery) -> tuple[Piece, ...]:
        return pieces(self._links.written(delivery.content), self._links.home)

    def _post(self, delivery: Delivery, piece: Piece) -> str:
        place = _place(delivery)
        if place.only_for and (ref := self._show(place, piece)) is not None:
            return ref
        channel = self._channel(delivery, place)
        said = ask(
            lambda: self.client.chat_postMessage(
                channel=channel,
                text=piece.text,
                blocks=list(piece.blocks),
                thread_ts=place.thread or None,
                metadata=slack_history.metadata(delivery.ref),
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return f"{said['channel']}:{said['ts']}"

    def _show(self, place: Place, piece: Piece) -> str | None:
        """To one person where they typed; None where the bot cannot speak."""
        try:
            said = ask(
                lambda: self.client.chat_postEphemeral(
                    channel=place.channel,
                    user=place.only_for,
                    text=piece.text,
                    blocks=list(piece.blocks),
                    thread_ts=place.thread or None,
                )
            )
        except SendRefused as error:
            if str(error) in NOT_THERE:
                return None
            raise
        return f"{place.channel}:{said['message_ts']}"

    def _channel(self, delivery: Delivery, place: Place) -> str:
        """Where it is said for all there to see, or else the direct conversation."""
        if place.channel and not place.only_for:
            return place.channel
        user = delivery.address.partition(":")[2]
        return str(ask(lambda: self.client.conversations_open(users=user))["channel"]["id"])

    def find(self, delivery: Delivery) -> Receipt | None:
        """The piece among what was said since: the pieces of a delivery carry its reference.

        Nobody can ask Slack about what was shown to one person alone. That is said at most once:
        an answer that may have been shown is given up, visibly, and the member can ask again.
        """
        place = _place(delivery)
        if place.only_for:
            raise SendRefused("not known whether it was shown")
        try:
            channel = self._channel(delivery, place)
            posted = slack_history.posted(
                self.client, delivery.ref, channel, place.thread, since=delivery.created_at
            )
        except SlackUnsure as error:
            raise SendLater(str(error), unsure=True) from None
        if len(posted) <= delivery.part:
            return None
        more = delivery.part + 1 < len(self._pieces(delivery))
        return Receipt(posted[delivery.part], more)


def _place(delivery: Delivery) -> Place:
    """A form that was begun in a channel is asked in the direct conversation: its questions draw
    answers that are not for all to read."""
    place = Place.read(delivery.place)
    if isinstance(delivery.content, Form) and not place.channel.startswith(DIRECT):
        return Place()
    return place


def sender_for(settings: Settings) -> SlackSender | None:
    client = web_client(settings)
    return SlackSender(client, addresses.of(settings)) if client is not None else None
