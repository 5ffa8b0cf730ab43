"""Addresses in messages: below the bot's own, and signed, so that nobody can make one up.

A message is stored with the unsigned path. What it leads to is asked for with the signature, which
needs the secret key: whoever reads the database alone cannot open anybody's calendar.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

from itsdangerous import Signer

from bot.delivery import Delivery
from bot.messages import Link, Outgoing, Text
from bot.settings import Settings
from handlers.secret import signing_key

KEY = "key"
"""The part of an address that holds its signature."""


@dataclass(frozen=True)
class Links:
    """`home` is the bot's own address, or "" where a page of its shows them."""

    home: str
    settings: Settings

    @cached_property
    def _signer(self) -> Signer:
        # Read when the first link is written: a command line that writes none needs no key.
        key = signing_key(self.settings)
        return Signer(key, salt="links", digest_method=hashlib.sha256)

    def address(self, path: str) -> str:
        return f"{self.home}{path}?{KEY}={self._signer.get_signature(path).decode()}"

    def genuine(self, path: str, signature: str) -> bool:
        return self._signer.verify_signature(path, signature)

    def whole(self, delivery: Delivery) -> Delivery:
        """The delivery with its link as it can be followed."""
        return replace(delivery, content=self.written(delivery.content))

    def written(self, content: Outgoing) -> Outgoing:
        if not isinstance(content, Text) or content.link is None or _elsewhere(content.link):
            return content
        link = replace(content.link, path=self.address(content.link.path))
        return replace(content, link=link)


def _elsewhere(link: Link) -> bool:
    """An address that a facilitator gave, to join by: `learning_sets.planning` looked at it."""
    return link.path.startswith(("https://", "http://"))


def of(settings: Settings) -> Links:
    """For a channel outside the bot's own pages."""
    return Links(settings.address, settings)


def line(content: Outgoing) -> str:
    """What leads to something to fetch, in words; "" where there is nothing."""
    if not isinstance(content, Text) or content.link is None:
        return ""
    return f"{content.link.label}:\n{content.link.path}"
