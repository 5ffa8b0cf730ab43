"""A member's open forms as a handler shows them whole, and what is wrong with one that came whole.

It only reads: what a member hands in takes effect through the inbox like all that they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot import inbox, members
from bot.flows import form
from bot.flows.plans import PLANS
from bot.flows.turn import Context
from bot.messages import Form, Inbound
from bot.prepared import Prepared, context_for


def opened(
    session: Session, inbound: Inbound, prepared: Prepared, *, now: datetime
) -> tuple[Form, ...]:
    """The open forms of whoever wrote this, the one last touched first, with all answers so far."""
    context = _context(session, inbound, prepared, now=now)
    return form.all_open(context, PLANS) if context is not None else ()


def problems(
    session: Session, inbound: Inbound, prepared: Prepared, *, now: datetime
) -> Mapping[str, str] | None:
    """What is wrong with a form that came whole, by field; None where it is not open.

    Nothing is wrong with one that came before: it has been kept, and a repeat changes nothing.
    """
    if inbound.filled is None or inbox.is_kept(session, inbound):
        return {}
    context = _context(session, inbound, prepared, now=now)
    return form.problems(inbound.filled, context, PLANS) if context is not None else {}


def _context(
    session: Session, inbound: Inbound, prepared: Prepared, *, now: datetime
) -> Context | None:
    member = members.at(session, inbound.channel, inbound.address)
    if member is None:
        return None
    return context_for(session, inbound, prepared, member=member, now=now)
