"""What a simulation found: one JSON document, or a table for people."""

from __future__ import annotations

import json

from rich.table import Table

from handlers.simulate.check import Counts

_SAID = {
    "due": "nudges that fell due",
    "sent": "messages sent",
    "merged": "came in another one's message",
    "on_time": "sent on time",
    "late": "sent late",
    "stale_sent": "sent after they were of use",
    "duplicates": "sent twice",
    "in_quiet_hours": "sent in quiet hours",
    "on_bank_holidays": "sent on a bank holiday",
    "over_limit": "sent beyond a limit",
}


def as_json(counts: Counts, seconds: float) -> str:
    found: dict[str, object] = {
        name: getattr(counts, name)
        for name in (
            "due",
            "sent",
            "on_time",
            "late",
            "stale_sent",
            "duplicates",
            "in_quiet_hours",
            "on_bank_holidays",
            "over_limit",
            "merged",
        )
    }
    found["dropped"] = dict(sorted(counts.dropped.items()))
    found["seconds"] = round(seconds, 1)
    return json.dumps(found)


def as_table(counts: Counts) -> Table:
    table = Table("", "", box=None, show_header=False)
    for name, said in _SAID.items():
        table.add_row(said, str(getattr(counts, name)))
    for reason, number in counts.dropped.most_common():
        table.add_row(f"dropped: {reason.replace('_', ' ')}", str(number))
    return table
