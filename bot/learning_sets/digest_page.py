"""A facilitator's digest of what they may know before a session; it fits on a page.

Who will be there and who has gone quiet, by name; and, without names, what members let their set
read. What a member keeps private is neither shown nor counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.learning_sets import attending, committed, recurring, reflections, rhythm
from bot.learning_sets.attending import Guest
from bot.learning_sets.commitment import Outcome
from bot.learning_sets.committed import SharedCommitment
from bot.learning_sets.models import LearningSet
from bot.learning_sets.paging import pages
from bot.learning_sets.reflections import SharedReflection
from bot.learning_sets.seats import Rsvp
from bot.learning_sets.sessions import SetSession
from bot.learning_sets.shown import NAME, Whose
from bot.messages import Choice, Text
from bot.wording import digest_page as wording

AT_FIRST = timedelta(weeks=8)
"""How far back the digest looks where the set has not met before."""
PAGE = 1_300
"""Characters of a page: with its choices it stays within WhatsApp's 1,600."""
_BUDGET = 300
"""Characters of one member's words; all of them are in the list of what the set shared."""


@dataclass(frozen=True)
class DigestPage:
    """What a facilitator is told of a session. `whose` are the words and names in it."""

    code: str
    set_name: str
    starts: datetime
    zone: str
    guests: tuple[Guest, ...]
    commitments: tuple[SharedCommitment, ...]
    reflections: tuple[SharedReflection, ...]
    themes: tuple[tuple[str, int], ...]

    @property
    def outcomes(self) -> Mapping[Outcome | None, int]:
        """How many of the shared commitments came out how; None: it is still being tried."""
        return Counter(one.outcome for one in self.commitments)

    @property
    def whose(self) -> tuple[Whose, ...]:
        named = {Whose(one.member_id, NAME) for one in self.guests if one.name}
        tried = {one.whose for one in self.commitments}
        written = {one.whose for one in self.reflections}
        return tuple(sorted(named | tried | written))


def page(session: Session, one: SetSession, *, now: datetime) -> DigestPage:
    """What is known at that moment. Whoever sends it notes `whose` words it shows (`shown`)."""
    since = _since(session, one)
    tried = committed.with_set(session, one.set_id, since=since)
    written = reflections.with_set(session, one.set_id, since=since)
    texts = [f"{one.what} {one.learning}" for one in tried] + [one.words for one in written]
    return DigestPage(
        one.code,
        session.get_one(LearningSet, one.set_id).name,
        one.starts,
        one.zone,
        attending.guests(session, one, now=now),
        tried,
        written,
        recurring.themes(session, one.set_id, texts, now=now),
    )


def _since(session: Session, one: SetSession) -> datetime:
    """When the set met last before this session."""
    before = rhythm.behind(session, (one.set_id,), now=one.starts, limit=2)
    met = [each.starts for each in before if each.id != one.id]
    return met[0] if met else one.starts - AT_FIRST


def message(digest: DigestPage, number: int = 1) -> Text:
    """The page of that number, from 1; its choices lead to the next one and to the guide."""
    all_pages = pages(_lines(digest), PAGE)
    number = number if 1 <= number <= len(all_pages) else 1
    following = Choice(wording.MORE, f"digest:{digest.code}:{number + 1}")
    more = (following,) if number < len(all_pages) else ()
    guide = Choice(wording.GUIDE, f"guide:{digest.code}")
    shared = Choice(wording.ALL_SHARED, f"reflections:{digest.code}")
    return Text(all_pages[number - 1], (*more, guide, shared))


def _lines(digest: DigestPage) -> tuple[str, ...]:
    """All that is told, a block a thing."""
    come: dict[str, list[str]] = {}
    for one in digest.guests:
        come.setdefault(_value(one.rsvp), []).append(one.name)
    told = {_value(outcome): number for outcome, number in digest.outcomes.items()}
    return (
        wording.digest_head(digest.set_name, digest.starts, digest.zone),
        wording.who_comes(come),
        wording.outcomes(told),
        *(
            wording.tried(one.what, _value(one.outcome), _short(one.learning))
            for one in digest.commitments
        ),
        *(wording.reflected(_short(one.words)) for one in digest.reflections),
        wording.recurring(digest.themes),
        wording.quiet([one.name for one in digest.guests if one.quiet]),
        wording.ONLY_SHARED,
    )


def _value(one: Outcome | Rsvp | None) -> str:
    return one.value if one is not None else ""


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _BUDGET else f"{line[: _BUDGET - 1].rstrip()}…"
