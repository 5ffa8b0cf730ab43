"""Does what a turn about questions, the review or the member decided."""

from __future__ import annotations

from typing import assert_never

from bot import learning, members, privacy, questions
from bot.effects.acting import DONE, Acting, Made
from bot.flows.effect.asking import (
    Agreed,
    Asked,
    AskingEffect,
    Confirmed,
    Dismissed,
    Forgot,
    Linked,
    Rated,
    WantsPeers,
)


def make(effect: AskingEffect, acting: Acting) -> Made:
    session, member, now = acting.session, acting.member, acting.now
    match effect:
        case Asked(ref, finding):
            questions.record(session, member.id, finding, ref=ref, channel=acting.channel, now=now)
        case Rated(ref, entry_id, verdict):
            questions.rate(session, member.id, ref, entry_id, verdict, now=now)
            learned = acting.rules.learn_from_members
            learning.rated(session, ref, entry_id, now=now, from_members=learned)
        case WantsPeers(ref):
            questions.ask_peers(session, member.id, ref)
        case Confirmed(proposal_id, same):
            learning.confirm(session, proposal_id, same=same, now=now)
        case Linked(ref, entry_id):
            learning.link(session, ref, entry_id, now=now)
        case Dismissed(ref):
            learning.dismiss(session, ref, now=now)
        case Agreed(kind, words):
            members.agree(session, member, kind, channel=acting.channel, wording=words, now=now)
        case Forgot():
            privacy.forget(session, member, now=now)
            return Made(gone=True)
        case _:
            assert_never(effect)
    return DONE
