"""What members report of a solution counts on its card: one voice each, and nobody's name."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot import privacy, publishing
from bot.challenges import views
from bot.learning_sets import commitments
from bot.learning_sets.commitments import FromEntry, Outcome, Sharing
from bot.members import Member
from bot.wording import trials as wording
from knowledge.curation import revisions
from knowledge.curation.revisions import Revision
from knowledge.entries import NewEntry, add
from knowledge.evidence import LONGEST_LEARNT, Trial
from tests.bot.challenges.town import PROBLEM, Town
from tests.bot.harvest.crop import (
    brings_in,
    card,
    publishes,
    solved,
    tells,
    tries,
    wish,
)


def line(town: Town, entry_id: str) -> list[str]:
    return [wording.tried(one.evidence) for one in card(town, entry_id).numbered]


def published(town: Town, mo: int) -> str:
    wanted = wish(town, mo)
    publishes(town, wanted)
    return wanted.entry_id


def test_what_was_reported_before_there_was_an_entry_is_on_its_card(
    town: Town, asha: int, ben: int, cara: int, mo: int
) -> None:
    code = solved(town, asha, ben)
    tries(town, asha, code, Outcome.WORKED, "Ring early")
    brings_in(town)
    tries(town, cara, code, Outcome.PARTLY)
    entry_id = published(town, mo)
    assert line(town, entry_id) == [
        "Tried by 2: 1 worked, 1 partly. One of them learnt: “Ring early”"
    ]
    dan = town.member("Dan")
    tries(town, dan, code, Outcome.DID_NOT)
    assert line(town, entry_id)[0].startswith("Tried by 3: 1 worked, 1 partly, 1 did not work.")


def test_a_correction_replaces_what_the_same_member_said(
    town: Town, asha: int, ben: int, mo: int
) -> None:
    code = solved(town, asha, ben)
    made = tries(town, asha, code, Outcome.WORKED, "Ring early")
    brings_in(town)
    entry_id = published(town, mo)
    town.now += timedelta(days=1)
    tells(town, asha, made, Outcome.DID_NOT)
    assert line(town, entry_id) == ["Tried by 1: 1 did not work."]
    town.now += timedelta(days=1)
    tells(town, asha, made, Outcome.NOT_YET)
    assert line(town, entry_id) == [""]


def test_a_solution_of_a_card_is_counted_under_its_number_and_the_proven_come_first(
    town: Town,
) -> None:
    with town.database.writing() as session:
        add(session, NewEntry(PROBLEM, ("Write to them", "Ring them"), id="e1"), now=town.now)
    for one in town.crowd(4):
        with town.database.writing() as session:
            made = commitments.commit(
                session,
                one,
                "ring",
                source=FromEntry("e1", 2),
                check_back_on=town.now.date(),
                now=town.now,
            )
        tells(town, one, made.id, Outcome.WORKED)
    assert [one.number for one in card(town, "e1").numbered] == [2, 1]
    assert line(town, "e1") == ["Tried by 4: 4 worked.", ""]


def test_what_was_learnt_is_shown_only_where_it_is_shared_and_gives_nobody_away(
    town: Town, asha: int, ben: int, cara: int, mo: int
) -> None:
    code = solved(town, asha, ben)
    brings_in(town)
    entry_id = published(town, mo)
    for learnt in ("Ask Cara first", "Leeds City Council will not like it"):
        tries(town, asha, code, Outcome.WORKED, learnt)
        assert line(town, entry_id) == ["Tried by 1: 1 worked."]
    made = tries(town, cara, code, Outcome.WORKED, "word " * 55)
    lines = card(town, entry_id).numbered[0].evidence.learnt
    assert [len(one) <= LONGEST_LEARNT and one.endswith("…") for one in lines] == [True]
    town.now += timedelta(hours=1)
    with town.database.writing() as session:
        commitments.tell(
            session, cara, made, Outcome.WORKED, learning="x", sharing=Sharing.SET, now=town.now
        )
    assert line(town, entry_id) == ["Tried by 2: 2 worked."]
    with town.database.reading() as session:
        assert set(session.scalars(select(Trial.learnt))) == {None}


def test_forget_me_takes_the_voice_out_and_the_name_off_what_was_changed(
    town: Town, asha: int, ben: int, cara: int, mo: int
) -> None:
    code = solved(town, asha, ben)
    tries(town, asha, code, Outcome.WORKED, "Ring early")
    tries(town, mo, code, Outcome.WORKED)
    tries(town, cara, code, Outcome.WORKED)
    brings_in(town)
    entry_id = published(town, mo)
    with town.database.reading() as session:
        assert "random mark" in "\n".join(privacy.kept(session, mo))
    for one in (asha, mo):
        with town.database.writing() as session:
            privacy.forget(session, session.get_one(Member, one), now=town.now)
    assert line(town, entry_id) == ["Tried by 1: 1 worked."]
    with town.database.reading() as session:
        by = {one.by for one in revisions.history(session, entry_id)}
        assert by == {"bot", ""}
        assert len(session.scalars(select(Revision)).all()) == 2


def test_a_draft_cannot_lose_its_last_solution(town: Town, asha: int, ben: int, mo: int) -> None:
    code = solved(town, asha, ben)
    brings_in(town)
    wanted = wish(town, mo)
    with town.database.writing() as session:
        (part,) = [str(one.id) for one in publishing._seen(session, wanted).shown]
    try:
        with town.database.writing() as session:
            publishing.reword(session, wanted, part, "", now=town.now)
    except publishing.DraftUnfit:
        assert len(town.does(asha, views.view, code).replies) == 1
    else:
        raise AssertionError
