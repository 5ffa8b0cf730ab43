"""The challenges channel in Slack, as the network's notice board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from slack_sdk import WebClient

from bot.boards.board import Notice
from bot.delivery import SendLater, SendRefused
from bot.messages import Choice, Text
from bot.settings import Settings
from handlers import slack_history
from handlers.slack_api import SlackUnsure, ask
from handlers.slack_inbound import PRIVATE_PREFIX
from handlers.slack_render import Block, Piece, escape, escaped_parts, plain_text

KIND = "slack:"
"""How the addresses of these boards begin; the channel's id follows."""
NOT_THERE = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "restricted_action", "missing_scope"}
)
"""The channel takes nothing from us until somebody mends that."""
LOOK_AGAIN = timedelta(minutes=10)
STAYS = frozenset({"cant_delete_message", "compliance_exports_prevent_deletion"})
GONE = frozenset({"message_not_found"})

_T = TypeVar("_T")


class SlackBoard:
    """Posts are told from all others by the reference in their metadata."""

    def __init__(self, client: WebClient, settings: Settings) -> None:
        self.client = client
        self._channel = settings.slack_challenges_channel or ""

    @property
    def address(self) -> str:
        return address_of(self._channel)

    def pin(self, notice: Notice) -> str:
        piece = rendered(notice.content)
        try:
            said = _ask(
                lambda: self.client.chat_postMessage(
                    channel=self._channel,
                    text=piece.text,
                    blocks=list(piece.blocks),
                    metadata=slack_history.metadata(notice.ref),
                    unfurl_links=False,
                    unfurl_media=False,
                )
            )
        except SlackUnsure as error:
            # It may hang there although the answer was lost: look before it is tried again.
            found = self.find(notice)
            if found is None:
                raise SendLater(str(error), unsure=True) from None
            return found
        return f"{said['channel']}:{said['ts']}"

    def find(self, notice: Notice) -> str | None:
        try:
            found = _ask(
                lambda: slack_history.posted(
                    self.client, notice.ref, self._channel, since=notice.written_at
                )
            )
        except SlackUnsure as error:
            raise SendLater(str(error), unsure=True) from None
        return found[0] if found else None

    def change(self, place: str, notice: Notice) -> None:
        channel, _, ts = place.partition(":")
        piece = rendered(notice.content)
        _again_if_unsure(
            lambda: self.client.chat_update(
                channel=channel,
                ts=ts,
                text=piece.text,
                blocks=list(piece.blocks),
                # Slack drops the metadata of a post that is changed without any.
                metadata=slack_history.metadata(notice.ref),
            )
        )

    def take_down(self, place: str, notice: Notice) -> None:
        channel, _, ts = place.partition(":")
        try:
            _again_if_unsure(lambda: self.client.chat_delete(channel=channel, ts=ts))
        except SendRefused as error:
            if str(error) in STAYS:
                self.change(place, notice)
            elif str(error) not in GONE:
                raise


def address_of(channel: str) -> str:
    """The address of the board that a channel is; empty where there is none."""
    return f"{KIND}{channel}" if channel else ""


def _ask(call: Callable[[], _T]) -> _T:
    """As `slack_api.ask`, but what keeps us out of the whole channel is tried again, for ever."""
    try:
        return ask(call)
    except SendRefused as error:
        if str(error) in NOT_THERE:
            raise SendLater(str(error), LOOK_AGAIN) from None
        raise


def _again_if_unsure(call: Callable[[], object]) -> None:
    """For what may be done twice."""
    try:
        _ask(call)
    except SlackUnsure as error:
        raise SendLater(str(error)) from None


def rendered(content: Text) -> Piece:
    """One message, however long. Its buttons are answered to whoever presses them alone."""
    parts = tuple(escaped_parts(content.text))
    sections: tuple[Block, ...] = tuple(
        {"type": "section", "text": plain_text(part)} for part in parts
    )
    row = [_button(number, choice) for number, choice in enumerate(content.choices, 1)]
    actions: tuple[Block, ...] = ({"type": "actions", "elements": row},) if row else ()
    labels = (escape(choice.label) for choice in content.choices)
    return Piece("\n\n".join((*parts, *labels)), (*sections, *actions))


def _button(number: int, choice: Choice) -> Block:
    return {
        "type": "button",
        "action_id": f"{PRIVATE_PREFIX}{number}",
        "text": plain_text(escape(choice.label)),
        "value": choice.value,
    }
