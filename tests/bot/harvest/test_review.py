"""Moderators in the chat: drafts with names marked in them, and challenges that nobody answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import members
from bot.app import Network
from bot.challenges import marks, posts, replies
from bot.challenges.models import MarkKind, ReplyKind
from bot.challenges.posts import NewChallenge
from bot.delivery import DeliveryRow
from bot.learning_sets import sets
from bot.members import Role
from bot.messages import Channel, Choices, from_json
from bot.rules import Rules
from bot.wording import LATER, MODERATORS_ONLY, NOTHING_WAITS, THAT_WAS_ALL
from bot.wording import challenges as peers
from bot.wording import harvest as harvest_words
from bot.wording import review as words
from knowledge import entries
from knowledge.curation import drafts
from knowledge.database import Database
from knowledge.models import Entry, EntryStatus
from knowledge.search import Engine
from knowledge.semantic import Embedder
from tests.bot.conftest import welcomed
from tests.officer import Officer, short

PROBLEM = "Our lifts in villages always break down"
WORDS = "Ask Xanthippe at Leeds City Council, who shares one repair line with us"


@pytest.fixture
def real(stocked: Database, embedder: Embedder) -> Network:
    return Network(stocked, Engine(embedder), {}, Rules(frozenset({Channel.SLACK})))


@pytest.fixture
def asha(real: Network, now: datetime) -> Officer:
    return welcomed(real, "Asha", now)


@pytest.fixture
def ben(real: Network, now: datetime) -> Officer:
    return welcomed(real, "Xanthippe", now)


@pytest.fixture
def mo(real: Network, now: datetime) -> Officer:
    officer = welcomed(real, "Mo", now)
    with real.database.writing() as session:
        members.named(session, "Mo").role = Role.MODERATOR
    return officer


def posts_one(real: Network, now: datetime, problem: str = PROBLEM, key: str = "m") -> str:
    with real.database.writing() as session:
        viewer = sets.viewer(session, members.named(session, "Asha"))
        routing = real._rules.routing
        return posts.post(session, viewer, NewChallenge(problem), key=key, routing=routing, now=now)


def solves(real: Network, now: datetime, words: str = WORDS, problem: str = PROBLEM) -> str:
    code = posts_one(real, now, problem, key=words)
    with real.database.writing() as session:
        helper = sets.viewer(session, members.named(session, "Xanthippe"))
        ref = replies.reply(
            session, helper, code, words, kind=ReplyKind.OFFER, key=words, now=now
        ).ref
        author = sets.viewer(session, members.named(session, "Asha"))
        marks.mark(session, author, ref, MarkKind.SOLVED, now=now)
    real.tick(now)
    return code


def shown(officer: Officer) -> str:
    return "\n".join(officer.told)


def live(real: Network, problem: str = PROBLEM) -> list[str]:
    with real.database.reading() as session:
        found = session.scalars(
            select(Entry.id).where(Entry.problem == problem, Entry.status == EntryStatus.LIVE)
        )
        return list(found)


def told(real: Network, name: str) -> list[str]:
    with real.database.reading() as session:
        member = members.named(session, name)
        rows = session.scalars(
            select(DeliveryRow)
            .where(DeliveryRow.member_id == member.id, DeliveryRow.inbox_id.is_(None))
            .order_by(DeliveryRow.id)
        )
        return [short(from_json(row.content)) for row in rows]


@pytest.mark.usefixtures("asha", "ben")
def test_a_draft_is_shown_with_what_gives_somebody_away_and_published_without_it(
    real: Network, mo: Officer, now: datetime
) -> None:
    solves(real, now)
    mo.says("review")
    assert "1 draft of an entry" in mo.told[0]
    text = shown(mo)
    assert "Ask «Xanthippe» at «Leeds City Council», who" in text
    assert "“Xanthippe”: “a colleague” would be neutral" in text
    assert words.PUBLISH_AS_IT_IS in mo.labels
    mo.says(words.PUBLISH_NEUTRAL)
    assert mo.told == [f"{words.PUBLISHED} {THAT_WAS_ALL}"]
    (entry_id,) = live(real)
    mo.sends_button(f"entry:{entry_id}")
    assert "Xanthippe" not in mo.card.solutions[0]
    assert "Leeds" not in mo.card.solutions[0]
    mo.says("review")
    assert mo.told == [NOTHING_WAITS]
    heard = peers.entry_published(PROBLEM, credited=False)
    assert [told(real, one).count(heard) for one in ("Asha", "Xanthippe", "Mo")] == [1, 1, 0]


@pytest.mark.usefixtures("asha", "ben")
def test_a_draft_can_be_put_off_edited_and_published(
    real: Network, mo: Officer, now: datetime
) -> None:
    solves(real, now)
    mo.says("review")
    mo.says(LATER)
    assert mo.told == [THAT_WAS_ALL]
    mo.says("review")
    old = mo.value_of(words.PUBLISH_AS_IT_IS)
    mo.presses(words.EDIT)
    mo.says("Solution 1")
    assert "It reads now" in mo.form.asked.hint
    mo.says("Share one repair line")
    assert mo.told == [words.REWORDED]
    mo.presses(words.SHOW_DRAFT)
    assert "«" not in shown(mo)
    fresh = mo.value_of(words.PUBLISH)
    mo.sends_button(old)
    assert mo.told == [words.draft_changed("")]
    mo.sends_button(fresh)
    assert words.PUBLISHED in mo.told[0]
    mo.sends_button(fresh)
    assert mo.told == [words.DRAFT_SETTLED]
    assert len(live(real)) == 1


@pytest.mark.usefixtures("asha", "ben")
def test_a_draft_is_rejected_with_a_reason(real: Network, mo: Officer, now: datetime) -> None:
    solves(real, now)
    mo.says("review")
    mo.presses(words.REJECT)
    mo.says("Too local")
    assert mo.told == [words.REJECTED]
    real.tick(now + timedelta(days=2))
    mo.says("review")
    assert mo.told == [NOTHING_WAITS]
    assert live(real) == []


@pytest.mark.usefixtures("asha", "ben")
def test_a_draft_that_says_what_is_there_already_is_merged_into_it(
    real: Network, mo: Officer, now: datetime
) -> None:
    with real.database.reading() as session:
        known = entries.entry(session, "partnership-board")
    assert known is not None
    solves(real, now, "Meet over breakfast", problem=known.problem)
    mo.says("review")
    assert words.near([known.problem]) in shown(mo)
    mo.presses(words.merge_into(known.problem, neutral=False))
    assert words.MERGED in mo.told[0]
    mo.sends_button("entry:partnership-board")
    assert mo.card.solutions[-1] == "Meet over breakfast"
    heard = peers.entry_published(known.problem, credited=False)
    assert told(real, "Xanthippe").count(heard) == 1


def test_nobody_else_can_do_any_of_it(
    real: Network, asha: Officer, ben: Officer, mo: Officer, now: datetime
) -> None:
    code = solves(real, now)
    mo.says("review")
    for choice in mo.choices:
        ben.sends_button(choice.value)
        assert ben.told == [MODERATORS_ONLY]
    ben.sends_button(f"unanswered:let-be:{code}")
    assert ben.told == [MODERATORS_ONLY]
    assert live(real) == []
    with real.database.reading() as session:
        assert len(drafts.waiting(session)) == 1


def test_who_took_part_chooses_to_be_named_by_button_and_by_word(
    real: Network, ben: Officer, asha: Officer, mo: Officer, now: datetime
) -> None:
    ben.says("name me")
    assert ben.told == [harvest_words.NOTHING_TO_BE_NAMED_FOR]
    solves(real, now)
    mo.says("review")
    mo.says(words.PUBLISH_NEUTRAL)
    (entry_id,) = live(real)
    for says, answer in (
        ("name me", harvest_words.NAMED),
        ("Do not name me", harvest_words.NOT_NAMED),
    ):
        ben.says(says)
        assert ben.told == [answer]
    ben.sends_button(f"credit:{entry_id}:yes")
    assert ben.told == [harvest_words.NAMED]
    mo.sends_button(f"credit:{entry_id}:yes")
    assert mo.told == [harvest_words.NOTHING_TO_BE_NAMED_FOR]


def test_a_challenge_that_nobody_answered_is_a_gap_after_a_week(
    real: Network, asha: Officer, mo: Officer, now: datetime
) -> None:
    code = posts_one(real, now, "How do we work better with our partnership board?")
    mo.says("review")
    assert mo.told == [NOTHING_WAITS]
    mo.waits(timedelta(days=7))
    mo.says("review")
    assert "1 challenge that nobody replied to" in mo.told[0]
    question = mo.heard[-1]
    assert isinstance(question, Choices)
    assert mo.value_of(words.ANSWER_IT) == f"offer:{code}"
    link = f"unanswered:link:{code}:partnership-board"
    assert link in [choice.value for choice in mo.choices]
    for _press in range(2):
        mo.sends_button(link)
        assert mo.told == [f"{words.LINKED} {THAT_WAS_ALL}"]
    (heard,) = [one for one in told(real, "Asha") if "a moderator thinks" in one]
    assert code in heard
    mo.says("review")
    assert mo.told == [NOTHING_WAITS]


def test_a_gap_can_be_let_be(real: Network, asha: Officer, mo: Officer, now: datetime) -> None:
    posts_one(real, now)
    mo.waits(timedelta(days=8))
    mo.says("review")
    mo.says(words.LET_BE)
    assert mo.told == [f"{words.LEFT_BE} {THAT_WAS_ALL}"]
    mo.says("review")
    assert mo.told == [NOTHING_WAITS]


def test_what_a_set_worked_out_is_shared_by_typed_words(
    real: Network, asha: Officer, ben: Officer, mo: Officer, now: datetime
) -> None:
    with real.database.writing() as session:
        north = sets.create(session, "North", now=now).id
        for name in ("Asha", "Xanthippe"):
            sets.add_member(session, north, members.named(session, name).id, now=now)
        author = sets.viewer(session, members.named(session, "Asha"))
        new = NewChallenge(PROBLEM, set_id=north)
        code = posts.post(session, author, new, key="m", routing=real._rules.routing, now=now)
        helper = sets.viewer(session, members.named(session, "Xanthippe"))
        ref = replies.reply(
            session, helper, code, "Share a line", kind=ReplyKind.OFFER, key="r", now=now
        ).ref
        marks.mark(session, author, ref, MarkKind.SOLVED, now=now)
    real.tick(now)
    assert told(real, "Asha")[-1] == harvest_words.may_it_be_shared(code)
    asha.says(f"share {code.lower()}")
    assert asha.told == [harvest_words.will_be_shared(code)]
    ben.says(f"keep {code}")
    assert ben.told == [harvest_words.stays(code)]
    real.tick(now)
    mo.says("review")
    assert mo.told == [NOTHING_WAITS]
    mo.says(f"share {code}")
    assert mo.told == [peers.NO_SUCH_CHALLENGE]
    ben.sends_button(f"agree:{code}:yes")
    real.tick(now)
    mo.says("review")
    assert "Share a line" in shown(mo)
    assert code not in shown(mo)
