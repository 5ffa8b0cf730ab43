"""What officers and residents ask that is no business of this network: the yardstick for a miss.

A question that is nearer to one of these than to any entry is not answered here. The list in
elsewhere.json follows the usual A to Z of council services, a council's own office, facts to look
up, and talk; it is written by hand and holds no question of any collection that we measure with.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections.abc import Mapping

_TALK = "talk"


def subjects() -> tuple[str, ...]:
    """Other council business, and facts to look up."""
    return tuple(subject for name, group in _listed().items() if name != _TALK for subject in group)


def chatter() -> tuple[str, ...]:
    """What is said in passing, in a group or to a bot."""
    return tuple(_listed()[_TALK])


@functools.cache
def _listed() -> Mapping[str, list[str]]:
    file = importlib.resources.files("knowledge") / "elsewhere.json"
    listed: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
    return listed
