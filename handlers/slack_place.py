"""Where in Slack an answer belongs."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A channel, a thread in it, and the one person who alone may see the answer.

    No channel means the direct conversation with the member.
    """

    channel: str = ""
    thread: str = ""
    only_for: str = ""

    def stored(self) -> str:
        """As an `Inbound` and a delivery carry it."""
        if not self.channel:
            return ""
        return json.dumps([self.channel, self.thread, self.only_for], separators=(",", ":"))

    @staticmethod
    def read(stored: str) -> Place:
        return Place(*json.loads(stored)) if stored else Place()
