"""How did it go? What can be pressed in answer."""

from __future__ import annotations

from bot.learning_sets.commitments import Outcome
from bot.messages import Choice
from bot.wording import trying as wording


def outcome_choices(commitment_id: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(wording.OUTCOMES[one.value], f"went:{commitment_id}:{one.value}") for one in Outcome
    )
