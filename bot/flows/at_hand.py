"""What somebody is about to post, read before their message's transaction begins.

It only saves time inside the transaction: what it misses is looked up there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import drafts, members, questions
from bot.challenges import views
from bot.challenges.gate import Viewer
from bot.flows.already import MOST_COMPARED
from bot.flows.challenge_form import POST, PROBLEM
from bot.learning_sets import sets
from bot.messages import Inbound
from knowledge import themes


@dataclass(frozen=True)
class AtHand:
    """The problem in each wording that may count, with what to compare it with: open challenges,
    and the names of themes.
    """

    texts: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


NOTHING_AT_HAND = AtHand()


def at_hand(session: Session, inbound: Inbound, *, now: datetime) -> AtHand:
    member = members.at(session, inbound.channel, inbound.address)
    if member is None:
        return NOTHING_AT_HAND
    texts = tuple(dict.fromkeys(filter(None, _problems(session, member.id, inbound, now))))
    if not texts:
        return NOTHING_AT_HAND
    inside = sets.rooms_of(session, member.id)
    lines = views.listed(session, Viewer(member.id, inside), limit=MOST_COMPARED)
    names = tuple(theme.name for theme in themes.themes(session))
    return AtHand(texts, tuple(line.problem for line in lines), names)


def _problems(session: Session, member_id: int, inbound: Inbound, now: datetime) -> Iterator[str]:
    verb, _, ref = (inbound.choice or "").partition(":")
    asked = questions.own(session, member_id, ref) if verb == "peers" else None
    if asked is not None:
        yield asked.text
    for draft in drafts.open_drafts(session, member_id, now=now):
        if draft.form != POST:
            continue
        yield draft.answers.one(PROBLEM)
        if draft.at == PROBLEM:
            yield " ".join(inbound.text.split())
        if inbound.filled is not None and inbound.filled.ref == draft.ref:
            yield " ".join(dict(inbound.filled.values).get(PROBLEM, "").split())
