"""The forms that there are, by name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows import between, draft, editing, held, peers, posting, sessions, set_form
from bot.flows.plan import FormPlan

PLANS: Mapping[str, FormPlan] = {
    **{plan.name: plan for plan in (posting.POSTING, editing.EDITING, draft.EDIT, draft.REJECT)},
    held.HELD.name: held.HELD,
    **peers.PLANS,
    **sessions.PLANS,
    **between.PLANS,
    **{plan.name: plan for plan in (set_form.CREATE, set_form.EDIT)},
}
