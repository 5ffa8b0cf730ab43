"""What a calendar shows of sessions and check-backs."""

from __future__ import annotations

NAME = "Officer network"
CHECK_BACK = "Check back: what you meant to try"
NO_SUCH_CALENDAR = (
    "There is no calendar at this address. It may have been renewed: type “calendar” to the bot "
    "for the one that works.\n"
)


def description(code: str, link: str) -> str:
    join = f"Join: {link}\n" if link else ""
    return (
        f"{join}To say whether you come, tell the bot “yes {code}”, “maybe {code}” or “no {code}”."
    )
