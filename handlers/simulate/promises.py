"""What was promised of each session, and when that changed: as the world did it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

Change = tuple[datetime, str | None, datetime | None]


@dataclass
class Promises:
    """By session: from when on it was promised for which local start; None once it was called off.

    `codes` are what people type for it.
    """

    starts: dict[int, list[Change]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)

    def promise(
        self, session_id: int, *, since: datetime, local: str | None, starts: datetime | None
    ) -> None:
        self.starts.setdefault(session_id, []).append((since, local, starts))

    def local(self, session_id: int, at: datetime) -> str | None:
        """The local start that was promised then; None where it was called off or not planned."""
        known = [local for since, local, _ in self.starts.get(session_id, ()) if since <= at]
        return known[-1] if known else None

    def ever(self, code: str) -> tuple[datetime, ...]:
        """All the moments at which the session of that code was ever to begin, in UTC."""
        changes = self.starts.get(self.codes.get(code, 0), ())
        return tuple(starts for _, _, starts in changes if starts is not None)
