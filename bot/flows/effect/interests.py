"""What a turn keeps of what a member said of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FollowedTheme:
    """The member wants to hear of a theme from now on, or no more."""

    theme_id: str
    follows: bool


@dataclass(frozen=True)
class Quieted:
    """Nothing is started with the member before then; None ends that."""

    until: datetime | None


@dataclass(frozen=True)
class SaidOfThemselves:
    """The answers of the settings; None leaves a thing as it is."""

    themes: tuple[str, ...] | None = None
    job: str | None = None
    a_week: int | None = None


InterestsEffect = FollowedTheme | Quieted | SaidOfThemselves
