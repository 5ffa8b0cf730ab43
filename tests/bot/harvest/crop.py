"""What the tests do on the way from a challenge to an entry, and what they look at."""

from __future__ import annotations

from datetime import timedelta

from bot import harvest, publishing
from bot.challenges import marks, views
from bot.challenges.models import MarkKind
from bot.learning_sets import commitments
from bot.learning_sets.commitments import FromReply, Outcome, Sharing
from bot.publishing import Wish
from knowledge.curation import drafts
from knowledge.curation.content import Content, content
from knowledge.entries import EntryView, entry
from tests.bot.challenges.town import Town


def brings_in(town: Town) -> None:
    """What the worker does, each challenge in a transaction."""
    with town.database.reading() as session:
        due = harvest.due(session, now=town.now)
    for one in due:
        with town.database.writing() as session:
            harvest.bring_in(session, one, now=town.now)


def solved(town: Town, author: int, *helpers: int, set_id: int | None = None) -> str:
    """A challenge whose author was helped by each of these; the first one solved it."""
    code = town.posts(author, set_id=set_id)
    given = [town.replies(one, code, f"We did thing {at}") for at, one in enumerate(helpers)]
    for number, one in enumerate(given):
        kind = MarkKind.HELPED if number else MarkKind.SOLVED
        town.does(author, marks.mark, one.ref, kind, now=town.now)
    return code


def waiting(town: Town) -> list[str]:
    with town.database.reading() as session:
        return [one.entry_id for one in drafts.waiting(session)]


def said(town: Town) -> Content:
    """The one draft that waits."""
    (entry_id,) = waiting(town)
    with town.database.reading() as session:
        found = content(session, entry_id)
    assert found is not None
    return found


def texts(town: Town) -> list[str]:
    return [one.text for one in said(town).shown]


def wish(town: Town, moderator: int) -> Wish:
    """The one draft that waits, as it is now."""
    (entry_id,) = waiting(town)
    return Wish(entry_id, said(town).version, moderator)


def publishes(town: Town, wanted: Wish) -> None:
    with town.database.writing() as session:
        publishing.publish(session, wanted, neutral=False, now=town.now)


def card(town: Town, entry_id: str) -> EntryView:
    with town.database.reading() as session:
        found = entry(session, entry_id)
    assert found is not None
    return found


def tries(
    town: Town, member: int, code: str, outcome: Outcome, learnt: str = "", number: int = 0
) -> int:
    """A member tried a reply and says how it went, for the network to read. The commitment's id."""
    reply = town.does(member, views.view, code).replies[number]
    with town.database.writing() as session:
        day = (town.now + timedelta(days=7)).date()
        made = commitments.commit(
            session, member, "try it", source=FromReply(reply.id), check_back_on=day, now=town.now
        )
    tells(town, member, made.id, outcome, learnt)
    return made.id


def tells(town: Town, member: int, commitment: int, outcome: Outcome, learnt: str = "") -> None:
    with town.database.writing() as session:
        commitments.tell(
            session,
            member,
            commitment,
            outcome,
            learning=learnt,
            sharing=Sharing.NETWORK,
            now=town.now,
        )
