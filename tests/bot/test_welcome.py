"""The first words: strangers see nothing of the network, and nobody is a member unasked."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot import invitations, members, wording
from bot.app import Network
from bot.delivery import SendRefused
from bot.invitations import INVITATION_LASTS
from bot.members import ChannelIdentity, Consent, ConsentKind, Member, Role
from bot.messages import Channel, Inbound
from bot.rules import Rules
from bot.wording.help import HELP
from knowledge.database import Database
from knowledge.search import Engine
from tests.bot.conftest import SettledEngine
from tests.fake_sender import FakeSender
from tests.officer import Officer
from tests.schema import counts, places

BOARD = "how do we work better with our partnership board?"


def invited(network: Network, now: datetime) -> str:
    with network.database.writing() as session:
        member = members.named_or_new(session, "Asha", Role.OFFICER, now=now)
        return invitations.invite(session, member, now=now)


def consents(network: Network) -> list[tuple[ConsentKind, Channel, str, datetime]]:
    with network.database.reading() as session:
        rows = session.scalars(select(Consent).order_by(Consent.id))
        return [(row.kind, row.channel, row.wording, row.given_at) for row in rows]


def test_a_stranger_gets_the_invitation_text_alone(stranger: Officer) -> None:
    for text in (BOARD, "hello", "help", "themes", "my data", "forget me", "stop", "1", "", "join"):
        stranger.says(text)
        assert stranger.told == [wording.INVITATION_NEEDED]
        assert stranger.choices == ()


def test_no_button_takes_a_stranger_further(stranger: Officer) -> None:
    for value in ("themes:0", "entry:partnership-board", "say:themes", "forget:yes", "card:x:y"):
        stranger.sends_button(value)
        assert stranger.told == [wording.INVITATION_NEEDED]


def test_nothing_of_a_stranger_stays(stranger: Officer) -> None:
    before = counts(stranger.network.database)
    stranger.says("zanzibar is my council, call me on 07700 900999")
    stranger.says("join ZANZIBAR", attachments=1)
    assert places(stranger.network.database, "zanzibar", "900999") == set()
    after = counts(stranger.network.database)
    grown = {table for table in after if after[table] != before[table]}
    assert grown == {"inbox_message", "delivery"}


def test_a_strangers_number_goes_too_when_the_reply_is_refused(
    stocked: Database, known: Engine, now: datetime
) -> None:
    sender = FakeSender()
    sender.fails = [SendRefused("not a WhatsApp number")]
    network = Network(stocked, SettledEngine(known), {Channel.WHATSAPP: sender}, Rules(frozenset()))
    inbound = Inbound(Channel.WHATSAPP, "SM1", "whatsapp:+447700900999", "zanzibar")
    inbox_id = network.keep(inbound, now=now)
    network.handle(inbox_id, now=now)
    network.deliver(inbox_id, now=now)
    assert sender.fails == []
    assert places(stocked, "zanzibar", "900999") == set()


def test_a_code_opens_the_door(stranger: Officer, now: datetime) -> None:
    stranger.says(f"join {invited(stranger.network, now)}")
    assert stranger.told == [wording.WELCOME, wording.FIRST_STEP]
    stranger.says(BOARD)
    assert stranger.card.entry_id == "partnership-board"
    with stranger.network.database.reading() as session:
        member = members.at(session, Channel.WHATSAPP, stranger.address)
        assert member is not None
        assert (member.name, member.welcomed_at) == ("Asha", now)


def test_a_code_may_be_sent_as_people_send_it(talking: Network, now: datetime) -> None:
    shapes = ("JOIN {}", " join  {} ", "Join: {}.", "“join {}”", "join\n{}", "{}", "Hi. Join {}")
    for number, shape in enumerate(shapes):
        officer = Officer(talking, Channel.WHATSAPP, f"whatsapp:+44770090000{number}", now)
        officer.says(shape.format(invited(talking, now).lower()))
        assert officer.told == [wording.WELCOME, wording.FIRST_STEP]


def test_a_wrong_code_says_so_and_shows_nothing(stranger: Officer, now: datetime) -> None:
    invited(stranger.network, now)
    stranger.says("join ABCD2345")
    assert stranger.told == [wording.CODE_NOT_USABLE]
    stranger.says(BOARD)
    assert stranger.told == [wording.INVITATION_NEEDED]


def test_a_code_is_no_use_a_second_time_or_too_late(
    stranger: Officer, talking: Network, now: datetime
) -> None:
    code = invited(talking, now)
    stranger.says(f"join {code}")
    other = Officer(talking, Channel.WHATSAPP, "whatsapp:+447700900998", now)
    other.says(f"join {code}")
    assert other.told == [wording.CODE_NOT_USABLE]
    with talking.database.writing() as session:
        late = invitations.invite(session, members.named(session, "Asha"), now=now)
    other.waits(INVITATION_LASTS)
    other.says(f"join {late}")
    assert other.told == [wording.CODE_NOT_USABLE]


def test_a_member_who_sends_a_code_again_is_told_they_are_in(
    stranger: Officer, now: datetime
) -> None:
    code = invited(stranger.network, now)
    stranger.says(f"join {code}")
    stranger.says(f"join {code}")
    assert stranger.told == [wording.ALREADY_JOINED]


def test_consent_is_kept_with_its_time_channel_and_wording(
    stranger: Officer, newcomer: Officer, now: datetime
) -> None:
    newcomer.says("hello")
    stranger.waits(timedelta(hours=3))
    stranger.says(f"join {invited(stranger.network, now)}")
    assert consents(newcomer.network) == [
        (ConsentKind.JOINED, Channel.SLACK, wording.WELCOME, now),
        (ConsentKind.JOINED, Channel.WHATSAPP, wording.WELCOME, now + timedelta(hours=3)),
    ]


def test_in_slack_the_workspace_is_the_invitation(newcomer: Officer) -> None:
    newcomer.says(BOARD)
    assert newcomer.card.entry_id == "partnership-board"
    assert newcomer.told == [wording.WELCOME, newcomer.card.problem]
    newcomer.says(BOARD)
    assert newcomer.told == [newcomer.card.problem]
    assert len(consents(newcomer.network)) == 1


def test_slack_can_be_closed_to_those_without_a_code(
    stocked: Database, known: Engine, now: datetime
) -> None:
    network = Network(stocked, SettledEngine(known), {}, Rules(frozenset()))
    officer = Officer(network, Channel.SLACK, "T1:U2", now)
    officer.says(BOARD)
    assert officer.told == [wording.INVITATION_NEEDED]
    with stocked.reading() as session:
        assert session.scalars(select(Member)).all() == []
        assert session.scalars(select(ChannelIdentity)).all() == []
    officer.says(f"join {invited(network, now)}")
    assert officer.told == [wording.WELCOME, wording.FIRST_STEP]


def test_help_first_is_welcomed_and_helped(newcomer: Officer) -> None:
    newcomer.says("help")
    assert newcomer.told == [wording.WELCOME, HELP]


def test_a_greeting_first_is_welcomed_and_asked_for_a_question(
    talking: Network, now: datetime
) -> None:
    for number, text in enumerate(("hello", "Hi there!", "good morning", "are you a bot?")):
        officer = Officer(talking, Channel.SLACK, f"T1:U{number}", now)
        officer.says(text)
        assert officer.told == [wording.WELCOME, wording.FIRST_STEP]


def test_stop_first_is_obeyed_without_a_word_of_welcome(newcomer: Officer) -> None:
    newcomer.says("STOP")
    assert newcomer.told == [wording.STOPPED]
    assert [kind for kind, *_ in consents(newcomer.network)] == [ConsentKind.STOPPED]
    newcomer.says(BOARD)
    assert newcomer.told == [wording.STILL_STOPPED]
    newcomer.says("start")
    assert newcomer.told == [wording.WELCOME, wording.STARTED]
    kinds = {kind for kind, *_ in consents(newcomer.network)}
    assert kinds == set(ConsentKind)


def test_a_photo_first_is_welcomed_before_anything_is_said_of_it(newcomer: Officer) -> None:
    newcomer.says("", attachments=1)
    assert newcomer.told == [wording.WELCOME, wording.PICTURE]


def test_a_photo_with_a_question_first_is_welcomed_before_all_else(newcomer: Officer) -> None:
    newcomer.says(BOARD, attachments=1)
    assert newcomer.told[:2] == [wording.WELCOME, wording.PICTURE_TOO]
    assert newcomer.card.entry_id == "partnership-board"
