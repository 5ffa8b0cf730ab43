"""On the way to an entry, two at the same moment: one of them is told the truth."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import harvest, privacy, publishing
from bot.challenges import replies, views
from bot.members import Member
from bot.publishing import DraftChanged, DraftSettled
from bot.wording import challenges as wording
from knowledge.curation.drafts import Draft
from knowledge.models import Entry, EntryStatus
from tests.bot.challenges.town import PROBLEM, Town, at_once, while_open
from tests.bot.harvest.crop import brings_in, publishes, solved, texts, waiting, wish
from tests.schema import places

HEARD = wording.entry_published(PROBLEM, credited=False)


def live(town: Town) -> list[str]:
    with town.database.reading() as session:
        known = select(Entry.id).where(Entry.status == EntryStatus.LIVE)
        return list(session.scalars(known))


def test_two_moderators_who_publish_at_once_tell_everybody_once(
    town: Town, asha: int, ben: int, cara: int, mo: int
) -> None:
    for _round in range(3):
        solved(town, asha, ben)
        brings_in(town)
        wanted = wish(town, mo)
        results = at_once(*[partial(publishes, town, wanted)] * 3)
        assert sorted(type(one).__name__ for one in results) == [
            "DraftSettled",
            "DraftSettled",
            "NoneType",
        ]
    assert [town.told(one).count(HEARD) for one in (asha, ben)] == [3, 3]
    assert HEARD not in town.told(cara)


def test_workers_who_bring_in_the_same_challenge_at_once_make_one_draft(
    town: Town, asha: int, ben: int
) -> None:
    codes = [solved(town, asha, ben) for _round in range(3)]
    results = at_once(*[partial(brings_in, town)] * 4)
    assert results == [None] * 4
    brings_in(town)
    assert town.rows(Draft) == len(codes) == len(waiting(town))


def test_a_reply_that_is_withdrawn_while_it_is_published(
    town: Town, asha: int, ben: int, cara: int, mo: int
) -> None:
    """Whoever comes first decides: it is public, or it is gone."""
    code = solved(town, asha, ben)
    brings_in(town)
    wanted = wish(town, mo)
    ref = town.does(ben, views.view, code).replies[0].ref

    def withdraws(session: Session) -> None:
        viewer = town.viewer(session, ben)
        replies.withdraw_reply(session, viewer, ref, routing=town.routing, now=town.now)

    refused = while_open(town, withdraws, partial(publishes, town, wanted))
    assert isinstance(refused, DraftSettled)
    assert (live(town), places(town.database, "thing 0")) == ([], set())
    assert HEARD not in town.told(asha)


def test_a_reply_that_is_withdrawn_just_after_it_was_published_is_the_networks(
    town: Town, asha: int, ben: int, mo: int
) -> None:
    code = solved(town, asha, ben)
    brings_in(town)
    wanted = wish(town, mo)
    ref = town.does(ben, views.view, code).replies[0].ref

    def first(session: Session) -> None:
        publishing.publish(session, wanted, neutral=False, now=town.now)

    withdraws = partial(
        town.does, ben, replies.withdraw_reply, ref, routing=town.routing, now=town.now
    )
    assert while_open(town, first, withdraws) is None
    assert live(town) == [wanted.entry_id]


def forgets(town: Town, member: int) -> None:
    with town.database.writing() as session:
        privacy.forget(session, session.get_one(Member, member), now=town.now)


def test_a_member_who_is_forgotten_while_it_is_published(
    town: Town, asha: int, ben: int, mo: int
) -> None:
    solved(town, asha, ben)
    brings_in(town)
    wanted = wish(town, mo)

    def first(session: Session) -> None:
        privacy.forget(session, session.get_one(Member, ben), now=town.now)

    assert isinstance(while_open(town, first, partial(publishes, town, wanted)), DraftSettled)
    assert places(town.database, "thing 0") == set()


def test_a_member_who_leaves_just_after_hears_nothing_and_nobody_waits(
    town: Town, asha: int, ben: int, mo: int
) -> None:
    solved(town, asha, ben)
    brings_in(town)
    wanted = wish(town, mo)

    def first(session: Session) -> None:
        publishing.publish(session, wanted, neutral=False, now=town.now)

    assert while_open(town, first, partial(forgets, town, ben)) is None
    assert live(town) == [wanted.entry_id]
    assert town.told(asha).count(HEARD) == 1
    assert town.told(ben) == []


def test_everybody_at_once_ends_well(town: Town, asha: int, ben: int, cara: int, mo: int) -> None:
    for _round in range(3):
        code = solved(town, asha, cara)
        brings_in(town)
        wanted = wish(town, mo)
        ref = town.does(cara, views.view, code).replies[0].ref
        results = at_once(
            partial(publishes, town, wanted),
            partial(town.does, cara, replies.correct, ref, "Otherwise", now=town.now),
            partial(brings_in, town),
        )
        unexpected = [
            one
            for one in results
            if isinstance(one, Exception) and not isinstance(one, DraftSettled | DraftChanged)
        ]
        assert unexpected == []
        brings_in(town)
        if waiting(town):
            assert texts(town) == ["Otherwise"]
            publishes(town, wish(town, mo))


def test_two_workers_never_ask_twice(town: Town, asha: int, ben: int) -> None:
    solved(town, asha, ben, set_id=town.learning_set("North", asha, ben))
    heard = len(town.told(ben))
    with town.database.reading() as session:
        (due,) = harvest.due(session, now=town.now)

    def asks() -> None:
        with town.database.writing() as session:
            harvest.bring_in(session, due, now=town.now)

    assert at_once(*[asks] * 3) == [None] * 3
    assert len(town.told(ben)) == heard + 1
