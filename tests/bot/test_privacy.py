"""Forget me leaves nothing behind: the schema promises it, a search of every column proves it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Table, inspect, select

from bot import drafts, invitations, members, outbox, wording
from bot.app import Network
from bot.delivery import DeliveryRow, DeliveryStatus, Recipient, SendLater, SendRefused
from bot.drafts import Answers, Draft
from bot.members import Member, Role
from bot.messages import Channel, Inbound, Text
from bot.rules import Rules
from knowledge.database import Database
from knowledge.models import Base
from knowledge.search import Decision, Engine
from tests.bot.conftest import SettledEngine, welcomed
from tests.fake_sender import FakeSender
from tests.officer import Officer
from tests.schema import counts, places

KNOWS_NOBODY = {
    "board_post",
    "draft",
    "drawn_code",
    "challenge",
    "challenge_theme",
    "entry",
    "entry_redirect",
    "entry_theme",
    "entry_vectors",
    "harvest",
    "knowledge_state",
    "learning_set",
    "lowered_wording",
    "phrase",
    "phrase_proposal",
    "revision",
    "set_session",
    "settled_gap",
    "solution",
    "solution_number",
    "solution_twin",
    "term",
    "theme",
    "trial",
    "thread",
    "write_up",
}
"""Tables that hold nothing of any member. A new table either hangs from `member` or joins these.

`revision.by` and `trial.voice` are tokens: `privacy.forget` takes a member's from both.
"""

NAME, WORDS = "Xanthippe Quux", "wobblegong"
ADDRESSES = {
    Channel.WEB: "member:zanzibar",
    Channel.WHATSAPP: "whatsapp:+447700900zanzibar",
    Channel.SLACK: "T0ZANZIBAR:U1",
    Channel.TERMINAL: "member:zanzibar-terminal",
}


def hanging_from_member() -> set[str]:
    """Tables whose rows go when their member goes, however many steps away."""
    hanging = {"member"}
    while more := {table.name for table in tables() if _cascades_from(table, hanging)} - hanging:
        hanging |= more
    return hanging


def tables() -> list[Table]:
    return list(Base.metadata.tables.values())


def _cascades_from(table: Table, hanging: set[str]) -> bool:
    return any(
        key.ondelete == "CASCADE" and key.column.table.name in hanging for key in table.foreign_keys
    )


def test_every_link_to_a_member_cascades_in_the_database_itself(database: Database) -> None:
    with database.reading() as session:
        inspector = inspect(session.connection())
        links = {
            (table, key["constrained_columns"][0], key["options"].get("ondelete"))
            for table in inspector.get_table_names()
            for key in inspector.get_foreign_keys(table)
            if key["referred_table"] == "member"
        }
    assert len(links) >= 7
    assert {ondelete for _table, _column, ondelete in links} == {"CASCADE"}


def test_every_table_hangs_from_a_member_or_knows_nobody() -> None:
    assert hanging_from_member() | KNOWS_NOBODY == set(Base.metadata.tables)
    assert not hanging_from_member() & KNOWS_NOBODY


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def everywhere(stocked: Database, known: Engine, sender: FakeSender) -> Network:
    """Every channel sends through one fake, and every question is answered."""
    engine = SettledEngine(known)
    engine.decision = Decision.ANSWER
    return Network(stocked, engine, dict.fromkeys(Channel, sender), Rules(frozenset()))


def lived(network: Network, channel: Channel, now: datetime) -> Officer:
    """A member with a past on every channel, who now writes on this one."""
    with network.database.writing() as session:
        member = members.add(session, NAME, Role.OFFICER, now=now)
        code = invitations.invite(session, member, now=now)
        invitations.invite(session, member, now=now)
        invitations.sign_in(session, invitations.sign_in_link(session, member, now=now), now=now)
    officers = {one: Officer(network, one, ADDRESSES[one], now) for one in Channel}
    officers[Channel.WHATSAPP].says(f"my name is {NAME} and I like {WORDS}")
    officers[Channel.WHATSAPP].says(f"join {code}")
    with network.database.writing() as session:
        member = members.named(session, NAME)
        for one in Channel:
            members.connect(session, member, one, ADDRESSES[one], now=now)
        answers = Answers(values={"title": (WORDS,)})
        drafts.keep(session, member.id, Draft("f1", "post", "Post", "title", answers), now=now)
    for officer in officers.values():
        _talks(officer)
    return officers[channel]


def nudge_everywhere(network: Network, now: datetime) -> None:
    """Something is waiting for the member on every channel."""
    with network.database.writing() as session:
        member = members.named(session, NAME)
        for one in Channel:
            to = Recipient(one, ADDRESSES[one], place=WORDS, member_id=member.id)
            outbox.enqueue(session, [Text(f"Dear {NAME}")], to, now=now, prompt=WORDS)
            from_before = Recipient(one, ADDRESSES[one])  # they were no member then
            outbox.enqueue(session, [Text(wording.INVITATION_NEEDED)], from_before, now=now)


def _talks(officer: Officer) -> None:
    officer.says(f"how does a {WORDS} work better with our partnership board?")
    officer.presses(wording.HELPED)
    officer.says("my data")
    officer.says("stop")
    officer.says("start")
    officer.says("forget me")


@pytest.mark.parametrize("channel", list(Channel))
def test_forget_me_leaves_nothing_behind(
    everywhere: Network, now: datetime, channel: Channel
) -> None:
    officer = lived(everywhere, channel, now)
    nudge_everywhere(everywhere, now)
    marks = (NAME, WORDS, "zanzibar")
    kept = places(everywhere.database, *marks)
    assert kept >= {
        "member.name",
        "channel_identity.address",
        "question.text",
        "form_draft.answers",
        "phrase_proposal.text",
        "delivery.content",
        "delivery.place",
    }
    officer.says("forget me")
    officer.says("yes")
    assert officer.told == [wording.FORGOTTEN]
    assert places(everywhere.database, *marks) == set()
    left = counts(everywhere.database)
    emptied = hanging_from_member() - {"inbox_message", "delivery"}
    assert {table: left[table] for table in emptied} == dict.fromkeys(emptied, 0)


def test_others_keep_all_that_is_theirs(everywhere: Network, now: datetime) -> None:
    ben = welcomed(everywhere, "Ben", now)
    _talks(ben)
    before = places(everywhere.database, WORDS)
    officer = lived(everywhere, Channel.WEB, now)
    officer.says("forget me")
    officer.says("yes")
    assert places(everywhere.database, WORDS) == before
    assert places(everywhere.database, NAME) == set()
    ben.says("my data")
    assert "Your name: Ben" in ben.told[0]


def forgetting(network: Network, number: int, text: str, now: datetime) -> int:
    """Says something on Slack and has the answer sent, as a handler does."""
    address = ADDRESSES[Channel.SLACK]
    inbound = Inbound(Channel.SLACK, f"Ev{number}", address, text, place="D0ZANZIBAR")
    inbox_id = network.keep(inbound, now=now)
    network.handle(inbox_id, now=now)
    network.deliver(inbox_id, now=now)
    return inbox_id


def test_the_last_message_goes_out_and_then_its_address_goes_too(
    everywhere: Network, sender: FakeSender, now: datetime
) -> None:
    lived(everywhere, Channel.SLACK, now)
    forgetting(everywhere, 1, "forget me", now)
    sender.fails = [SendLater("busy")]
    forgetting(everywhere, 2, "yes", now)
    assert sender.said[-1] == wording.FORGET_SURE
    assert places(everywhere.database, "zanzibar") == {"delivery.address", "delivery.place"}
    everywhere.tick(now + timedelta(minutes=10))
    assert sender.said[-1] == wording.FORGOTTEN
    assert places(everywhere.database, "zanzibar", NAME, WORDS) == set()


def test_a_last_message_that_nobody_takes_leaves_no_address_either(
    everywhere: Network, sender: FakeSender, now: datetime
) -> None:
    lived(everywhere, Channel.SLACK, now)
    forgetting(everywhere, 1, "forget me", now)
    sender.fails = [SendRefused("account closed")]
    forgetting(everywhere, 2, "yes", now)
    assert places(everywhere.database, "zanzibar", NAME, WORDS) == set()


def test_forgetting_while_a_message_is_on_its_way_disturbs_nobody(
    everywhere: Network, sender: FakeSender, now: datetime
) -> None:
    asha = welcomed(everywhere, NAME, now)
    with everywhere.database.writing() as session:
        number = session.scalars(select(Member.id)).one()
        to = Recipient(Channel.SLACK, "T1:U1", member_id=number)
        outbox.enqueue(session, [Text("a nudge")], to, now=now)
        outbox.enqueue(session, [Text("for Ben")], Recipient(Channel.SLACK, "T1:U5"), now=now)

    def forget() -> None:
        sender.crash = lambda: None
        asha.says("forget me")
        asha.says("yes")

    sender.crash = forget
    everywhere.tick(now)
    assert asha.told == [wording.FORGOTTEN]
    assert sender.said == ["a nudge", "for Ben"]
    with everywhere.database.reading() as session:
        assert set(session.scalars(select(DeliveryRow.status))) == {DeliveryStatus.SENT}


def test_the_number_of_a_forgotten_member_is_never_given_to_another(
    everywhere: Network, now: datetime
) -> None:
    with everywhere.database.writing() as session:
        member = members.add(session, NAME, Role.OFFICER, now=now)
        number = member.id
        session.delete(member)
    with everywhere.database.writing() as session:
        assert members.add(session, "Ben", Role.OFFICER, now=now).id > number
